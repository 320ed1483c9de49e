import Foundation

/// `redress.solution.proposed.v1`, from Department. A solution is ready for the customer. Rules M16, S08.
public struct SolutionProposed: Event {
    public static let type = MessageType("solution", "proposed")

    public var department: DepartmentID
    public var departmentTitle: LocalizedText
    public var round: Int
    public var solution: Solution

    public init(
        department: DepartmentID, departmentTitle: LocalizedText, round: Int = 1, solution: Solution
    ) {
        self.department = department
        self.departmentTitle = departmentTitle
        self.round = round
        self.solution = solution
    }

    public var routedDepartment: DepartmentID? { department }
}
