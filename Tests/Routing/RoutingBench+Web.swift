import Foundation
import TestSupport
import Testing
import Web

@testable import RoutingService

extension RoutingBench {
    /// Serves the pages over a real connection.
    func serve<Value: Sendable>(
        staff: TestStaff? = nil, _ work: @Sendable (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let staff = try staff ?? TestStaff(folder: folder.url.appending(path: "staff"))
        let site = try Site(
            .test(service: "routing", home: "/routing/", staff: staff), bundles: [RoutingService.resources],
            now: { [clock] in clock.now() })
        let web = RoutingWeb(store: store, work: desk.work)
        return try await withServer(site, routes: { web.add(to: $0) }, work)
    }
}

extension HTTPClient {
    /// The same client with the token of a role; its name is `<role>-program`.
    func program(_ role: Role) -> HTTPClient {
        var client = self
        client.token = "\(role.rawValue)-token"
        return client
    }
}
