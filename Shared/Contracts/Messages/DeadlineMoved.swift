import Foundation

/// `redress.deadline.moved.v1`, from Routing. A clock runs, and is due then: it started while a department leads whose work
/// stops it, or is due at another time than was said before, because it stood still while the customer was asked, or was
/// granted more time (延期). Rules W18, M15.
public struct DeadlineMoved: Event {
    public static let type = MessageType("deadline", "moved")

    /// Who leads; absent when no department holds the complaint.
    public var department: DepartmentID?
    /// The clock as it runs now, or ran when it stopped.
    public var deadline: Deadline
    /// The event that has started it, as `noun.verb`; absent for a clock that was told of before.
    public var startedBy: String?
    /// The event that has stopped it, as `noun.verb`, where the department does not hear of that otherwise.
    public var stoppedBy: String?

    public init(
        department: DepartmentID? = nil, deadline: Deadline, startedBy: String? = nil, stoppedBy: String? = nil
    ) {
        self.department = department
        self.deadline = deadline
        self.startedBy = startedBy
        self.stoppedBy = stoppedBy
    }

    public var routedDepartment: DepartmentID? { department }
}
