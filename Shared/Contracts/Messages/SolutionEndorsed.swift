import Foundation

/// `redress.solution.endorsed.v1`, from Department. One level approved a solution that needs others yet. Rules M15, K19, S07.
public struct SolutionEndorsed: Event {
    public static let type = MessageType("solution", "endorsed")

    public var department: DepartmentID
    public var version: Int
    public var approval: SolutionApproval
    /// The level whose turn it is now.
    public var next: ApprovalRequest

    public init(
        department: DepartmentID, version: Int, approval: SolutionApproval, next: ApprovalRequest
    ) {
        self.department = department
        self.version = version
        self.approval = approval
        self.next = next
    }

    public var routedDepartment: DepartmentID? { department }
}
