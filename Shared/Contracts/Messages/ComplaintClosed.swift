import Foundation

/// `redress.complaint.closed.v1`, from Callback. The complaint is closed. Said once for each complaint. Rule S12.
public struct ComplaintClosed: Event {
    public static let type = MessageType("complaint", "closed")

    /// The department that led, if one did.
    public var department: DepartmentID?
    public var outcome: ClosingOutcome
    /// 1 to 5, when the customer said.
    public var satisfaction: Int?
    /// How often it was handled.
    public var rounds: Int
    public var by: Actor

    public init(
        department: DepartmentID? = nil, outcome: ClosingOutcome, satisfaction: Int? = nil, rounds: Int = 1, by: Actor
    ) {
        self.department = department
        self.outcome = outcome
        self.satisfaction = satisfaction
        self.rounds = rounds
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
