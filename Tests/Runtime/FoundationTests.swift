import Foundation
import Logging
import Messaging
import Persistence
import TestSupport
import Testing

@testable import Runtime

@Suite struct FoundationTests {
    private let folder: TemporaryFolder
    private let context = ServiceContext(
        identity: SampleConfiguration.identity, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        // Other tests may keep the machine busy: how long an answer takes is not what is tested here.
        health: HealthRegistry(limit: .seconds(60)), time: ManualClock())

    init() throws { folder = try TemporaryFolder() }

    /// Nothing listens on port 1.
    private func configuration(_ url: String = "amqp://a:b@127.0.0.1:1/") -> CommonConfiguration {
        CommonConfiguration(http: .init(port: 0), dataFolder: folder.path("data"), broker: .init(url: Secret(url)))
    }

    @Test func aServiceStartsWithoutABroker() async throws {
        var foundation = try ServiceFoundation(
            configuration(), context, store: "intake", source: "redress/intake/01"
        ) { _ in }
        foundation.announceLedgers(instance: "01")
        try foundation.consume(as: .routing, [])
        #expect(FileManager.default.fileExists(atPath: folder.path("data/intake.sqlite")))
        let report = await context.health.report()
        #expect(report.checks["store"] == .ok)
        #expect(report.checks["backlog"] == .ok)
        #expect(report.checks["broker"]?.state == .failed)
        #expect(report.checks["queue redress.routing"]?.state == .failed)
        #expect(!report.isReady)
    }

    @Test func partsAreInOrderOfDependency() throws {
        var foundation = try ServiceFoundation(configuration(), context, store: "x", source: "redress/x") { _ in }
        foundation.announceLedgers(instance: "01")
        try foundation.consume(as: .routing, [])
        #expect(
            foundation.services.map { "\(type(of: $0))" }
                == ["PublisherLifetime", "StoreKeeper", "OutboxRelay", "LedgerAnnouncer", "ConsumerLoop"])
    }

    @Test func aStoreThatCannotBeOpenedIsNamed() throws {
        try Data("not a database, but long enough to be looked at as one".utf8)
            .write(to: folder.url.appendingPathComponent("data"))
        #expect {
            try ServiceFoundation(configuration(), context, store: "intake", source: "redress/intake/01") { _ in }
        } throws: { error in
            guard let failure = error as? CannotStart else { return false }
            return failure.exitCode == 74 && failure.explanation.contains(folder.path("data/intake.sqlite"))
        }
    }

    @Test(arguments: [
        (ConnectionStatus.ready, HealthStatus.ok),
        (.connecting(lastError: "refused"), .failed("connecting; the last attempt failed: refused")),
        (.blocked(reason: "low on disk"), .failed("the broker takes no messages: low on disk")),
        (.closed, .failed("closed")),
    ])
    func connectionsAsHealth(status: ConnectionStatus, health: HealthStatus) {
        #expect(HealthChecks.status(status) == health)
    }

    @Test(arguments: [(0, 0, HealthStatus.State.ok), (1000, 0, .ok), (1001, 0, .degraded), (1, 1, .degraded)])
    func backlogAsHealth(waiting: Int, refused: Int, state: HealthStatus.State) {
        #expect(HealthChecks.status(waiting: waiting, refused: refused).state == state)
    }
}
