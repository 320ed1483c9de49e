import Foundation

/// `redress.customer.unreachable.v1`, from Callback. A callback did not reach the customer.
public struct CustomerUnreachable: Event {
    public static let type = MessageType("customer", "unreachable")

    /// Counts from 1.
    public var attempt: Int
    public var comment: String?
    public var by: Actor

    public init(
        attempt: Int, comment: String? = nil, by: Actor
    ) {
        self.attempt = attempt
        self.comment = comment
        self.by = by
    }
}
