import Contracts
import Foundation
import Procedure
import Web

/// A complaint as its customer sees it, in JSON; callers see the callbacks besides.
struct CaseDocument: Encodable {
    struct Step: Encodable {
        var at: Date
        var kind: TimelineRecord.Kind
        /// In the reader's language.
        var title: String
        var text: String?
    }

    struct Proposal: Encodable {
        /// What answers are sent to; versions ascend, and some may be left out.
        var version: Int
        /// What the customer calls it: counts the solutions that came to the customer from 1.
        var number: Int
        var round: Int
        var department: LocalizedText
        var measures: String
        var compensation: Money?
        /// What it does for the customer.
        var remedies: [Remedy]?
        var completionDue: Date
        var grounds: String
        var proposedAt: Date
        /// True while it waits for the customer's answer.
        var isOpen: Bool
        /// Until when an answer is expected; after it the proposal is expired.
        var validUntil: Date?
        /// How often the customer was reminded.
        var reminders: Int?
        var answer: ProposalAnswer?
        var comment: String?
        /// What the customer asks for instead.
        var request: String?
        var answeredAt: Date?
        /// For staff alone.
        var evidence: AnswerEvidence?
        var expiredAt: Date?
        /// What its expiry means.
        var silence: SilenceMeaning?
        var ruling: Ruling?
        /// How the customer was told of it; for staff alone.
        var presentations: [Presentation]?
    }

    struct Ruling: Encodable {
        var verdict: RulingVerdict
        var reason: String
        var at: Date
    }

    struct Presentation: Encodable {
        var way: String
        var at: Date
        var with: String?
        var note: String?
        var by: Actor
    }

    /// A further question of the pack's questionnaire.
    struct SurveyQuestion: Encodable {
        var id: String
        var title: LocalizedText
        var scale: String
    }

    struct Explanation: Encodable {
        var round: Int
        var reason: String
        var givenAt: Date
        /// True while it waits for the customer's answer.
        var isOpen: Bool
        var answer: ExplanationAnswer?
        var comment: String?
        var answeredAt: Date?
    }

    struct Question: Encodable {
        var request: Int
        var question: String
        var askedAt: Date
        var answer: String?
        var answeredAt: Date?
    }

    struct Call: Encodable {
        var call: Int
        var round: Int
        var reached: Bool
        var solved: Bool?
        var satisfaction: Int?
        var comment: String?
        var way: String?
        var answers: [CallbackAnswer]?
        var by: Actor
        var at: Date
    }

    var number: String
    var status: Standing.Name
    /// In the reader's language.
    var statusText: String
    var since: Date
    var outcome: ClosingOutcome?
    var mergedInto: String?
    /// How often it is being handled.
    var round: Int
    var department: LocalizedText?
    var deadline: Deadline?
    var proposal: Proposal?
    var explanation: Explanation?
    /// The oldest question that waits for an answer.
    var informationRequest: Question?
    var informationRequests: [Question]
    /// True while the survey can be filled in.
    var surveyIsOpen: Bool
    /// What the survey asks besides whether it is solved and how satisfied the customer is.
    var surveyQuestions: [SurveyQuestion]
    /// The customer is not to be called before; for staff alone.
    var callFrom: Date?
    /// The number that the next callback or survey gets.
    var nextCall: Int
    var callbacks: [Call]?
    var timeline: [Step]

