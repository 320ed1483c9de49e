import AMQP
import Foundation
import GRDB
import Messaging
import Persistence
import ServiceLifecycle

/// What every service stands on: its store, its way to the broker, and the parts that run between the two. A service's
/// wiring reads as a list:
///
/// ```swift
/// var foundation = try ServiceFoundation(configuration.common, context, store: "routing", source: "redress/routing") {
///     RoutingStore.register(in: &$0)
/// }
/// foundation.announceLedgers(instance: "01")
/// try foundation.consume(as: .routing, RoutingSubscriptions.all(…))
/// return foundation.services + [server]
/// ```
///
/// The parts are in order of dependency, so that on shutdown the HTTP server stops first, then the consumers finish
/// their batch, then the last totals are counted, then the relay empties the outbox, and at last the connection closes.
package struct ServiceFoundation: Sendable {
    package let configuration: CommonConfiguration
    package let context: ServiceContext
    package let database: ServiceDatabase
    package let publisher: any MessagePublisher
    package private(set) var services: [any Service]
    let broker: BrokerWiring

    /// Opens the store and starts to connect; neither waits for the broker, which may be down.
    ///
    /// - Parameters:
    ///   - store: names the SQLite file in the data folder, for example `routing` or `department-logistics`.
    ///   - source: the name of this service in envelopes, for example `redress/routing`.
    ///   - migrate: registers the service's own migrations.
    /// - Throws: `StartupFailure` when the store cannot be opened or the broker's address is wrong.
    package init(
        _ configuration: CommonConfiguration, _ context: ServiceContext, store: String, source: String,
        migrate: (inout DatabaseMigrator) -> Void
    ) throws {
        // Told to all processes, the signal to read files again must not end those that read none.
        ReloadWatch.ignoreSignal()
        let path = configuration.storePath(store)
        do {
            database = try ServiceDatabase(path: path, source: source, clock: context.time, migrate: migrate)
        } catch {
            throw CannotStart("the store \(path) cannot be opened: \(error)", exitCode: 74)
        }
        self.configuration = configuration
        self.context = context
        broker = try BrokerWiring(configuration, context)
        let publisher = try broker.publisher()
        self.publisher = publisher
        services = [
            PublisherLifetime(publisher: publisher),
            StoreKeeper(database: database, time: context.time, logger: context.logger),
            OutboxRelay(database, publisher: publisher, clock: context.time, logger: context.logger),
        ]
        HealthChecks.register(in: context.health, database: database, publisher: publisher)
    }

    /// The delays of the configuration.
    package var tiers: RetryTiers { RetryTiers(configuration.consumer.retryTiers) }

    /// Tells Operations what this service counts. Comes before the consumers in the list, so that what they count last
    /// is still told.
    package mutating func announceLedgers(instance: String) {
        services.append(LedgerAnnouncer(database, instance: instance, logger: context.logger))
    }

    /// Handles the work queue of a consumer with its subscriptions, each batch in one transaction.
    package mutating func consume(as name: ConsumerName, _ subscriptions: [Subscription<UnitOfWork>]) throws {
        let topology = RedressTopology.foundation.merging(
            RedressTopology.consumer(name, bindingKeys: subscriptions.map(\.bindingKey), tiers: tiers))
        try consume(
            name.workQueue, as: name, declaring: topology,
            TransactionalHandler(database, subscriptions, logger: context.logger))
    }

    /// Handles any queue in batches; what `handler` retries or parks goes to the queues of `name`.
    package mutating func consume(
        _ queue: String, as name: ConsumerName, declaring topology: Topology, _ handler: any BatchHandler
    ) throws {
        let consumer = try broker.consumer(queue, declaring: topology)
        HealthChecks.register(in: context.health, consumer: consumer, queue: queue)
        services.append(
            ConsumerLoop(
                name: name, tiers: tiers, consumer: consumer, publisher: publisher, handler: handler,
                clock: context.time, logger: context.logger))
    }

    /// Adds a part that depends on everything added before.
    package mutating func add(_ service: any Service) { services.append(service) }
}
