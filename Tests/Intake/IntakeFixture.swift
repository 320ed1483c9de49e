import Contracts
import Cryptography
import Foundation
import GRDB
import IntakeService
import Messaging
import Persistence
import Procedure
import TestSupport
import Web

/// Intake on a store of its own, with the default pack and a clock that stands still.
struct IntakeFixture: Sendable {
    let folder: TemporaryFolder
    let clock: ManualClock
    let database: ServiceDatabase
    let store: IntakeStore
    let evidence: EvidenceStore
    let desk: IntakeDesk
    let site: Site
    private let publisher = ScriptedPublisher()

    init(
        limits: EvidenceLimits = EvidenceLimits(files: 3, size: 1000), bodyLimit: Int = 1 << 20,
        publicBurst: Int = 1000,
        sections: [String: String] = [:]
    ) throws {
        folder = try TemporaryFolder()
        clock = ManualClock()
        let clock = clock
        database = try Self.open(folder, clock)
        let pack = try Self.pack(sections, in: folder.url)
        store = IntakeStore(database, instance: "01", timeZone: pack.timeZone)
        evidence = try EvidenceStore(folder: folder.url.appendingPathComponent("evidence"))
        desk = IntakeDesk(
            shelf: PolicyShelf(pack), store: store, evidence: evidence, limits: limits,
            publicLimiter: AttemptLimiter(capacity: publicBurst, refillEvery: 60))
        let staff = try TestStaff(folder: folder.url)
        site = try Site(
            .test(service: "intake", home: "/intake/", staff: staff, bodyLimit: bodyLimit),
            bundles: [IntakeService.resources], logger: .quiet,
            verifier: PasswordVerifier(decoyCost: PasswordHash.Cost(logN: 4, r: 1, p: 1)), now: { clock.now() })
    }

    static func open(_ folder: TemporaryFolder, _ clock: ManualClock) throws -> ServiceDatabase {
        try ServiceDatabase(
            path: folder.path("intake.sqlite"), source: "redress/intake/01", clock: clock,
            migrate: IntakeMigrations.register)
    }

    static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    static func pack() throws -> PolicyPack {
        try PolicyPack.load(file: repository.appendingPathComponent("compose/policies/service-standard.yaml").path)
    }

    /// The default pack with these sections in the place of its own.
    static func pack(_ sections: [String: String], in folder: URL) throws -> PolicyPack {
        guard !sections.isEmpty else { return try pack() }
        var parts = try PackSections(
            file: repository.appendingPathComponent("compose/policies/service-standard.yaml"))
        for (key, text) in sections { parts.set(key, text) }
        return try parts.load(in: folder)
    }

    /// Talks to Intake over HTTP.
    func serve<Value: Sendable>(_ work: @Sendable (HTTPClient) async throws -> Value) async throws -> Value {
        try await withServer(site, routes: { IntakeRoutes(desk).add(to: $0) }, work)
    }

    /// Everything that the other services were told, in order.
    func said() async throws -> [WireMessage] {
        let relay = OutboxRelay(database, publisher: publisher, clock: clock, logger: .quiet)
        var cursor: Int64 = 0
        while try await relay.relayOnce(&cursor) {}
        return publisher.published.map(\.message)
    }

    /// The messages of one type among them.
    func said<Payload: Event>(_ type: Payload.Type) async throws -> [Message<Payload>] {
        try await said().compactMap { message in
            let envelope = try EnvelopeCoding.envelope(of: message)
            guard envelope.type == Payload.type else { return nil }
            return Message(envelope: envelope, payload: try ContractJSON.decode(Payload.self, from: message.body))
        }
    }

    func draft(_ narrative: String = "送到时锅盖已经摔碎", phone: String? = "13900010001") -> ComplaintDraft {
        ComplaintDraft(
            channel: "web", heardAt: clock.now(), complainant: Complainant(name: "周敏", phone: phone),
            narrative: narrative)
    }
}
