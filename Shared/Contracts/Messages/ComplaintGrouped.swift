import Foundation

/// `redress.complaint.grouped.v1`, from Routing. The complaint is one of several handled together (群诉). Rule S16.
public struct ComplaintGrouped: Event {
    public static let type = MessageType("complaint", "grouped")

    /// The number of the complaint that leads: the others follow it.
    public var group: String
    public var members: [TicketNumber]
    public var by: Actor
    /// The department that handles them together; absent while none does.
    public var department: DepartmentID?

    public init(
        group: String, members: [TicketNumber], by: Actor, department: DepartmentID? = nil
    ) {
        self.group = group
        self.members = members
        self.by = by
        self.department = department
    }

    public var routedDepartment: DepartmentID? { department }
}
