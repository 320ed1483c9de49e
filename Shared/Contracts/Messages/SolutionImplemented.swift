import Foundation

/// `redress.solution.implemented.v1`, from Department. The solution was carried out. Rules K13, S10.
public struct SolutionImplemented: Event {
    public static let type = MessageType("solution", "implemented")

    public var department: DepartmentID
    public var version: Int
    public var round: Int
    public var outcome: String
    public var completedAt: Date
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, round: Int = 1, outcome: String, completedAt: Date, by: Actor
    ) {
        self.department = department
        self.version = version
        self.round = round
        self.outcome = outcome
        self.completedAt = completedAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
