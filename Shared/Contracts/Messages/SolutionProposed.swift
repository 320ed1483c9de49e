import Foundation

/// `redress.solution.proposed.v1`, from Department. A solution is ready for the customer. Rules M16, S08, K10.
public struct SolutionProposed: Event {
    public static let type = MessageType("solution", "proposed")

    public var department: DepartmentID
    public var departmentTitle: LocalizedText
    public var round: Int
    public var solution: Solution
    /// Who presents it together; absent when the department does alone (K10).
    public var presentation: Presentation?

    public init(
        department: DepartmentID, departmentTitle: LocalizedText, round: Int = 1, solution: Solution,
        presentation: Presentation? = nil
    ) {
        self.department = department
        self.departmentTitle = departmentTitle
        self.round = round
        self.solution = solution
        self.presentation = presentation
    }

    public var routedDepartment: DepartmentID? { department }
}
