import Contracts
import Foundation
import Procedure

extension TicketEvent {
    /// What clocks (时限) hear of an event, and when it happened to them; nil when they hear nothing. The same as Routing
    /// goes by, so that both come to the same verdict.
    ///
    /// - Parameters:
    ///   - word: The event as `noun.verb`.
    ///   - lead: The department that leads; of others' work no clock hears.
    func tick(_ word: String, at time: Date, ledBy lead: DepartmentID?) -> (event: String, at: Date)? {
        if let department = worker, let lead, department != lead { return nil }
        switch self {
        case .solutionPresented(let event):
            // The customer was told before it was noted (S08).
            return (word, min(event.at, time))
        case .solutionCompleted(let event):
            // What counts from the end of the work counts from then, whenever it was said.
            return (word, min(event.completedAt, time))
        case .solutionRuled(let event):
            // A ruling means to clocks what the customer's own answer would have.
            switch event.verdict {
            case .carryOut: return (SolutionAccepted.type.word, time)
            case .revise: return (SolutionDeclined.type.word, time)
            case .close: return (word, time)
            }
        default: return (word, time)
        }
    }

    /// What else it is to clocks than its name, as `noun.verb`: it starts some (安抚, K15).
    var opens: String? {
        if case .callbackCompleted(let event) = self, event.soothes == true { return Clock.dissatisfied }
        return nil
    }

    /// True for what is said of an assignment that another has replaced, because the others had not heard of it yet: it
    /// moves nothing, and stops no clock.
    func isBehind(_ assignment: Int, firstVersion: Int) -> Bool {
        switch self {
        case .caseAcknowledged(let event): event.assignment < assignment
        case .caseReturned(let event): event.assignment < assignment
        case .solutionDrafted(let event): event.solution.version < firstVersion
        case .solutionApproved(let event): event.version < firstVersion
        case .solutionRefused(let event): event.version < firstVersion
        case .solutionProposed(let event): event.solution.version < firstVersion
        case .solutionPresented(let event): event.version < firstVersion
        case .solutionAccepted(let event): event.version < firstVersion
        case .solutionDeclined(let event): event.version < firstVersion
        case .solutionDisputed(let event): event.version < firstVersion
        case .solutionRuled(let event): event.version < firstVersion
        case .solutionCompleted(let event): event.version < firstVersion
        case .solutionImplemented(let event): event.version < firstVersion
        default: false
        }
    }

    /// True for what is said only so that the department knows of a clock: nothing has happened to the complaint.
    var tellsOfClock: Bool {
        if case .deadlineMoved(let event) = self { return !event.tellsOfAnotherTime }
        return false
    }

    /// The department that did it, or whose case it was, where assisting departments do the same as the lead.
    private var worker: DepartmentID? {
        switch self {
        case .caseAcknowledged(let event): event.department
        case .caseReturned(let event): event.department
        case .caseCancelled(let event): event.department
        case .caseInvestigated(let event): event.department
        case .caseProgressed(let event): event.department
        case .informationRequested(let event): event.department
        case .informationProvided(let event): event.department
        case .solutionDrafted(let event): event.department
        case .solutionApproved(let event): event.department
        case .solutionRefused(let event): event.department
        case .solutionProposed(let event): event.department
        case .solutionImplemented(let event): event.department
        case .solutionCompleted(let event): event.department
        default: nil
        }
    }
}

extension DeadlineMoved {
    /// True when a clock that runs is due at another time, and did not just start or stop.
    var tellsOfAnotherTime: Bool { startedBy == nil && stoppedBy == nil }
}
