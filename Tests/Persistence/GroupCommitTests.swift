import Contracts
import Foundation
import GRDB
import Persistence
import TestSupport
import Testing

@Suite("Shared commits")
struct GroupCommitTests {
    private let folder: TemporaryFolder
    private let database: ServiceDatabase

    init() throws {
        folder = try TemporaryFolder()
        database = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: ManualClock()
        ) { migrator in
            migrator.registerMigration("test") { db in
                try db.create(table: "item") { $0.primaryKey("n", .integer) }
            }
        }
    }

    private func insert(_ n: Int) async throws {
        try await database.write { unit in try unit.db.execute(sql: "INSERT INTO item VALUES (?)", arguments: [n]) }
    }

    @Test func manyWritersLoseNothing() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for n in 0..<500 { group.addTask { try await insert(n) } }
            try await group.waitForAll()
        }
        #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM item") } == 500)
    }

    @Test func oneFailureUndoesItselfAlone() async throws {
        let failures = await withTaskGroup(of: Bool.self) { group in
            // Every number twice: one of the two has to fail.
            for n in 0..<200 { group.addTask { (try? await insert(n % 100)) == nil } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 100)
        #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM item") } == 100)
    }

    @Test func aWriteThatReturnedSurvivesAnotherOpening() async throws {
        try await insert(1)
        let reopened = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: ManualClock()
        ) { migrator in
            migrator.registerMigration("test") { _ in }
        }
        #expect(try await reopened.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM item") } == 1)
    }

    @Test func refusesAStoreOfANewerVersion() throws {
        #expect(throws: StoreError.self) {
            _ = try ServiceDatabase(
                path: folder.path("test.sqlite"), source: "redress/test", clock: ManualClock()
            ) { _ in }
        }
    }

    @Test func commitsAreFlushed() async throws {
        #expect(try await database.write { try Int.fetchOne($0.db, sql: "PRAGMA synchronous") } == 2)
        #expect(try await database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    }
}
