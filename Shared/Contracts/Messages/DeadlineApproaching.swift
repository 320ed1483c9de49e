import Foundation

/// `redress.deadline.approaching.v1`, from Any service. A clock has run for the share of its time at which the pack warns.
public struct DeadlineApproaching: Event {
    public static let type = MessageType("deadline", "approaching")

    /// Who holds the complaint.
    public var department: DepartmentID?
    public var deadline: Deadline
    public var percent: Int

    public init(
        department: DepartmentID? = nil, deadline: Deadline, percent: Int
    ) {
        self.department = department
        self.deadline = deadline
        self.percent = percent
    }

    public var routedDepartment: DepartmentID? { department }
}
