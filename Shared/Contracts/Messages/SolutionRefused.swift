import Foundation

/// `redress.solution.refused.v1`, from Department. Whose approval a solution needed refused it; it goes back to its drafter. Rules M15, S07.
public struct SolutionRefused: Event {
    public static let type = MessageType("solution", "refused")

    public var department: DepartmentID
    public var version: Int
    public var reason: String
    public var by: Actor
    /// The level that refused it.
    public var level: String?
    public var levelTitle: LocalizedText?

    public init(
        department: DepartmentID, version: Int, reason: String, by: Actor, level: String? = nil,
        levelTitle: LocalizedText? = nil
    ) {
        self.department = department
        self.version = version
        self.reason = reason
        self.by = by
        self.level = level
        self.levelTitle = levelTitle
    }

    public var routedDepartment: DepartmentID? { department }
}
