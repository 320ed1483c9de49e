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
        let pack = try policy(configuration.common)
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "reporting", source: "redress/reporting"
        ) {
            ReportingMigrations.register(in: &$0)
        }
        let store = ReportingStore(database: foundation.database, pack: pack)
        try foundation.consume(as: .reporting, ReportingSubscriptions.all(store))
        let site = try Site(
            SiteSettings(configuration.common, service: "reporting", home: "/reporting/", timeZone: pack.timeZone),
            bundle: .module, context: context)
        let desk = ReportingDesk(
            store: store, titles: Titles(pack), procedure: DocumentedProcedure(pack), pack: pack)
        return foundation.services + [site.application { desk.addRoutes(to: $0) }]
    }

    private static func policy(_ configuration: CommonConfiguration) throws -> PolicyPack {
        let file = configuration.policyFile ?? ""
        do {
            return try PolicyPack.load(file: file)
        } catch {
            throw CannotStart("the policy pack \(file) cannot be used: \(error)", exitCode: 78)
        }
    }
}
