import Foundation
import Messaging
import Procedure
import Runtime
import ServiceLifecycle
import Web

/// Reporting: what it listens to (everything), its store, its pages.
package enum ReportingService {
    /// The parts in order of dependency.
    package static func build(
        _ configuration: ReportingConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "reporting", source: "redress/reporting"
        ) {
            ReportingMigrations.register(in: &$0)
        }
        let packs = try await foundation.policies(.hears)
        let store = ReportingStore(database: foundation.database, shelf: packs.shelf)
        try foundation.consume(as: .reporting, ReportingSubscriptions.all(store, packs: packs))
        let site = try Site(
            SiteSettings(
                configuration.common, service: "reporting", home: "/reporting/",
                timeZone: packs.shelf.current.timeZone),
            bundle: .module, context: context)
        foundation.add(CaseWatch(store: store, time: context.time, logger: context.logger))
        let desk = ReportingDesk(store: store, packs: TicketPacks(packs.shelf))
        return foundation.services + [site.application { desk.addRoutes(to: $0) }]
    }
}
