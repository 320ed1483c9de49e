import Foundation

/// `redress.rectification.returned.v1`, from Routing. The supervision group sends an answer back: more is to be put right. Rule W20.
public struct RectificationReturned: Event {
    public static let type = MessageType("rectification", "returned")

    public var department: DepartmentID
    /// Which of the complaint's notices, from 1.
    public var notice: Int
    /// The round of the answer that is sent back; the next answer's is one more.
    public var round: Int
    public var reason: String
    /// By when the next answer is expected.
    public var dueAt: Date
    public var by: Actor

    public init(department: DepartmentID, notice: Int, round: Int, reason: String, dueAt: Date, by: Actor) {
        self.department = department
        self.notice = notice
        self.round = round
        self.reason = reason
        self.dueAt = dueAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
