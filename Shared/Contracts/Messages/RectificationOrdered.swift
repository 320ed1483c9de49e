import Foundation

/// `redress.rectification.ordered.v1`, from Routing. An inspection found something to put right (整改通知). Rule W20.
public struct RectificationOrdered: Event {
    public static let type = MessageType("rectification", "ordered")

    public var department: DepartmentID
    public var finding: String
    public var dueAt: Date
    public var by: Actor
    /// Counts the complaint's notices from 1; absent: the first.
    public var notice: Int?
    /// How the due time was found.
    public var deadline: Deadline?
    /// For whose eyes it is; absent for everybody's.
    public var audience: Audience?

    public init(
        department: DepartmentID, finding: String, dueAt: Date, by: Actor, notice: Int? = nil,
        deadline: Deadline? = nil, audience: Audience? = nil
    ) {
        self.department = department
        self.finding = finding
        self.dueAt = dueAt
        self.by = by
        self.notice = notice
        self.deadline = deadline
        self.audience = audience
    }

    public var routedDepartment: DepartmentID? { department }
}
