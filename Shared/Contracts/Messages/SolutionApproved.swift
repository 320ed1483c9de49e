import Foundation

/// `redress.solution.approved.v1`, from Department. A solution has every approval it needs; said once for each version. Rules M15, K19, S07.
public struct SolutionApproved: Event {
    public static let type = MessageType("solution", "approved")

    public var department: DepartmentID
    public var version: Int
    /// Who approved last.
    public var by: Actor
    /// Every approval, in the order of the levels.
    public var approvals: [SolutionApproval]?

    public init(
        department: DepartmentID, version: Int, by: Actor, approvals: [SolutionApproval]? = nil
    ) {
        self.department = department
        self.version = version
        self.by = by
        self.approvals = approvals
    }

    public var routedDepartment: DepartmentID? { department }
}
