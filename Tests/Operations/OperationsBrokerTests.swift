import Contracts
import Foundation
import Messaging
import Persistence
import Runtime
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import OperationsService

/// Operations and a consumer on a real broker: what is parked is found, and a replay brings it home once.
@Suite(.virtualHost, .tags(.broker), .serialized) struct OperationsBrokerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func configuration() throws -> CommonConfiguration {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return CommonConfiguration(
            http: .init(port: 0), dataFolder: folder.path("data"),
            broker: .init(url: Secret(try VirtualHost.required().url)),
            consumer: .init(prefetch: 100, retryTiers: [.milliseconds(200)]),
            policyFile: root.appendingPathComponent("compose/policies/service-standard.yaml").path)
    }

    private func context(_ identity: ServiceIdentity) -> ServiceContext {
        ServiceContext(identity: identity, logger: quietLogger, time: ServiceClock.real)
    }

    /// Routing as far as it matters here: it rejects complaints until it is mended, then counts them.
    private final class Desk: Sendable {
        private let state = Mutex((isMended: false, handled: [TicketNumber?]()))
        var handled: [TicketNumber?] { state.withLock { $0.handled } }
        func mend() { state.withLock { $0.isMended = true } }
        func handle(_ message: Message<ComplaintReceived>) throws -> Outcome {
            try state.withLock { state in
                guard state.isMended else { throw HandlingInterruption.rejected("not mended yet") }
                state.handled.append(message.envelope.subject)
                return .handled
            }
        }
    }

    private func routing(_ desk: Desk) throws -> ServiceFoundation {
        let identity = ServiceIdentity(name: "routing", purpose: "", defaultPort: 0)
        var foundation = try ServiceFoundation(
            try configuration(), context(identity), store: "routing", source: "redress/routing"
        ) { _ in }
        try foundation.consume(as: .routing, [Subscription(ComplaintReceived.self) { try desk.handle($1) }])
        return foundation
    }

    private func running(_ services: [any Service], _ work: () async throws -> Void) async throws {
        let group = ServiceRunner.group(services, logger: quietLogger, end: { _ in })
        let task = Task { try await group.run() }
        do {
            try await work()
        } catch {
            await group.triggerGracefulShutdown()
            _ = await task.result
            throw error
        }
        await group.triggerGracefulShutdown()
        try await task.value
    }

    @Test func whatIsParkedIsFoundAndBroughtHomeOnce() async throws {
        let desk = Desk()
        let routing = try routing(desk)
        let operations = try await OperationsService.build(
            OperationsConfiguration(common: try configuration()), context(OperationsConfiguration.identity))
        let store = OperationsStore(
            try ServiceDatabase(
                path: folder.path("data/operations.sqlite"), source: "test", clock: ServiceClock.real,
                migrate: OperationsMigrations.register))
        let junk = WireMessage(messageID: "junk", body: Data([0xFF, 0x00]))
        try await running(routing.services + operations) {
            let complaint = try Samples.received()
            let events = Destination(exchange: RedressTopology.events, routingKey: "complaint.received.-")
            try await poll("routing listens") { await routing.context.health.report().isReady }
            let published = await routing.publisher.publish([
                Publication(complaint, to: events), Publication(junk, to: events),
            ])
            #expect(published == [.confirmed, .confirmed])
            try await poll("both are dead letters") {
                try await store.letters(LetterFilter(state: .failed), limit: 10).letters.count == 2
            }
            let letters = try await store.letters(LetterFilter(), limit: 10).letters
            #expect(Set(letters.map(\.kind)) == ["rejected", "malformed"])
            let letter = try #require(letters.first { $0.kind == "rejected" })
            #expect(try await store.letter(letter.id).message.body == complaint.body)

            desk.mend()
            _ = try await store.replay(letter.id, by: "op", because: "mended")
            try await poll("the complaint is handled") { !desk.handled.isEmpty }
            try await poll("its replay is confirmed") {
                try await store.letter(letter.id).summary.state == .confirmed(replay: 1)
            }
        }
        #expect(desk.handled == [try TestMessages.number(1)])
    }
}
