import Foundation

/// `redress.solution.presented.v1`, from Callback. The customer was told of a proposal. Rules K10, M16, S08.
public struct SolutionPresented: Event {
    public static let type = MessageType("solution", "presented")

    public var department: DepartmentID
    public var version: Int
    /// How: `page`, `phone`, `email`, `letter` or `visit`.
    public var way: String
    /// When the customer was told, which may be before it was noted.
    public var at: Date
    /// Who else presented it (共同答复), for example the leader of the handling group.
    public var with: String?
    public var note: String?
    /// The customer when they read it on their page, else whoever told them.
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, way: String, at: Date, with: String? = nil, note: String? = nil,
        by: Actor
    ) {
        self.department = department
        self.version = version
        self.way = way
        self.at = at
        self.with = with
        self.note = note
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
