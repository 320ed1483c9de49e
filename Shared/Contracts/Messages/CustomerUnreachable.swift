import Foundation

/// `redress.customer.unreachable.v1`, from Callback. A callback did not reach the customer.
public struct CustomerUnreachable: Event {
    public static let type = MessageType("customer", "unreachable")

    /// Counts from 1.
    public var attempt: Int
    public var comment: String?
    /// Not to be tried again before; absent after the last attempt.
    public var nextAttemptAt: Date?
    /// True when there is no further attempt: nobody could ask the customer.
    public var isLast: Bool?
    public var by: Actor

    public init(
        attempt: Int, comment: String? = nil, nextAttemptAt: Date? = nil, isLast: Bool? = nil, by: Actor
    ) {
        self.attempt = attempt
        self.comment = comment
        self.nextAttemptAt = nextAttemptAt
        self.isLast = isLast
        self.by = by
    }
}