    init(_ file: CustomerFile, _ pack: PolicyPack, _ context: some PageContext) {
        let record = file.record
        number = record.number
        status = record.standing
        statusText = context.text("callback.status.\(file.statusKey).title")
        since = record.since
        outcome = record.outcome
        mergedInto = record.mergedInto
        round = record.round
        department = record.leadTitle
        deadline = record.deadline
        let isStaff = context.signedIn != nil
        proposal = file.proposal.map { Proposal($0, of: file, forStaff: isStaff) }
        explanation = file.explanation.map { Explanation($0, isOpen: record.standing == .explaining) }
        informationRequests = file.questions.map(Question.init)
        informationRequest = file.openQuestions.first.map(Question.init)
        surveyIsOpen = record.standing.awaitsCall && pack.callback.offersQuestionnaire
        surveyQuestions = pack.callback.questions.map {
            SurveyQuestion(id: $0.id, title: $0.title, scale: $0.scale.rawValue)
        }
        callFrom = isStaff ? record.callFrom : nil
        nextCall = file.nextCall
        callbacks = isStaff ? file.calls.map(Call.init) : nil
        timeline = file.timeline.map { step in
            Step(
                at: step.at, kind: step.kind, title: context.title(of: step), text: context.detail(of: step))
        }
    }
}

extension CaseDocument.Proposal {
    init(_ record: ProposalRecord, of file: CustomerFile, forStaff isStaff: Bool) {
        let isOpen = file.isOpen(record)
        self.init(
            version: record.version, number: file.proposalNumber(of: record.version), round: record.round,
            department: record.departmentTitle,
            measures: record.solution.measures, compensation: record.solution.compensation,
            remedies: record.solution.remedies,
            completionDue: record.solution.completionDue, grounds: record.solution.grounds,
            proposedAt: record.proposedAt, isOpen: isOpen, validUntil: isOpen ? file.record.dueAt : nil,
            reminders: isOpen ? file.record.reminders : nil, answer: record.answer, comment: record.comment,
            request: record.request, answeredAt: record.answeredAt, evidence: isStaff ? record.evidence : nil,
            expiredAt: record.expiredAt, silence: record.silence,
            ruling: record.given.map { ruling in
                CaseDocument.Ruling(verdict: ruling.verdict, reason: ruling.reason, at: ruling.at)
            }, presentations: isStaff ? file.presentations(of: record.version).map(CaseDocument.Presentation.init) : nil
        )
    }
}

extension CaseDocument.Presentation {
    init(_ record: PresentationRecord) {
        self.init(way: record.way, at: record.at, with: record.jointly, note: record.note, by: record.actor)
    }
}

extension CaseDocument.Explanation {
    init(_ record: ExplanationRecord, isOpen: Bool) {
        self.init(
            round: record.round, reason: record.reason, givenAt: record.givenAt, isOpen: isOpen,
            answer: record.answer, comment: record.comment, answeredAt: record.answeredAt)
    }
}

extension CaseDocument.Question {
    init(_ record: InformationRequestRecord) {
        self.init(
            request: record.request, question: record.question, askedAt: record.askedAt, answer: record.answer,
            answeredAt: record.answeredAt)
    }
}

extension CaseDocument.Call {
    init(_ record: CallRecord) {
        self.init(
            call: record.call, round: record.round, reached: record.reached, solved: record.solved,
            satisfaction: record.satisfaction, comment: record.comment, way: record.way, answers: record.answers,
            by: record.actor, at: record.at)
    }
}

/// A list of the callers' desk in JSON.
struct DeskDocument: Encodable {
    struct Entry: Encodable {
        var number: String
        var status: Standing.Name
        var since: Date
        var dueAt: Date?
        var department: LocalizedText?
        /// Masked (M18).
        var customer: String?
        var attempts: Int
        var round: Int
    }

    var list: String
    var complaints: [Entry]
    /// What to ask for under `after` to get the next page.
    var next: String?

    init(_ list: DeskList, _ page: DeskPage, _ context: some PageContext) {
        self.list = list.rawValue
        next = page.next?.text
        complaints = page.rows.map { row in
            Entry(
                number: row.record.number, status: row.record.standing, since: row.record.since,
                dueAt: row.record.dueAt, department: row.record.leadTitle,
                customer: row.complaint.complainant.name.map(Masking.name), attempts: row.record.attempts,
                round: row.record.round)
        }
    }
}
