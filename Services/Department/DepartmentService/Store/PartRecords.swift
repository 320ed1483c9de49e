import Contracts
import Foundation
import GRDB

/// A row of `solution`: one version, and how far it came.
struct SolutionRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "solution"

    var workOrderNumber: String
    var version: Int
    var measures: String
    var compensation: String?
    var completionDue: Date
    var grounds: String
    var draftedBy: String
    var draftedAt: Date
    var approvedBy: String?
    var state: String
    /// Why it needs approval, was refused or declined; what came of it when it was carried out.
    var remark: String?
    var completedAt: Date?
    var implementedBy: String?
    var remedies: String?
    /// Level by level, with the signatures.
    var approvals: String?
    /// What people call it; null where it was drafted before that was counted.
    var number: Int?
    /// What the customer who declined it asks for instead (M17).
    var request: String?

    /// The solution that a stage is about; nil for stages without one.
    init?(_ number: TicketNumber, _ stage: WorkStage) throws {
        guard let solution = stage.solution else { return nil }
        workOrderNumber = number.text
        version = solution.version
        measures = solution.measures
        compensation = solution.compensation?.text
        completionDue = solution.completionDue
        grounds = solution.grounds
        draftedBy = solution.draftedBy
        draftedAt = solution.draftedAt
        approvedBy = solution.approvedBy
        state = stage.state.rawValue
        remark = stage.remark
        remedies = try ListColumn.text(solution.remedies)
        approvals = try ListColumn.text(solution.approvals)
        self.number = solution.number
        request = stage.request
        switch stage {
        case .carryingOut(_, let done):
            completedAt = done
        case .implemented(_, let implementation):
            completedAt = implementation.completedAt
            implementedBy = ActorText.text(implementation.by)
        case .assigned, .investigating, .investigated, .awaitingApproval, .refused, .proposed, .declined, .opinionDue,
            .opinionGiven, .closed, .returned, .cancelled:
            break
        }
    }

    func solution() throws -> Solution {
        Solution(
            version: version, measures: measures, compensation: compensation.flatMap(Money.init),
            completionDue: RFC3339.toMillisecond(completionDue), grounds: grounds, draftedBy: draftedBy,
            draftedAt: RFC3339.toMillisecond(draftedAt), approvedBy: approvedBy,
            remedies: try ListColumn.list(remedies), approvals: try ListColumn.list(approvals),
            number: number)
    }

    var implementation: Implementation? {
        guard let remark, let completedAt, let implementedBy else { return nil }
        return Implementation(
            outcome: remark, completedAt: RFC3339.toMillisecond(completedAt), by: ActorText.actor(implementedBy))
    }
}

/// A row of `investigation`: what a round of an assignment found.
struct InvestigationRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "investigation"

    var workOrderNumber: String
    var assignmentNumber: Int
    var round: Int
    var findings: String
    var directCause: String
    var rootCause: String
    var responsibility: String
    var by: String
    var at: Date
    var siteVisit: String?

    init?(_ order: WorkOrder) throws {
        guard let investigation = order.investigation else { return nil }
        workOrderNumber = order.number.text
        assignmentNumber = order.assignment.assignment
        round = order.round
        findings = investigation.found.findings
        directCause = investigation.found.directCause
        rootCause = investigation.found.rootCause
        responsibility = investigation.found.responsibility
        by = ActorText.text(investigation.by)
        at = investigation.at
        siteVisit = try investigation.found.siteVisit.map {
            String(decoding: try ContractJSON.encode($0), as: UTF8.self)
        }
    }

    func investigation() throws -> Investigation {
        Investigation(
            found: .init(
                findings: findings, directCause: directCause, rootCause: rootCause, responsibility: responsibility,
                siteVisit: try siteVisit.map { try ContractJSON.decode(SiteVisit.self, from: Data($0.utf8)) }),
            by: ActorText.actor(by), at: at)
    }
}

/// A row of `customerQuestion`.
struct CustomerQuestionRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "customerQuestion"

    var workOrderNumber: String
    var request: Int
    var question: String
    var by: String
    var askedAt: Date
    var answer: String?
    var answeredAt: Date?

    init(_ number: TicketNumber, _ question: CustomerQuestion) {
        workOrderNumber = number.text
        request = question.request
        self.question = question.question
        by = ActorText.text(question.by)
        askedAt = question.askedAt
        answer = question.answer
        answeredAt = question.answeredAt
    }

    var customerQuestion: CustomerQuestion {
        CustomerQuestion(
            request: request, question: question, by: ActorText.actor(by), askedAt: askedAt, answer: answer,
            answeredAt: answeredAt)
    }
}

/// A row of `opinion`: what an assisting department owes or gave the lead.
struct OpinionRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "opinion"

    var workOrderNumber: String
    var department: String
    var question: String?
    var opinion: String?
    var by: String?
    var givenAt: Date?

    init(_ number: TicketNumber, _ opinion: Opinion) {
        workOrderNumber = number.text
        department = opinion.department.text
        question = opinion.question
        self.opinion = opinion.text
        by = opinion.by.map(ActorText.text)
        givenAt = opinion.givenAt
    }

    func value() throws -> Opinion {
        guard let id = DepartmentID(department) else {
            throw UnreadableRecord(number: workOrderNumber, what: "'\(department)' is no department")
        }
        return Opinion(
            department: id, question: question, text: opinion, by: by.map(ActorText.actor), givenAt: givenAt)
    }
}

/// A row of `history`.
struct HistoryRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "history"

    var id: Int64?
    var workOrderNumber: String
    var kind: String
    var at: Date
    var by: String
    var text: String?
    var facts: String

    init(_ number: TicketNumber, _ entry: HistoryEntry) throws {
        workOrderNumber = number.text
        kind = entry.kind.rawValue
        at = entry.at
        by = ActorText.text(entry.by)
        text = entry.text
        facts = String(decoding: try ContractJSON.encode(entry.facts), as: UTF8.self)
    }

    func entry() throws -> HistoryEntry {
        guard let kind = HistoryEntry.Kind(rawValue: kind) else {
            throw UnreadableRecord(number: workOrderNumber, what: "'\(kind)' is no kind of history")
        }
        let facts = try ContractJSON.decode([String: String].self, from: Data(facts.utf8))
        return HistoryEntry(kind, at: at, by: ActorText.actor(by), text: text, facts: facts)
    }
}
