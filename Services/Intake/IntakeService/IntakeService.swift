import Foundation
import Procedure
import Runtime
import ServiceLifecycle
import Web

/// Puts Intake together. It listens to no other service: it hears people, and says `complaint.received`,
/// `complaint.supplemented`, `complaint.chased` (催单) and `complaint.withdrawn`.
package enum IntakeService {
    /// Templates and translations.
    package static var resources: Bundle { .module }

    /// - Returns: everything that runs, dependency first.
    /// - Throws: `StartupFailure` when the pack, the store or a file of the pages cannot be used.
    package static func build(
        _ configuration: IntakeConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        let instance = configuration.instance
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "intake", source: "redress/intake/\(instance)",
            migrate: IntakeMigrations.register)
        foundation.announceLedgers(instance: instance)
        let shelf = try await foundation.policies(.watches).shelf
        let timeZone = shelf.current.timeZone
        let settings = SiteSettings(
            configuration.common, service: "intake", home: "/intake/", timeZone: timeZone)
        let site = try Site(settings, bundle: resources, context: context)
        let store = IntakeStore(foundation.database, instance: instance, timeZone: timeZone)
        let evidence = try EvidenceStore(
            folder: URL(fileURLWithPath: configuration.common.dataFolder).appendingPathComponent("evidence"))
        let desk = IntakeDesk(
            shelf: shelf, store: store, evidence: evidence, limits: configuration.evidence,
            publicLimiter: AttemptLimiter(
                capacity: configuration.publicBurst, refillEvery: 60 / Double(configuration.publicPerMinute)))
        foundation.add(site.application { routes in IntakeRoutes(desk).add(to: routes) })
        return foundation.services
    }
}
