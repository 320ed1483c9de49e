import Foundation

/// `redress.rectification.answered.v1`, from Department. What was put right after a rectification notice (整改答复). Rule W20.
public struct RectificationAnswered: Event {
    public static let type = MessageType("rectification", "answered")

    public var department: DepartmentID
    /// Which of the complaint's notices, from 1.
    public var notice: Int
    /// 1 at first, and one more each time that an answer was sent back.
    public var round: Int
    /// What was done.
    public var answer: String
    public var by: Actor

    public init(department: DepartmentID, notice: Int, round: Int, answer: String, by: Actor) {
        self.department = department
        self.notice = notice
        self.round = round
        self.answer = answer
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
