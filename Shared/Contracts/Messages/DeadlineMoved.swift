import Foundation

/// `redress.deadline.moved.v1`, from Routing. A clock is due at another time than was said before: it stood still while
/// the customer was asked, or was granted more time (延期). Rule W18.
public struct DeadlineMoved: Event {
    public static let type = MessageType("deadline", "moved")

    /// Who leads; absent when no department holds the complaint.
    public var department: DepartmentID?
    /// The clock as it runs now, or ran when it stopped.
    public var deadline: Deadline

    public init(
        department: DepartmentID? = nil, deadline: Deadline
    ) {
        self.department = department
        self.deadline = deadline
    }

    public var routedDepartment: DepartmentID? { department }
}
