import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import TestSupport

/// What stands between a service's store and the exchange, made of the product's own parts: the relay of its outbox and
/// the loop that handles its work queue. A test moves both by hand.
struct Station: Sendable {
    let name: String
    let database: ServiceDatabase
    /// The queue that it listens to; nil for who only speaks.
    let consumer: ConsumerName?
    private let exchange: Exchange
    private let clock: ManualClock
    private let relay: OutboxRelay
    private let loop: ConsumerLoop?

    /// - Parameter user: as the broker knows the service.
    init(
        user: String, _ database: ServiceDatabase, as consumer: ConsumerName?,
        _ subscriptions: [Subscription<UnitOfWork>], on exchange: Exchange, clock: ManualClock
    ) {
        name = user
        self.database = database
        self.consumer = consumer
        self.exchange = exchange
        self.clock = clock
        let publisher = ExchangePublisher(exchange: exchange, user: user)
        relay = OutboxRelay(database, publisher: publisher, clock: clock, logger: .quiet)
        loop = consumer.map { consumer in
            ConsumerLoop(
                name: consumer, tiers: .standard, consumer: ScriptedConsumer(), publisher: publisher,
                handler: TransactionalHandler(database, subscriptions, logger: .quiet), clock: clock, logger: .quiet)
        }
    }

    /// Puts everything that the service has said on the wire.
    func speak() async throws {
        var cursor: Int64 = 0
        while try await relay.relayOnce(&cursor) {}
    }

    /// Handles the first message of its queue, a moment later. False when there is none.
    func hear() async throws -> Bool {
        guard let consumer, let loop, let delivery = exchange.take(from: consumer.workQueue) else { return false }
        clock.advance(by: 0.01)
        await loop.settle(DeliveryBatch(session: 1, deliveries: [delivery]))
        return true
    }

    /// The types of what waits on its queue, as `noun.verb`, the first message first.
    var onTheWire: [String] {
        guard let consumer else { return [] }
        return exchange.messages(on: consumer.workQueue).map(Self.word)
    }

    /// What it could not handle, each with the reason.
    var deadLetters: [String] {
        guard let consumer else { return [] }
        return exchange.messages(on: consumer.deadQueue).map { message in
            "\(name): \(Self.word(message)): \(message.headers[FailureHeaders.message]?.text ?? "?")"
        }
    }

    private static func word(_ message: WireMessage) -> String {
        let type = (try? EnvelopeCoding.envelope(of: message))?.type
        return type.map { "\($0.noun).\($0.verb)" } ?? "?"
    }
}
