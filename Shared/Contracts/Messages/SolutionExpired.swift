import Foundation

/// `redress.solution.expired.v1`, from Callback. A proposal's validity passed without an answer. Rules K12, S09.
public struct SolutionExpired: Event {
    public static let type = MessageType("solution", "expired")

    public var department: DepartmentID
    public var version: Int
    /// When its validity ended.
    public var at: Date
    /// What the silence means; `solution.accepted` or `solution.declined` follows when it is an answer.
    public var meaning: SilenceMeaning
    public var because: Explanation
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, at: Date, meaning: SilenceMeaning, because: Explanation, by: Actor
    ) {
        self.department = department
        self.version = version
        self.at = at
        self.meaning = meaning
        self.because = because
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
