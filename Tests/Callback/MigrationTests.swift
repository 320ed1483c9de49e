import Contracts
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CallbackService

@Suite("Stores of earlier versions")
struct MigrationTests {
    @Test func aStoreOfTheFirstFormKeepsItsConversations() throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        let queue = try DatabaseQueue(path: folder.path("callback.sqlite"), configuration: configuration)
        var migrator = DatabaseMigrator()
        CallbackMigrations.register(in: &migrator)
        let first = try #require(migrator.migrations.first)
        try migrator.migrate(queue, upTo: first)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO complaint (number, trackingCodeHash, language, channel, registeredAt, standing,
                        standingCount, since, judgementRound, assignment, solutionVersion, round, attempts, lead, dueAt)
                    VALUES ('C20261120-01-000001', 'x', 'zh-Hans', 'web', '2026-11-20 02:00:00.000', 'proposed',
                        1, '2026-11-20 02:00:00.000', 1, 1, 1, 1, 0, 'logistics', '2026-11-27 10:00:00.000');
                    INSERT INTO handler VALUES ('C20261120-01-000001', 'wang');
                    """)
        }
        try migrator.migrate(queue)
        try queue.write { db in
            let record = try #require(try ComplaintRecord.fetchOne(db))
            #expect(try record.currentStanding() == .proposed(version: 1))
            #expect(record.reminders == 0 && !record.soothed && record.callFrom == nil)
            // What waited goes on waiting, under the new timer.
            #expect(try String.fetchOne(db, sql: "SELECT wakeAt FROM complaint") == "2026-11-27 10:00:00.000")
            try db.checkForeignKeys()
            try db.execute(sql: "UPDATE complaint SET standing = 'ruling'")
            #expect(throws: DatabaseError.self) { try db.execute(sql: "UPDATE complaint SET standing = 'lost'") }
            #expect(throws: DatabaseError.self) { try db.execute(sql: "DELETE FROM complaint") }
        }
    }

    @Test func theTimerReadsAnIndex() async throws {
        let bench = try Bench()
        let plan = try await bench.database.read { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN SELECT MIN(wakeAt) FROM complaint WHERE wakeAt IS NOT NULL"
            ).map { $0["detail"] as String }
        }
        #expect(plan.count == 1 && plan.first?.contains("complaint_wakes") == true)
    }
}
