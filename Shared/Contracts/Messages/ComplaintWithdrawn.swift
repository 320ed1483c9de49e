import Foundation

/// `redress.complaint.withdrawn.v1`, from Intake. The customer withdraws the complaint.
public struct ComplaintWithdrawn: Event {
    public static let type = MessageType("complaint", "withdrawn")

    public var reason: String?
    public var by: Actor

    public init(
        reason: String? = nil, by: Actor
    ) {
        self.reason = reason
        self.by = by
    }
}
