import Foundation

/// A message as a queue delivered it.
package struct Delivery: Hashable, Sendable {
    /// Meaningful only together with the session of its batch.
    package var tag: UInt64
    package var queue: String
    package var exchange: String
    package var routingKey: String
    package var redelivered: Bool
    /// The broker's user that published it, by the broker's word; nil when the publisher did not say.
    package var user: String?
    package var message: WireMessage

    package init(
        tag: UInt64, queue: String, exchange: String, routingKey: String, redelivered: Bool, user: String? = nil,
        message: WireMessage
    ) {
        self.tag = tag
        self.queue = queue
        self.exchange = exchange
        self.routingKey = routingKey
        self.redelivered = redelivered
        self.user = user
        self.message = message
    }
}

/// What had arrived when the consumer asked: in the order of delivery, at least one message.
package struct DeliveryBatch: Hashable, Sendable {
    /// Which connection delivered it. An acknowledgement for an earlier connection is dropped: the broker has
    /// already put those messages back.
    package var session: UInt64
    package var deliveries: [Delivery]

    package init(session: UInt64, deliveries: [Delivery]) {
        self.session = session
        self.deliveries = deliveries
    }
}

/// Consumes one queue.
package protocol MessageConsumer: Sendable {
    /// Waits for at least one message and returns everything that has arrived, up to the prefetch; nil once stopped
    /// and drained. It outlives lost connections. Throws only when cancelled.
    func nextBatch() async throws -> DeliveryBatch?

    /// Acknowledges the whole batch at once (`multiple`). Batches must be acknowledged in the order they were given.
    func acknowledge(_ batch: DeliveryBatch) async

    /// Cancels the subscription: no new messages come, and `nextBatch` returns nil. A batch that was given before can still
    /// be acknowledged; when `nextBatch` has returned nil the connection is closed, and what was not acknowledged by then
    /// goes back to the queue.
    func stop() async

    var status: ConnectionStatus { get }
}
