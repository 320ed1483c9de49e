import Foundation

/// `redress.solution.approved.v1`, from Department. The head approved a solution. Rules M15, K19, S07.
public struct SolutionApproved: Event {
    public static let type = MessageType("solution", "approved")

    public var department: DepartmentID
    public var version: Int
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, by: Actor
    ) {
        self.department = department
        self.version = version
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
