import Foundation

/// `redress.solution.completed.v1`, from Department. The work that was agreed is done; its result is still to be reported,
/// within the time that counts from here. Rule K13.
public struct SolutionCompleted: Event {
    public static let type = MessageType("solution", "completed")

    public var department: DepartmentID
    public var version: Int
    public var round: Int
    /// When it was done, which may be well before it was said.
    public var completedAt: Date
    public var by: Actor

    public init(department: DepartmentID, version: Int, round: Int = 1, completedAt: Date, by: Actor) {
        self.department = department
        self.version = version
        self.round = round
        self.completedAt = completedAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
