import Contracts
import Foundation

/// What a person in a department may do with a work order.
package enum WorkCommand: Hashable, Sendable {
    /// 签收
    case acknowledge
    /// 退单
    case giveBack(reason: String)
    /// What the investigation sets out to find.
    case plan(InvestigationPlan)
    case collect(CollectedEvidence)
    case investigate(Investigation.Findings)
    case draft(SolutionDraft)
    case approve(ApprovalVote)
    case refuse(reason: String, ApprovalVote)
    /// `needs` says what the customer needs now, where that has changed.
    case report(note: String, expectedBy: Date?, needs: String? = nil)
    /// Asks the customer.
    case ask(question: String)
    /// Asks an assisting department something in particular.
    case consult(DepartmentID, question: String)
    case advise(opinion: String)
    /// Confirms taking part in the handling group.
    case join
    /// Says when the work was done; its result is reported afterwards.
    case complete(at: Date)
    /// Reports the result.
    case implement(outcome: String, completedAt: Date)
}

/// What other services say about a work order.
package enum WorkNotice: Hashable, Sendable {
    case assigned(CaseAssigned)
    case cancelled(assignment: Int, CancellationReason)
    /// `text` is what a service wrote, in both languages.
    case urged(clock: String?, comment: String, text: LocalizedText? = nil)
    /// `clock` ran out; nil when it was raised for another reason.
    case escalated(
        level: String, reason: String, clock: String? = nil, title: LocalizedText? = nil, text: LocalizedText? = nil)
    /// A clock of this case runs, and is due then: it has started, or is due at another time than was said before; or it has
    /// stopped, by an event that is not heard here.
    case deadlineMoved(Deadline, startedBy: String? = nil, stoppedBy: String? = nil)
    /// The lead asks this department something in particular.
    case consulted(question: String)
    /// An assisting department gave its opinion.
    case advised(DepartmentID, opinion: String)
    /// Somebody who has to take part confirmed it.
    case joined(DepartmentID, person: String)
    case accepted(version: Int, comment: String?)
    /// `request`: what the customer asks for instead (M17).
    case declined(version: Int, objection: String, request: String? = nil)
    /// Declined so often that a person rules; no other solution is due until then.
    case disputed(version: Int, objection: String, request: String? = nil)
    case ruled(version: Int, RulingVerdict, reason: String)
    case answered(request: Int, answer: String)
    case reworkOrdered(round: Int, reason: String)
    case closed(ClosingOutcome, satisfaction: Int?)
}
