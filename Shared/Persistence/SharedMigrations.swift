import GRDB

/// The tables that every store has, whatever it stores besides.
enum SharedMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("shared 1: inbox, outbox, ticket sequence, ledger") { db in
            try db.create(table: "inbox", options: .withoutRowID) { t in
                t.primaryKey("messageID", .text)
                t.column("type", .text).notNull()
                t.column("handledAt", .datetime).notNull()
            }
            try db.create(indexOn: "inbox", columns: ["handledAt"])
            try db.create(table: "outbox") { t in
                t.autoIncrementedPrimaryKey("id")
                t.column("messageID", .text).notNull()
                t.column("exchange", .text).notNull()
                t.column("routingKey", .text).notNull()
                t.column("properties", .blob).notNull()
                t.column("body", .blob).notNull()
                t.column("createdAt", .datetime).notNull()
                t.column("attempts", .integer).notNull().defaults(to: 0)
                t.column("nextAttemptAt", .datetime)
                t.column("lastError", .text)
            }
            // Only rows that were refused have a next attempt: the index stays as small as the trouble is.
            try db.execute(
                sql: "CREATE INDEX outbox_on_nextAttemptAt ON outbox (nextAttemptAt) WHERE nextAttemptAt IS NOT NULL")
            try db.create(table: "ticketSequence", options: .withoutRowID) { t in
                t.primaryKey("ticket", .text)
                t.column("last", .integer).notNull()
            }
            try db.create(table: "ledger", options: .withoutRowID) { t in
                t.column("ledger", .text).notNull()
                t.column("day", .text).notNull()
                t.column("channel", .text).notNull()
                t.column("count", .integer).notNull()
                t.column("isAnnounced", .boolean).notNull()
                t.primaryKey(["ledger", "day", "channel"])
            }
            try db.execute(sql: "CREATE INDEX ledger_on_unannounced ON ledger (day) WHERE NOT isAnnounced")
        }
    }
}
