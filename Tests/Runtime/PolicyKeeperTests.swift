import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import Procedure
import TestSupport
import Testing

@testable import Runtime

/// Packs in a service's own store, from the file or from the service that decides.
@Suite struct PolicyKeeperTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let logger = Logger(label: "test")
    private let pack: EditedPack

    init() throws {
        folder = try TemporaryFolder()
        pack = try EditedPack(in: folder)
    }

    private func database(_ name: String = "service") throws -> ServiceDatabase {
        try ServiceDatabase(path: folder.path("\(name).sqlite"), source: "redress/routing", clock: clock) { migrator in
            migrator.registerMigration("packs", migrate: PolicyTable.create)
        }
    }

    private func open(_ origin: PolicyKeeper.Origin, _ name: String = "service") async throws -> PolicyKeeper {
        clock.advance(by: 60)
        return try await PolicyKeeper.open(pack.file, origin, try database(name), logger: logger)
    }

    /// What the service said, in order, as the others get it.
    private func said(by keeper: PolicyKeeper) async throws -> [PolicyAdopted] {
        try await keeper.database.read { db in
            try Data.fetchAll(db, sql: "SELECT body FROM outbox ORDER BY id")
        }.map { try ContractJSON.decode(PolicyAdopted.self, from: $0) }
    }

    private func hear(_ event: PolicyAdopted, by keeper: PolicyKeeper) async throws -> Outcome {
        let subscription = Subscription<UnitOfWork>(PolicyAdopted.self) { unit, message in
            try keeper.hear(message, in: unit)
        }
        let handler = TransactionalHandler(keeper.database, [subscription], logger: logger)
        return try await handler.handle([try TestMessages.wire(event, about: nil, at: clock.now())])[0]
    }

    private func versions(_ keeper: PolicyKeeper) -> [Int] { keeper.shelf.stamps.map(\.version) }

    @Test("What decides says every version once when it is taken, and all of them at each start, the one in force last")
    func decides() async throws {
        try pack.write(version: 2)
        var keeper = try await open(.decides)
        #expect(try await said(by: keeper).map(\.policy.version) == [2])
        try pack.write(version: 3, ["attempts: 3": "attempts: 4"])
        await keeper.look()
        await keeper.look()
        #expect(try await said(by: keeper).map(\.policy.version) == [2, 3])
        keeper = try await open(.decides)
        #expect(try await said(by: keeper).map(\.policy.version) == [2, 3, 2, 3])
        let told = try #require(try await said(by: keeper).last)
        let again = try PolicySource(file: "told", text: told.yaml, calendar: told.calendar).load()
        #expect(try again == pack.load())
    }

    @Test("What only watches takes a new version, keeps it, and says nothing")
    func watches() async throws {
        try pack.write(version: 2)
        let keeper = try await open(.watches)
        try pack.write(version: 3)
        await keeper.look()
        #expect(keeper.shelf.current.stamp.version == 3)
        #expect(try await said(by: keeper).isEmpty)
        #expect(try await versions(open(.watches)) == [2, 3])
    }

    @Test("What is told keeps each version, on whatever machine it runs and whatever its own file says")
    func hears() async throws {
        try pack.write(version: 2)
        let decider = try await open(.decides)
        let first = try #require(try await said(by: decider).first)
        let listener = try await open(.hears, "listener")
        #expect(try await hear(first, by: listener) == .handled)
        try pack.write(version: 3, ["attempts: 3": "attempts: 4"])
        await decider.look()
        let second = try #require(try await said(by: decider).last)
        try pack.write(version: 9)
        #expect(listener.shelf.known(second.policy) == nil)
        #expect(try await hear(second, by: listener) == .handled)
        #expect(listener.shelf.current.callback.attempts == 4)
        #expect(listener.shelf.pack(first.policy).callback.attempts == 3)
        // Known versions are told again at each start of the one that decides.
        #expect(try await hear(first, by: listener) == .handled)
        #expect(try await hear(second, by: listener) == .handled)
        try FileManager.default.removeItem(atPath: pack.file)
        let again = try await open(.hears, "listener")
        #expect(versions(again) == [2, 3] && again.shelf.current.stamp.version == 3)
    }

    @Test("Until it is told, what is told goes by its own file, and keeps that; what it is told goes before")
    func provisional() async throws {
        try pack.write(version: 2)
        let decider = try await open(.decides)
        let told = try #require(try await said(by: decider).first)
        try pack.write(version: 2, ["attempts: 3": "attempts: 9"])
        #expect(try await open(.hears, "listener").shelf.current.callback.attempts == 9)
        try pack.write(version: 3)
        let listener = try await open(.hears, "listener")
        #expect(versions(listener) == [2, 3])
        #expect(listener.shelf.known(told.policy)?.callback.attempts == 9)
        #expect(try await hear(told, by: listener) == .handled)
        for listener in [listener, try await open(.hears, "listener")] {
            #expect(listener.shelf.known(told.policy)?.callback.attempts == 3)
        }
    }

    @Test("A version that says something else than the one that is kept, or cannot be read, waits for a person")
    func contradicted() async throws {
        try pack.write(version: 2)
        let decider = try await open(.decides)
        var told = try #require(try await said(by: decider).first)
        let listener = try await open(.hears, "listener")
        #expect(try await hear(told, by: listener) == .handled)
        let yaml = told.yaml
        told.yaml = yaml + "\n# a comment is no change\n"
        #expect(try await hear(told, by: listener) == .handled)
        told.yaml = yaml.replacingOccurrences(of: "attempts: 3", with: "attempts: 4")
        guard case .park(let reason) = try await hear(told, by: listener) else {
            Issue.record("taken")
            return
        }
        #expect(reason.message.contains("says something else"))
        told.policy.version = 4
        guard case .park = try await hear(told, by: listener) else {
            Issue.record("taken under a wrong name")
            return
        }
        told.yaml = "id: ["
        guard case .park(let broken) = try await hear(told, by: listener) else {
            Issue.record("taken though broken")
            return
        }
        #expect(broken.message.contains("does not load"))
        #expect(versions(listener) == [2] && listener.shelf.current.callback.attempts == 3)
    }

    @Test("A broken file is refused with line and column, and the version before goes on, also at the next start")
    func broken() async throws {
        try pack.write(version: 2)
        let keeper = try await open(.decides)
        #expect(keeper.health == HealthStatus(.ok, "service-standard@2"))
        try pack.write(version: 3, ["rulingAfter: 2": "rulingAfter: many"])
        await keeper.look()
        for keeper in [keeper, try await open(.decides)] {
            let reason = try #require(keeper.shelf.refusal)
            #expect(reason.contains(#/service-standard\.yaml:\d+:\d+:/#), "\(reason)")
            #expect(keeper.shelf.current.stamp.version == 2)
            #expect(keeper.health.state == .degraded && keeper.health.detail?.contains(reason) == true)
        }
        let fresh = folder.path("other.sqlite")
        let empty = try ServiceDatabase(path: fresh, source: "redress/routing", clock: clock) { migrator in
            migrator.registerMigration("packs", migrate: PolicyTable.create)
        }
        await #expect(throws: CannotStart.self) {
            _ = try await PolicyKeeper.open(pack.file, .decides, empty, logger: logger)
        }
    }

    @Test("What cannot be kept is not in force, and is tried again")
    func keptFirst() async throws {
        try pack.write(version: 2)
        let keeper = try await open(.decides)
        try await keeper.database.write { try $0.db.execute(sql: "ALTER TABLE policyPack RENAME TO away") }
        try pack.write(version: 3)
        await keeper.look()
        #expect(keeper.shelf.current.stamp.version == 2)
        try await keeper.database.write { try $0.db.execute(sql: "ALTER TABLE away RENAME TO policyPack") }
        await keeper.look()
        #expect(keeper.shelf.current.stamp.version == 3)
        #expect(try await said(by: keeper).map(\.policy.version) == [2, 3])
    }
}
