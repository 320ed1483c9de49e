import Contracts
import Foundation

/// The one description of everything that is declared on the broker.
package enum RedressTopology {
    /// Every event is published here; the routing key is `<noun>.<verb>.<department or ->`.
    package static let events = "redress.events"
    /// The append-only record of every event: a stream bound to everything.
    package static let journal = "redress.journal"

    /// How often a message may be delivered to a consumer that dies on it before the broker itself parks it.
    static let deliveryLimit: Int64 = 20
    /// More than this on one queue, and publishing is refused: the outboxes hold the rest.
    static let lengthLimit: Int64 = 1_000_000

    /// The events and their journal.
    package static var foundation: Topology {
        Topology(
            exchanges: [.init(events, .topic)],
            queues: [.init(journal, .stream)],
            bindings: [.init(from: events, to: journal, key: "#")])
    }

    /// What one consumer owns: its exchange, its work queue bound to the events it listens to, a queue for each retry
    /// tier that returns to the work queue, and the queue of what it parked.
    package static func consumer(_ name: ConsumerName, bindingKeys: [String], tiers: RetryTiers) -> Topology {
        let exchange = name.exchange
        var topology = Topology(
            exchanges: [.init(exchange, .direct)],
            queues: [
                .init(name.workQueue, .quorum, arguments: net(exchange: exchange)),
                .init(name.deadQueue, .quorum),
            ],
            bindings: [
                .init(from: exchange, to: name.workQueue, key: ConsumerName.workKey),
                .init(from: exchange, to: name.deadQueue, key: ConsumerName.deadKey),
            ])
        topology.bindings += Set(bindingKeys).sorted().map { .init(from: events, to: name.workQueue, key: $0) }
        for delay in tiers.delays {
            topology.queues.append(
                .init(name.retryQueue(delay), .quorum, arguments: expiry(delay, exchange: exchange)))
            topology.bindings.append(
                .init(from: exchange, to: name.retryQueue(delay), key: ConsumerName.retryKey(delay)))
        }
        return topology
    }

    /// What a consumer owns that is scaled out: between the events and the work queues stands an exchange that chooses
    /// one partition for each ticket by a hash of its number, so that a ticket always meets the same writer.
    ///
    /// The count is fixed for the life of the partitions' stores: with another count tickets would meet other writers.
    package static func partitions(
        of name: ConsumerName, count: Int, bindingKeys: [String], tiers: RetryTiers
    ) -> Topology {
        let divider = "\(name.exchange).partitions"
        var topology = Topology(
            exchanges: [
                .init(divider, .consistentHash, arguments: ["hash-header": .text(EnvelopeCoding.Header.subject)])
            ],
            bindings: Set(bindingKeys).sorted().map { .init(from: events, to: divider, key: $0, isExchange: true) })
        for index in 0..<count {
            let partition = name.partition(index)
            topology = topology.merging(consumer(partition, bindingKeys: [], tiers: tiers))
            // The key of a binding to a hash exchange is its weight.
            topology.bindings.append(.init(from: divider, to: partition.workQueue, key: "1"))
        }
        return topology
    }

    /// The work queue's own dead-lettering is the net under a consumer that dies again and again on one message.
    private static func net(exchange: String) -> [String: HeaderValue] {
        [
            // One store, one writer: a second process on the same queue waits until the first is gone.
            "x-single-active-consumer": true,
            "x-delivery-limit": .integer(deliveryLimit),
            "x-dead-letter-exchange": .text(exchange),
            "x-dead-letter-routing-key": .text(ConsumerName.deadKey),
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
            "x-max-length": .integer(lengthLimit),
        ]
    }

    private static func expiry(_ delay: Duration, exchange: String) -> [String: HeaderValue] {
        [
            "x-message-ttl": .integer(RetryTiers.milliseconds(delay)),
            "x-dead-letter-exchange": .text(exchange),
            "x-dead-letter-routing-key": .text(ConsumerName.workKey),
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        ]
    }
}
