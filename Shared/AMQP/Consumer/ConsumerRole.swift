import Messaging

/// The consumer's work on the connection's thread: subscribes, hands deliveries on in the batches in which they
/// arrived, and settles what has been handled.
struct ConsumerRole: ConnectionRole {
    let queue: String
    let prefetch: Int
    let arguments: [String: HeaderValue]
    let mailbox: ConsumerMailbox

    private var ledger = DeliveryLedger(session: 0)
    private var arrived: [Delivery] = []
    /// What came or lay about after we were asked to stop, and goes back.
    private var toRequeue: [UInt64] = []
    private var isDraining = false
    private var isCancelConfirmed = false
    /// Where a stream goes on when it is subscribed again: after what was acknowledged last.
    private var acknowledgedOffset: Int64?

    init(queue: String, prefetch: Int, arguments: [String: HeaderValue], mailbox: ConsumerMailbox) {
        self.queue = queue
        self.prefetch = prefetch
        self.arguments = arguments
        self.mailbox = mailbox
    }

    mutating func establish(_ link: RabbitLink, session: UInt64) throws(AMQPError) {
        ledger = DeliveryLedger(session: session)
        arrived = []
        var arguments = arguments
        if let acknowledgedOffset { arguments["x-stream-offset"] = .integer(acknowledgedOffset + 1) }
        try link.subscribe(to: queue, prefetch: prefetch, arguments: arguments)
        mailbox.begin(session: session)
    }

    mutating func step(_ link: RabbitLink, at now: Instant) throws(AMQPError) -> Bool {
        for settlement in mailbox.takeSettlements() {
            // Also when the broker cannot be told: the end of the session answers for it.
            defer { settlement.continuation.resume() }
            switch settlement.kind {
            case .acknowledge:
                guard case .upTo(let tag) = ledger.acknowledge(settlement.batch) else { continue }
                if let offset = settlement.offset { acknowledgedOffset = offset }
                try link.acknowledge(tag, multiple: true)
            case .requeue:
                try requeue(ledger.requeue(settlement.batch), link)
            }
        }
        for tag in toRequeue {
            try requeue(ledger.requeue(BatchTags(session: ledger.session, first: tag, last: tag)), link)
        }
        toRequeue = []
        return false
    }

    private func requeue(_ settlement: DeliveryLedger.Settlement, _ link: RabbitLink) throws(AMQPError) {
        switch settlement {
        case .upTo(let tag): try link.requeue(tag, multiple: true)
        case .each(let tags): for tag in tags { try link.requeue(tag, multiple: false) }
        case .drop: return
        }
    }

    mutating func receive(_ event: IncomingEvent, at now: Instant) throws(AMQPError) {
        switch event {
        case .delivery(let received):
            ledger.delivered(received.tag)
            guard !isDraining else { return toRequeue.append(received.tag) }
            arrived.append(
                Delivery(
                    tag: received.tag, queue: queue, exchange: received.exchange, routingKey: received.routingKey,
                    redelivered: received.redelivered, user: received.user, message: received.message))
        case .control(.subscriptionCancelled): throw .subscriptionCancelled(queue: queue)
        case .control(.cancelConfirmed): isCancelConfirmed = true
        case .returned, .control: return
        }
    }

    mutating func flush() {
        guard !arrived.isEmpty else { return }
        mailbox.arrived(arrived)
        arrived = []
    }

    /// A blocked broker takes no publishes; consuming goes on.
    mutating func suspend(reason: String) {}
    mutating func resume() {}

    mutating func beginDraining(_ link: RabbitLink) throws(AMQPError) {
        isDraining = true
        try link.cancelSubscription()
        toRequeue += mailbox.takeUntaken().map(\.tag)
    }

    var isDrained: Bool { isCancelConfirmed && ledger.isEmpty && toRequeue.isEmpty }

    var deadline: Instant? { nil }

    func deadlineError() -> AMQPError { .protocolViolation("no deadline was set") }

    mutating func channelClosed(code: Int, text: String) {}

    mutating func lost(reason: String) {
        arrived = []
        toRequeue = []
        mailbox.lost()
    }
}
