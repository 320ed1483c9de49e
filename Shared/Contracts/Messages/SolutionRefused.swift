import Foundation

/// `redress.solution.refused.v1`, from Department. The head refused a solution; it goes back to its drafter.
public struct SolutionRefused: Event {
    public static let type = MessageType("solution", "refused")

    public var department: DepartmentID
    public var version: Int
    public var reason: String
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, reason: String, by: Actor
    ) {
        self.department = department
        self.version = version
        self.reason = reason
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
