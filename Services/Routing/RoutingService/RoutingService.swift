import Foundation
import Messaging
import Persistence
import Procedure
import Runtime
import ServiceLifecycle
import Web

/// Routing (判定·分派·督办): is a complaint valid, how grave is it, who handles it, and what is overdue?
///
/// - `Policy/` decides: the state machine of a complaint.
/// - `Messages/` listens to Intake, the departments and Callback, and does what people order at the triage desk.
/// - `Store/` keeps complaints with their clocks, custody and history.
/// - `Web/` has the triage desk and the JSON API.
package enum RoutingService {
    /// Puts the service together.
    /// - Throws: `StartupFailure`.
    package static func build(
        _ configuration: RoutingConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "routing", source: RoutingStore.source,
            migrate: RoutingMigrations.register)
        let keeper = try await foundation.policies(.decides)
        let work = CaseWork(shelf: keeper.shelf)
        foundation.announceLedgers(instance: "routing")
        try foundation.consume(as: .routing, RoutingSubscriptions(work: work).list)

        let settings = SiteSettings(
            configuration.common, service: "routing", home: "/routing/", timeZone: keeper.shelf.current.timeZone)
        let site = try Site(settings, bundle: resources, context: context)
        let store = RoutingStore(foundation.database)
        foundation.add(Timekeeper(store, work: work, time: context.time, logger: context.logger))
        foundation.add(DutyWatch(store: store, work: work, time: context.time, logger: context.logger))
        foundation.add(RectificationWatch(store: store, work: work, time: context.time, logger: context.logger))
        let web = RoutingWeb(store: store, work: work)
        return foundation.services + [site.application { web.add(to: $0) }]
    }

    /// The folders `Templates` and `Strings`.
    static var resources: Bundle { .module }
}
