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
    case urged(clock: String?, comment: String)
    case escalated(level: String, reason: String)
    /// A clock of this case is due at another time than was said before.
    case deadlineMoved(Deadline)
    /// The lead asks this department something in particular.
    case consulted(question: String)
    /// An assisting department gave its opinion.
    case advised(DepartmentID, opinion: String)
    /// Somebody who has to take part confirmed it.
    case joined(DepartmentID, person: String)
    case accepted(version: Int, comment: String?)
    case declined(version: Int, objection: String)
    /// Declined so often that a person rules; no other solution is due until then.
    case disputed(version: Int, objection: String)
    case ruled(version: Int, RulingVerdict, reason: String)
    case answered(request: Int, answer: String)
    case reworkOrdered(round: Int, reason: String)
    case closed(ClosingOutcome, satisfaction: Int?)
}
