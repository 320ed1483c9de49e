import Contracts

/// Everything that can change where a complaint stands.
package enum CaseEvent: Hashable, Sendable {
    /// From Intake: settled on the spot (M05).
    case settled(by: Actor)
    /// From Intake.
    case withdrawn
    /// From Routing: judged valid.
    case accepted(round: Int)
    /// From Routing: judged invalid (K04).
    case rejected(round: Int)
    /// From Routing: an enquiry was answered (S05).
    case answered(by: Actor)
    /// From Routing.
    case merged(into: TicketNumber)
    /// From Routing: a department owes the solution.
    case assigned(Assignment)
    /// From a department: a solution is ready for the customer (S08).
    case proposed(version: Int, round: Int, department: DepartmentID)
    /// From a department: the solution was carried out (K13).
    case implemented(version: Int)
    /// From the customer, or from staff on the customer's behalf.
    case explanationAnswered(ExplanationAnswer, Statement)
    /// From the customer, or from staff on the customer's behalf.
    case proposalAnswered(version: Int, ProposalAnswer, Statement)
    /// From a caller, or from the customer's survey. `call` is the number that whoever recorded it expected it to get;
    /// it tells a second click from a second call.
    case called(CallResult, call: Int?, Statement)
}

/// What somebody says, and who says so.
package struct Statement: Hashable, Sendable {
    package var comment: String?
    package var by: Actor

    package init(comment: String? = nil, by: Actor) {
        self.comment = comment
        self.by = by
    }
}

/// What of `case.assigned` decides where the complaint stands.
package struct Assignment: Hashable, Sendable {
    package var number: Int
    package var lead: DepartmentID
    package var nextSolutionVersion: Int
    package var round: Int

    package init(number: Int, lead: DepartmentID, nextSolutionVersion: Int, round: Int) {
        self.number = number
        self.lead = lead
        self.nextSolutionVersion = nextSolutionVersion
        self.round = round
    }
}
