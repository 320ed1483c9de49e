import Foundation

/// `redress.complaint.merged.v1`, from Routing. The complaint goes on under another one's number.
public struct ComplaintMerged: Event {
    public static let type = MessageType("complaint", "merged")

    /// The complaint that survives.
    public var into: TicketNumber
    public var reason: String
    public var by: Actor

    public init(
        into: TicketNumber, reason: String, by: Actor
    ) {
        self.into = into
        self.reason = reason
        self.by = by
    }
}
