import Foundation

/// `redress.solution.drafted.v1`, from Department. A solution waits for approval. Rules M15, K19, S07.
public struct SolutionDrafted: Event {
    public static let type = MessageType("solution", "drafted")

    public var department: DepartmentID
    public var solution: Solution
    /// Why it needs approval, in words.
    public var needs: String
    /// The approvals it needs, in the order of the levels.
    public var approvals: [ApprovalRequest]?

    public init(
        department: DepartmentID, solution: Solution, needs: String, approvals: [ApprovalRequest]? = nil
    ) {
        self.department = department
        self.solution = solution
        self.needs = needs
        self.approvals = approvals
    }

    public var routedDepartment: DepartmentID? { department }
}
