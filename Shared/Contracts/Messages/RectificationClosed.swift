import Foundation

/// `redress.rectification.closed.v1`, from Routing. The supervision group is content with what was put right. Rule W20.
public struct RectificationClosed: Event {
    public static let type = MessageType("rectification", "closed")

    public var department: DepartmentID
    /// Which of the complaint's notices, from 1.
    public var notice: Int
    /// The round of the answer that was accepted.
    public var round: Int
    public var comment: String?
    public var by: Actor

    public init(department: DepartmentID, notice: Int, round: Int, comment: String? = nil, by: Actor) {
        self.department = department
        self.notice = notice
        self.round = round
        self.comment = comment
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
