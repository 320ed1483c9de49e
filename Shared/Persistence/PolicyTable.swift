import Contracts
import Foundation
import GRDB

/// The text of a version of the policy pack, as a service keeps it.
package struct KeptPolicy: Hashable, Sendable {
    package var stamp: PolicyStamp
    package var yaml: String
    /// Absent when the calendar is written in the pack.
    package var calendar: String?
    /// True while the service has it from a file of its own and not from the one that decides what a version says.
    package var isProvisional: Bool

    package init(stamp: PolicyStamp, yaml: String, calendar: String? = nil, isProvisional: Bool = false) {
        self.stamp = stamp
        self.yaml = yaml
        self.calendar = calendar
        self.isProvisional = isProvisional
    }
}

/// Every version of the policy pack that a service ever worked by, as text: a complaint keeps its version for as long as
/// it lives, whatever the file says today.
package enum PolicyTable {
    /// For a migration of each service that works by a pack.
    package static func create(in db: Database) throws {
        try db.create(table: "policyPack", options: .withoutRowID) { t in
            t.column("id", .text).notNull()
            t.column("version", .integer).notNull()
            t.column("yaml", .text).notNull()
            // Absent when the calendar is written in the pack.
            t.column("calendar", .text)
            t.column("provisional", .boolean).notNull()
            t.column("takenAt", .datetime).notNull()
            t.primaryKey(["id", "version"])
        }
    }

    /// Adds to a table of complaints which version each was judged under; null while that is not known.
    package static func addStamp(to table: String, in db: Database) throws {
        try db.alter(table: table) { t in
            t.add(column: "policyID", .text)
            t.add(column: "policyVersion", .integer)
        }
    }

    /// Keeps a version; one that is there stays as it is, unless it was provisional and this one is not.
    /// - Returns: true when that changed anything.
    package static func keep(_ policy: KeptPolicy, at now: Date, in db: Database) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO policyPack (id, version, yaml, calendar, provisional, takenAt) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id, version) DO UPDATE SET yaml = excluded.yaml, calendar = excluded.calendar, provisional = 0
                WHERE provisional AND NOT excluded.provisional
                """,
            arguments: [
                policy.stamp.id, policy.stamp.version, policy.yaml, policy.calendar, policy.isProvisional, now,
            ])
        return db.changesCount > 0
    }

    package static func find(_ stamp: PolicyStamp, in db: Database) throws -> KeptPolicy? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM policyPack WHERE id = ? AND version = ?", arguments: [stamp.id, stamp.version]
        ).map(policy)
    }

    /// In the order in which they were taken.
    package static func all(in db: Database) throws -> [KeptPolicy] {
        try Row.fetchAll(db, sql: "SELECT * FROM policyPack ORDER BY takenAt, id, version").map(policy)
    }

    private static func policy(_ row: Row) -> KeptPolicy {
        KeptPolicy(
            stamp: PolicyStamp(id: row["id"], version: row["version"]), yaml: row["yaml"], calendar: row["calendar"],
            isProvisional: row["provisional"])
    }
}
