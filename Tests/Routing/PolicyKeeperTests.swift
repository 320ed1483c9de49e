import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Procedure
import Runtime
import TestSupport
import Testing

@testable import RoutingService

/// A pack that changes while Routing runs.
@Suite struct PolicyKeeperTests {
    let folder: TemporaryFolder
    let clock = ManualClock()
    private let logger = Logger(label: "test")
    private var file: String { folder.path("pack.yaml") }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes the shipped pack with the amount from which a complaint is major, and a version.
    private func write(version: Int, majorFrom amount: Int) throws {
        var text = try String(contentsOfFile: Samples.packFile, encoding: .utf8)
        let calendars = URL(filePath: Samples.packFile).deletingLastPathComponent().appending(path: "../calendars")
        for (original, replacement) in [
            ("\nversion: 2\n", "\nversion: \(version)\n"),
            (
                "when: {field: amount, atLeast: 10000}\n    severity: major",
                "when: {field: amount, atLeast: \(amount)}\n    severity: major"
            ),
            ("../calendars", calendars.standardizedFileURL.path),
        ] {
            try #require(text.contains(original), "\(original)")
            text = text.replacingOccurrences(of: original, with: replacement)
        }
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    private func open() async throws -> (keeper: PolicyKeeper, store: RoutingStore, handler: TransactionalHandler) {
        let database = try ServiceDatabase(
            path: folder.path("routing.sqlite"), source: RoutingStore.source, clock: clock,
            migrate: RoutingMigrations.register)
        let keeper = try await PolicyKeeper.open(file, .decides, database, logger: logger)
        let work = CaseWork(shelf: keeper.shelf)
        let handler = TransactionalHandler(database, RoutingSubscriptions(work: work).list, logger: logger)
        return (keeper, RoutingStore(database), handler)
    }

    private func receive(_ counter: Int, by handler: TransactionalHandler) async throws {
        let complaint = Samples.complaint(amount: "9000")
        let event = ComplaintReceived(complaint: complaint, trackingCodeHash: "00")
        let wire = try TestMessages.wire(event, about: Samples.number(counter), at: clock.now())
        #expect(try await handler.handle([wire]).first == .handled)
    }

    private func record(_ counter: Int, in store: RoutingStore) async throws -> ComplaintRecord {
        try #require(try await store.dossier(Samples.number(counter))).record
    }

    @Test("A new version is for new complaints; one that was judged before keeps its own, also after a restart")
    func newVersion() async throws {
        try write(version: 2, majorFrom: 10000)
        var routing = try await open()
        try await receive(1, by: routing.handler)
        try write(version: 3, majorFrom: 8000)
        await routing.keeper.look()
        try await receive(2, by: routing.handler)
        for _ in 1...2 {
            let (first, second) = (try await record(1, in: routing.store), try await record(2, in: routing.store))
            #expect(first.severity == .important && first.policy?.version == 2)
            #expect(second.severity == .major && second.policy?.version == 3)
            #expect(routing.keeper.shelf.pack(first.policy).stamp.version == 2)
            routing = try await open()
        }
        #expect(try await routing.store.policy(PolicyStamp(id: "service-standard", version: 2)) != nil)
        #expect(routing.keeper.shelf.stamps.map(\.version) == [2, 3])
    }

    @Test("A file that does not load, or that says something else under the same version, is refused and said why")
    func refused() async throws {
        try write(version: 2, majorFrom: 10000)
        let routing = try await open()
        try write(version: 2, majorFrom: 8000)
        await routing.keeper.look()
        #expect(routing.keeper.shelf.refusal?.contains("raise its version") == true)
        try Data("id: [".utf8).write(to: URL(filePath: file))
        await routing.keeper.look()
        #expect(routing.keeper.shelf.refusal?.contains("does not load") == true)
        try await receive(1, by: routing.handler)
        #expect(try await record(1, in: routing.store).severity == .important)
    }

    @Test("A start with a changed file of the same version goes on with what is kept, and says why")
    func changedBeforeStart() async throws {
        try write(version: 2, majorFrom: 10000)
        _ = try await open()
        try write(version: 2, majorFrom: 8000)
        let routing = try await open()
        #expect(routing.keeper.shelf.refusal?.contains("raise its version") == true)
        try await receive(1, by: routing.handler)
        #expect(try await record(1, in: routing.store).severity == .important)
    }
}
