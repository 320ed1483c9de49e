import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

/// Every pack that complaints were judged under, as text: a complaint keeps its version for as long as it lives.
enum PolicyTable {
    static func create(in db: Database) throws {
        try db.create(table: "policyPack", options: .withoutRowID) { t in
            t.column("id", .text).notNull()
            t.column("version", .integer).notNull()
            t.column("yaml", .text).notNull()
            // Absent when the calendar is written in the pack.
            t.column("calendar", .text)
            t.column("takenAt", .datetime).notNull()
            t.primaryKey(["id", "version"])
        }
        try db.alter(table: "complaint") { t in
            t.add(column: "policyID", .text)
            t.add(column: "policyVersion", .integer)
        }
    }

    /// Keeps a pack; a version that is there stays as it is.
    static func keep(_ source: PolicySource, as stamp: PolicyStamp, at now: Date, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO policyPack (id, version, yaml, calendar, takenAt) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
            arguments: [stamp.id, stamp.version, source.text, source.calendar, now])
    }

    static func find(_ stamp: PolicyStamp, in db: Database) throws -> PolicySource? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM policyPack WHERE id = ? AND version = ?", arguments: [stamp.id, stamp.version]
        ).map { source($0, stamp) }
    }

    static func all(in db: Database) throws -> [(stamp: PolicyStamp, source: PolicySource)] {
        try Row.fetchAll(db, sql: "SELECT * FROM policyPack ORDER BY id, version").map { row in
            let stamp = PolicyStamp(id: row["id"], version: row["version"])
            return (stamp, source(row, stamp))
        }
    }

    private static func source(_ row: Row, _ stamp: PolicyStamp) -> PolicySource {
        PolicySource(file: stamp.description, text: row["yaml"], calendar: row["calendar"])
    }
}
