import Foundation

/// `redress.rework.ordered.v1`, from Callback. The customer is not satisfied; it is handled again. Rules K15, W12, S11.
public struct ReworkOrdered: Event {
    public static let type = MessageType("rework", "ordered")

    public var department: DepartmentID
    /// The round that begins, 2 for the first rework.
    public var round: Int
    public var reason: String
    public var by: Actor

    public init(
        department: DepartmentID, round: Int, reason: String, by: Actor
    ) {
        self.department = department
        self.round = round
        self.reason = reason
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
