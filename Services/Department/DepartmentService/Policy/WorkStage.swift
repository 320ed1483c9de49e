import Contracts
import Foundation

/// Where a work order stands, with what belongs to that stage and to no other.
package enum WorkStage: Hashable, Sendable {
    case assigned
    case investigating
    case investigated
    /// `needs` says why the solution needs approval.
    case awaitingApproval(Solution, needs: String)
    case refused(Solution, reason: String)
    case proposed(Solution)
    /// `request`: what the customer asks for instead (M17).
    case declined(Solution, objection: String, request: String? = nil)
    /// `done`: since when the work is done and its result not reported yet (K13).
    case carryingOut(Solution, done: Date? = nil)
    case implemented(Solution, Implementation)
    case opinionDue
    case opinionGiven(String)
    case closed(ClosingOutcome)
    case returned(reason: String)
    case cancelled(CancellationReason)

    package var state: WorkState {
        switch self {
        case .assigned: .assigned
        case .investigating: .investigating
        case .investigated: .investigated
        case .awaitingApproval: .awaitingApproval
        case .refused: .refused
        case .proposed: .proposed
        case .declined: .declined
        case .carryingOut: .carryingOut
        case .implemented: .implemented
        case .opinionDue: .opinionDue
        case .opinionGiven: .opinionGiven
        case .closed: .closed
        case .returned: .returned
        case .cancelled: .cancelled
        }
    }

    /// The solution that the stage is about.
    package var solution: Solution? {
        switch self {
        case .awaitingApproval(let solution, _), .refused(let solution, _), .proposed(let solution),
            .declined(let solution, _, _), .carryingOut(let solution, _), .implemented(let solution, _):
            solution
        case .assigned, .investigating, .investigated, .opinionDue, .opinionGiven, .closed, .returned, .cancelled:
            nil
        }
    }

    /// What the stage says in words or as a stable word: why refused, declined, returned or cancelled, how closed.
    package var remark: String? {
        switch self {
        case .awaitingApproval(_, let needs): needs
        case .refused(_, let reason), .returned(let reason): reason
        case .declined(_, let objection, _): objection
        case .implemented(_, let implementation): implementation.outcome
        case .opinionGiven(let opinion): opinion
        case .closed(let outcome): outcome.rawValue
        case .cancelled(let reason): reason.rawValue
        case .assigned, .investigating, .investigated, .proposed, .carryingOut, .opinionDue: nil
        }
    }

    /// What the customer asks for instead, where they said so.
    package var request: String? {
        guard case .declined(_, _, let request) = self else { return nil }
        return request
    }
}
