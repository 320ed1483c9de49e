import Foundation
import Messaging
import Synchronization
import TestSupport

/// A broker within the test: it declares what the product's topology says and routes as RabbitMQ would, and it gives a
/// message only when it is asked to. So a test decides in which order the services hear of things.
final class Exchange: Sendable {
    private struct Held {
        var delivery: Delivery
        /// When the queue's time to live has passed.
        var expiresAt: Date?
    }

    private struct State {
        var queues: [String: [Held]] = [:]
        var lastTag: UInt64 = 0
    }

    private let topology: Topology
    private let definitions: [String: Topology.Queue]
    private let clock: ManualClock
    private let state = Mutex(State())

    init(_ topology: Topology, clock: ManualClock) {
        self.topology = topology
        self.clock = clock
        definitions = Dictionary(topology.queues.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Takes the first message off a queue; nil when there is none.
    func take(from queue: String) -> Delivery? {
        state.withLock { state in
            expire(&state)
            guard state.queues[queue]?.isEmpty == false else { return nil }
            return state.queues[queue]?.removeFirst().delivery
        }
    }

    /// What lies on a queue, the first message first.
    func messages(on queue: String) -> [WireMessage] {
        state.withLock { $0.queues[queue, default: []].map(\.delivery.message) }
    }

    /// The earliest instant at which a message comes back from a retry tier.
    var nextExpiry: Date? {
        state.withLock { state in state.queues.values.compactMap { $0.first?.expiresAt }.min() }
    }

    fileprivate func publish(_ publication: Publication, by user: String?) -> PublishResult {
        state.withLock { state in
            route(publication.message, to: publication.destination, by: user, in: &state)
                ? .confirmed : .returned("no queue is bound for \(publication.destination.routingKey)")
        }
    }

    private func route(
        _ message: WireMessage, to destination: Destination, by user: String?, in state: inout State
    ) -> Bool {
        let queues = topology.bindings.filter { binding in
            binding.source == destination.exchange
                && Self.matches(destination.routingKey.split(separator: ".")[...], binding.routingKey)
        }.map(\.destination)
        for queue in Set(queues).sorted() {
            state.lastTag += 1
            let delivery = Delivery(
                tag: state.lastTag, queue: queue, exchange: destination.exchange,
                routingKey: destination.routingKey, redelivered: false, user: user, message: message)
            let life = definitions[queue]?.arguments["x-message-ttl"]?.integer
            state.queues[queue, default: []].append(
                Held(
                    delivery: delivery,
                    expiresAt: life.map { clock.now().addingTimeInterval(Double($0) / 1000) }))
        }
        return !queues.isEmpty
    }

    /// Messages expire at the head, and go where their queue says.
    private func expire(_ state: inout State) {
        let now = clock.now()
        for (name, definition) in definitions.sorted(by: { $0.key < $1.key }) {
            guard let exchange = definition.arguments["x-dead-letter-exchange"]?.text,
                let key = definition.arguments["x-dead-letter-routing-key"]?.text
            else { continue }
            while let first = state.queues[name]?.first, let expiresAt = first.expiresAt, expiresAt <= now {
                state.queues[name]?.removeFirst()
                _ = route(
                    first.delivery.message, to: Destination(exchange: exchange, routingKey: key), by: nil, in: &state)
            }
        }
    }

    /// Topic patterns: `*` stands for one word, `#` for any words.
    private static func matches(_ key: ArraySlice<Substring>, _ pattern: String) -> Bool {
        let words = pattern.split(separator: ".")
        if words == ["#"] { return true }
        return words.count == key.count && zip(words, key).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// A service's own connection, under its own user.
struct ExchangePublisher: MessagePublisher {
    let exchange: Exchange
    let user: String

    func publish(_ publications: [Publication]) async -> [PublishResult] {
        publications.map { exchange.publish($0, by: user) }
    }

    func waitUntilReady() async throws { try Task.checkCancellation() }

    var status: ConnectionStatus { .ready }
}
