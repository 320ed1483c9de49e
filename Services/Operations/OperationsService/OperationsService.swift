import Foundation
import Messaging
import Persistence
import Procedure
import Runtime
import ServiceLifecycle
import Web

/// Operations: for those who find, understand and replay what was dead-lettered, and who see that no complaint is lost.
package enum OperationsService {
    /// Puts the service together; listed dependency first.
    package static func build(
        _ configuration: OperationsConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "operations", source: "redress/operations",
            migrate: OperationsMigrations.register)
        let shelf = try await foundation.policies(.watches).shelf
        let store = OperationsStore(foundation.database)

        try foundation.consume(as: .operations, OperationsSubscriptions.all)
        for consumer in consumers(shelf.current, configuration) {
            try foundation.consume(
                consumer.deadQueue, as: consumer, declaring: deadQueueTopology(consumer),
                DeadLetterIntake(consumer: consumer, store: store, logger: context.logger))
        }
        let quiet = LetterPolicy.quietPeriod(retryTiers: configuration.common.consumer.retryTiers)
        foundation.add(
            Replayer(
                store: store, publisher: foundation.publisher, clock: context.time, logger: context.logger,
                rate: configuration.replayRate,
                // Messages wait in real time, however fast this service's clock runs.
                quietPeriod: quiet.inSeconds * configuration.common.clock.speed))

        let desk = OperationsDesk(
            store: store, clock: context.time, clockSpeed: configuration.common.clock.speed,
            publisher: foundation.publisher,
            channels: { Dictionary(shelf.current.channels.map { ($0.id, $0.title) }) { first, _ in first } })
        let site = try Site(
            SiteSettings(
                configuration.common, service: "operations", home: "/operations/",
                timeZone: shelf.current.calendar.timeZone),
            bundle: .module, context: context)
        return foundation.services + [site.application { OperationsRoutes(desk: desk).add(to: $0) }]
    }

    /// Templates and translations.
    static var resources: Bundle { .module }

    /// Everybody who parks what they cannot handle.
    static func consumers(_ pack: PolicyPack, _ configuration: OperationsConfiguration) -> [ConsumerName] {
        let fixed: [ConsumerName] = [.routing, .callback, .reporting, .operations]
        var seen: Set<ConsumerName> = []
        return (fixed + pack.departments.map { .department($0.id) } + configuration.furtherConsumers)
            .filter { seen.insert($0).inserted }
    }

    /// As its consumer declares it, so that the order of starting does not matter.
    static func deadQueueTopology(_ consumer: ConsumerName) -> Topology {
        Topology(
            exchanges: [.init(consumer.exchange, .direct)], queues: [.init(consumer.deadQueue, .quorum)],
            bindings: [.init(from: consumer.exchange, to: consumer.deadQueue, key: ConsumerName.deadKey)])
    }
}
