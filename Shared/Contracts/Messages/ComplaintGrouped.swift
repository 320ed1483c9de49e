import Foundation

/// `redress.complaint.grouped.v1`, from Routing. The complaint is one of several handled together (群诉). Rule S16.
public struct ComplaintGrouped: Event {
    public static let type = MessageType("complaint", "grouped")

    public var group: String
    public var members: [TicketNumber]
    public var by: Actor

    public init(
        group: String, members: [TicketNumber], by: Actor
    ) {
        self.group = group
        self.members = members
        self.by = by
    }
}
