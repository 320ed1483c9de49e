import GRDB
import Persistence

/// The tables of Operations. A shipped migration never changes.
enum OperationsMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("operations 1: letters, audit, ledgers") { db in
            try createLetters(db)
            try createCounters(db)
            try createAudit(db)
            try db.create(table: "ledgerTotal", options: .withoutRowID) { t in
                t.column("ledger", .text).notNull()
                t.column("day", .text).notNull()
                t.column("channel", .text).notNull()
                t.column("instance", .text).notNull()
                t.column("count", .integer).notNull()
                // By the clock of the service that counts, and when it came to be known here.
                t.column("asOf", .datetime).notNull()
                t.column("takenAt", .datetime).notNull()
                t.primaryKey(["ledger", "day", "channel", "instance"])
            }
            try db.create(indexOn: "ledgerTotal", columns: ["takenAt"])
        }
        migrator.registerMigration("operations 2: packs by version", migrate: PolicyTable.create)
    }

    private static func createLetters(_ db: Database) throws {
        try db.create(table: "letter") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("consumer", .text).notNull()
            t.column("identity", .text).notNull()
            t.column("messageID", .text).notNull()
            t.column("type", .text).notNull()
            t.column("subject", .text).notNull()
            t.column("source", .text).notNull()
            t.column("kind", .text).notNull()
            t.column("reason", .text).notNull()
            t.column("place", .text).notNull()
            t.column("attempt", .integer).notNull()
            t.column("state", .text).notNull()
                .check(sql: "state IN ('failed', 'staged', 'confirmed', 'resolved', 'discarded')")
            t.column("resolution", .text).check(sql: "resolution IN ('replayed', 'edited')")
            // How often a replay was staged; names the replay that is under way.
            t.column("replay", .integer).notNull().defaults(to: 0)
            t.column("occurrences", .integer).notNull().defaults(to: 0)
            t.column("parkedAt", .datetime).notNull()
            t.column("firstFailedAt", .datetime)
            t.column("lastFailedAt", .datetime)
            t.column("changedAt", .datetime).notNull()
            // When a staged letter is published again that the broker could not take.
            t.column("nextAttemptAt", .datetime)
            t.column("publishError", .text)
            t.column("replayOf", .integer).references("letter")
            // The complaint it stands for in the reconciliation; only for complaint.received at Routing.
            t.column("day", .text)
            t.column("channel", .text)
            t.column("size", .integer).notNull()
            // The properties as they were; messageID above is for finding the letter.
            t.column("propertyID", .text)
            t.column("contentType", .text)
            t.column("timestamp", .datetime)
            // Last in the record, so that lists never read them.
            t.column("headers", .blob).notNull()
            t.column("body", .blob).notNull()
            t.uniqueKey(["consumer", "identity"])
            t.check(sql: "(state = 'resolved') = (resolution IS NOT NULL)")
        }
        try db.create(indexOn: "letter", columns: ["state", "id"])
        try db.create(indexOn: "letter", columns: ["consumer", "state", "id"])
        try db.create(indexOn: "letter", columns: ["kind", "state", "id"])
        try db.create(indexOn: "letter", columns: ["type", "state", "id"])
        try db.create(indexOn: "letter", columns: ["messageID"])
        try db.execute(sql: "CREATE INDEX letter_on_subject ON letter (subject) WHERE subject <> ''")
        try db.execute(sql: "CREATE INDEX letter_on_confirmed ON letter (changedAt) WHERE state = 'confirmed'")
        try db.execute(sql: "CREATE INDEX letter_on_day ON letter (day, channel, state, subject) WHERE day IS NOT NULL")
        try db.create(table: "parking", options: .withoutRowID) { t in
            t.column("letterID", .integer).notNull().references("letter", onDelete: .cascade)
            t.column("key", .text).notNull()
            t.column("number", .integer).notNull()
            t.column("failedAt", .datetime)
            t.column("takenAt", .datetime).notNull()
            t.column("kind", .text).notNull()
            t.column("reason", .text).notNull()
            t.column("attempt", .integer).notNull()
            t.primaryKey(["letterID", "key"])
        }
        try db.create(table: "edit", options: .withoutRowID) { t in
            t.column("letterID", .integer).notNull().references("letter", onDelete: .cascade)
            t.column("replay", .integer).notNull()
            t.column("messageID", .text).notNull().unique()
            t.column("body", .blob).notNull()
            t.primaryKey(["letterID", "replay"])
        }
    }

    /// How many letters of each consumer are in each state, kept by the database itself: a page never counts letters.
    private static func createCounters(_ db: Database) throws {
        try db.create(table: "letterCount", options: .withoutRowID) { t in
            t.column("consumer", .text).notNull()
            t.column("state", .text).notNull()
            t.column("count", .integer).notNull()
            t.primaryKey(["consumer", "state"])
        }
        let add = """
            INSERT INTO letterCount (consumer, state, count) VALUES (NEW.consumer, NEW.state, 1)
                ON CONFLICT (consumer, state) DO UPDATE SET count = count + 1;
            """
        try db.execute(sql: "CREATE TRIGGER letter_counted AFTER INSERT ON letter BEGIN \(add) END")
        try db.execute(
            sql: """
                CREATE TRIGGER letter_moved AFTER UPDATE OF state ON letter WHEN OLD.state <> NEW.state BEGIN
                    UPDATE letterCount SET count = count - 1 WHERE consumer = OLD.consumer AND state = OLD.state;
                    \(add)
                END
                """)
    }

    /// What was done stays written: the database refuses to change or remove a line.
    private static func createAudit(_ db: Database) throws {
        try db.create(table: "audit") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("at", .datetime).notNull()
            t.column("actor", .text).notNull()
            t.column("action", .text).notNull()
            t.column("letterID", .integer).notNull().references("letter")
            t.column("reason", .text).notNull()
            t.column("stateBefore", .text).notNull()
            t.column("stateAfter", .text).notNull()
            t.column("detail", .text).notNull().defaults(to: "")
        }
        try db.create(indexOn: "audit", columns: ["letterID", "id"])
        for change in ["UPDATE", "DELETE"] {
            try db.execute(
                sql: """
                    CREATE TRIGGER audit_no_\(change.lowercased()) BEFORE \(change) ON audit
                    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
                    """)
        }
    }
}
