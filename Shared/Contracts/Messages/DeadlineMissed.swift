import Foundation

/// `redress.deadline.missed.v1`, from Any service. A clock ran out.
public struct DeadlineMissed: Event {
    public static let type = MessageType("deadline", "missed")

    /// Who holds the complaint.
    public var department: DepartmentID?
    public var deadline: Deadline

    public init(
        department: DepartmentID? = nil, deadline: Deadline
    ) {
        self.department = department
        self.deadline = deadline
    }

    public var routedDepartment: DepartmentID? { department }
}
