import Contracts
import Foundation

extension TicketRecord {
    /// Folds a course, whatever the order in which it is given; absent without the complaint's acceptance.
    static func fold(_ course: [RecordedEvent]) -> TicketRecord? {
        let ordered = course.sorted { $0.place < $1.place }
        for recorded in ordered {
            guard case .complaintReceived(let received) = recorded.event else { continue }
            var record = TicketRecord(received)
            for recorded in ordered { record.apply(recorded.event, at: recorded.envelope.time) }
            return record
        }
        return nil
    }

    private mutating func apply(_ event: TicketEvent, at time: Date) {
        switch event {
        case .complaintReceived, .complaintSupplemented, .complaintChased, .complaintWithdrawn, .complaintMerged,
            .complaintGrouped:
            applyIntake(event, at: time)
        case .complaintRejected, .complaintAccepted, .complaintAnswered, .caseAssigned, .caseCancelled,
            .explanationAccepted, .explanationDisputed:
            applyRouting(event, at: time)
        case .caseAcknowledged, .caseReturned, .caseInvestigated, .caseProgressed, .opinionRequested, .opinionGiven,
            .informationRequested, .informationProvided, .solutionImplemented:
            applyDepartment(event, at: time)
        case .solutionDrafted, .solutionEndorsed, .solutionApproved, .solutionRefused, .solutionProposed,
            .solutionAccepted, .solutionDeclined, .solutionDisputed, .solutionPresented, .solutionExpired,
            .solutionRuled:
            applySolution(event, at: time)
        case .customerUnreachable, .callbackCompleted, .customerSoothed, .reworkOrdered, .complaintClosed:
            applyCallback(event, at: time)
        case .caseJoined, .customerInformed, .solutionCompleted, .emergencyCalled, .emergencyAttended, .caseUrged,
            .caseEscalated, .caseNominated, .casePublished, .caseDistributed, .caseRead, .measureAssigned,
            .rectificationOrdered,
            .rectificationAnswered, .rectificationReturned, .rectificationClosed,
            .deadlineApproaching, .deadlineMissed, .deadlineMoved, .dutyFulfilled, .partOrdered, .partArrived:
            applyRemark(event, at: time)
        }
    }

    private mutating func applyIntake(_ event: TicketEvent, at time: Date) {
        switch event {
        case .complaintSupplemented(let event):
            supplements.append(
                Supplement(narrative: event.narrative, evidence: event.evidence, by: event.by, at: time))
        case .complaintChased(let event): remark(.chased, event.comment, by: event.by, at: time)
        case .complaintWithdrawn(let event): remark(.withdrawn, event.reason, by: event.by, at: time)
        case .complaintMerged(let event):
            remark(.merged, "\(event.into): \(event.reason)", by: event.by, at: time)
        case .complaintGrouped(let event):
            let members = event.members.map(\.text).joined(separator: ", ")
            remark(.grouped, "\(event.group): \(members)", by: event.by, at: time)
        default: break
        }
    }

    private mutating func applyRouting(_ event: TicketEvent, at time: Date) {
        switch event {
        case .complaintRejected(let event):
            policy = policy ?? event.policy
            judgements.append(
                Judgement(
                    round: event.round, isValid: false, reason: event.reason, policy: event.policy, by: event.by,
                    at: time))
        case .complaintAccepted(let event):
            policy = policy ?? event.policy
            judgements.append(
                Judgement(
                    round: event.round, isValid: true, severity: event.severity, category: event.category,
                    categoryTitle: event.categoryTitle, policy: event.policy, explanations: event.explanations,
                    by: event.by, at: time))
        case .complaintAnswered(let event):
            policy = policy ?? event.policy
            answers.append(Note(text: event.answer, by: event.by, at: time))
        case .caseAssigned(let event):
            policy = policy ?? event.policy
            assignments.append(Assignment(event, at: time))
        case .caseCancelled(let event):
            onAssignment(event.assignment, of: event.department) {
                $0.cancelledReason = event.reason
                $0.cancelledAt = time
            }
        case .explanationAccepted(let event):
            let answer = ExplanationAnswer(isAccepted: true, comment: event.comment, by: event.by, at: time)
            onExplanation(round: event.round) { $0.explanationAnswer = answer }
        case .explanationDisputed(let event):
            let answer = ExplanationAnswer(isAccepted: false, comment: event.comment, by: event.by, at: time)
            onExplanation(round: event.round) { $0.explanationAnswer = answer }
        default: break
        }
    }

    private mutating func applyDepartment(_ event: TicketEvent, at time: Date) {
        switch event {
        case .caseAcknowledged(let event):
            onAssignment(event.assignment, of: event.department) {
                $0.acknowledgedBy = event.by
                $0.acknowledgedAt = time
            }
        case .caseReturned(let event):
            onAssignment(event.assignment, of: event.department) {
                $0.returnReason = event.reason
                $0.returnedBy = event.by
                $0.returnedAt = time
            }
        case .caseInvestigated(let event): investigations.append(Investigation(event, at: time))
        case .caseProgressed(let event):
            progress.append(
                Note(
                    department: event.department, text: event.note, expectedBy: event.expectedBy, needs: event.needs,
                    by: event.by, at: time))
        case .opinionRequested(let event):
            opinions.append(
                Opinion(
                    department: event.department, lead: event.lead, question: event.question, requestedAt: time))
        case .opinionGiven(let event): gave(event, at: time)
        case .informationRequested(let event):
            questions.append(
                Question(
                    department: event.department, request: event.request, question: event.question, askedBy: event.by,
                    askedAt: time))
        case .informationProvided(let event):
            let isMeant: (Question) -> Bool = { $0.request == event.request && $0.department == event.department }
            guard let index = questions.lastIndex(where: isMeant) else { return }
            questions[index].answer = event.answer
            questions[index].answeredAt = time
        case .solutionImplemented(let event): implementations.append(Implementation(event, at: time))
        default: break
        }
    }

    private mutating func gave(_ event: OpinionGiven, at time: Date) {
        let isAsked: (Opinion) -> Bool = { $0.department == event.department && $0.opinion == nil }
        var opinion = Opinion(department: event.department, lead: event.lead)
        if let index = opinions.firstIndex(where: isAsked) { opinion = opinions.remove(at: index) }
        opinion.opinion = event.opinion
        opinion.by = event.by
        opinion.givenAt = time
        opinions.append(opinion)
    }

    private mutating func onAssignment(
        _ assignment: Int, of department: DepartmentID, _ change: (inout Assignment) -> Void
    ) {
        let isMeant: (Assignment) -> Bool = { $0.assignment == assignment && $0.department == department }
        if let index = assignments.lastIndex(where: isMeant) { change(&assignments[index]) }
    }

    private mutating func onExplanation(round: Int, _ change: (inout Judgement) -> Void) {
        let index = judgements.lastIndex { $0.round == round && !$0.isValid }
        if let index { change(&judgements[index]) }
    }

    mutating func remark(
        _ kind: Remark.Kind, _ text: String?, department: DepartmentID? = nil, person: String? = nil, by: Actor?,
        at time: Date
    ) {
        remarks.append(
            Remark(kind: kind, department: department, person: person, text: text ?? "", by: by, at: time))
    }

    /// What a service says, for readers of either language.
    mutating func remark(
        _ kind: Remark.Kind, in both: LocalizedText, department: DepartmentID? = nil, by: Actor?, at time: Date
    ) {
        remarks.append(
            Remark(kind: kind, department: department, text: both.zhHans, words: both, by: by, at: time))
    }
}
