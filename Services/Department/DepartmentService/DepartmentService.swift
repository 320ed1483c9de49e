import Contracts
import Foundation
import Messaging
import Runtime
import ServiceLifecycle
import Web

/// One department's worker: its store, what it listens to, and its pages. It knows the broker and nobody else.
package enum DepartmentService {
    /// Runs until the process is told to stop.
    package static func run() async -> Never {
        await ServiceRunner.main(DepartmentConfiguration.self) { try await build($0, $1) }
    }

    /// Where the templates and the sentences are.
    package static var bundle: Bundle { .module }

    /// The parts in order of dependency.
    package static func build(
        _ configuration: DepartmentConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        let department = configuration.department
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "department-\(department)", source: "redress/department/\(department)"
        ) {
            DepartmentMigrations.register(in: &$0)
        }
        try foundation.consume(
            as: .department(department), DepartmentSubscriptions.all(for: department))
        let site = try Site(
            SiteSettings(configuration.common, service: "departments", home: "/departments/\(department)/"),
            bundle: bundle, context: context)
        let desk = DepartmentDesk(
            department: department, title: configuration.title,
            store: DepartmentStore(foundation.database, clock: context.time))
        return foundation.services + [site.application { desk.addRoutes(to: $0) }]
    }
}
