import GRDB
import Persistence

/// The tables of Reporting.
enum ReportingMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("reporting 1: events, tickets, clocks, text") { db in
            try createEvent(in: db)
            try createTicket(in: db)
            try createTicketClock(in: db)
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE ticketText USING fts5(
                        content, person, tokenize = "unicode61 remove_diacritics 2")
                    """)
        }
        ImprovementMigrations.register(in: &migrator)
        migrator.registerMigration("reporting: packs by version") { db in
            try PolicyTable.create(in: db)
            try PolicyTable.addStamp(to: "ticket", in: db)
        }
        migrator.registerMigration("reporting: alarms of cases") { db in
            try ImprovementMigrations.createCaseAlarm(in: db)
        }
        migrator.registerMigration("reporting: the assignment that stands") { db in
            try db.alter(table: "ticket") { t in
                t.add(column: "assignment", .integer).notNull().defaults(to: 0)
                t.add(column: "firstVersion", .integer).notNull().defaults(to: 1)
            }
        }
        migrator.registerMigration("reporting: who came first in a millisecond") { db in
            try db.alter(table: "ticket") { t in t.add(column: "lastRank", .integer).notNull().defaults(to: 0) }
        }
        migrator.registerMigration("reporting: what stopped clocks") { db in
            try ImprovementMigrations.addWhatStoppedClocks(in: db)
        }
        migrator.registerMigration("reporting: what is asked of whom") { db in try DutyTable.create(in: db) }
    }

    /// Every event as it was said: the archive that tickets are folded from.
    private static func createEvent(in db: Database) throws {
        try db.create(table: "event") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("messageID", .text).notNull().unique()
            t.column("ticket", .text).notNull()
            t.column("type", .text).notNull()
            t.column("department", .text)
            t.column("source", .text).notNull()
            t.column("time", .datetime).notNull()
            t.column("sequence", .integer).notNull()
            t.column("correlationID", .text).notNull()
            t.column("causationID", .text).notNull()
            t.column("traceparent", .text)
            t.column("payload", .blob).notNull()
            t.column("recordedAt", .datetime).notNull()
        }
        try db.create(indexOn: "event", columns: ["ticket", "time", "sequence"])
        try db.create(indexOn: "event", columns: ["type", "time", "department"])
    }

    private static func createTicket(in db: Database) throws {
        let states = TicketState.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        try db.create(table: "ticket") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().unique()
            t.column("state", .text).notNull().check(sql: "state IN (\(states))")
            for column in ["kind", "channel", "heading"] { t.column(column, .text).notNull() }
            for column in ["category", "severity", "department", "owner", "outcome", "mergedInto", "complainantName"] {
                t.column(column, .text)
            }
            for column in ["heardAt", "registeredAt"] { t.column(column, .datetime).notNull() }
            for column in ["closedAt", "endedAt"] { t.column(column, .datetime) }
            t.column("satisfaction", .integer).check(sql: "satisfaction BETWEEN 1 AND 5")
            t.column("handlingSeconds", .integer)
            for column in TicketRow.counts { t.column(column, .integer).notNull() }
            t.column("isWaitingForCustomer", .boolean).notNull()
            t.column("moments", .blob).notNull()
            t.column("lastTime", .datetime).notNull()
            t.column("lastSequence", .integer).notNull()
            t.column("lastID", .text).notNull()
            t.check(sql: "(endedAt IS NULL) = (state NOT IN ('closed', 'withdrawn', 'merged'))")
        }
        try createTicketIndexes(in: db)
    }

    /// Each list and each figure has an index that holds all it reads, so that no page reads every ticket.
    private static func createTicketIndexes(in db: Database) throws {
        try db.create(indexOn: "ticket", columns: ["registeredAt", "number"])
        for filter in ["state", "channel", "category", "severity", "department"] {
            try db.create(indexOn: "ticket", columns: [filter, "registeredAt", "number"])
        }
        let indexes = [
            "received ON ticket (registeredAt, channel, category, severity, department)",
            """
            closed ON ticket (closedAt, channel, category, severity, department, outcome, satisfaction, handlingSeconds)
            WHERE closedAt IS NOT NULL
            """,
            "ended ON ticket (endedAt, state, registeredAt) WHERE endedAt IS NOT NULL",
            "open ON ticket (state, heardAt) WHERE endedAt IS NULL",
            "openInOrder ON ticket (registeredAt, number) WHERE endedAt IS NULL",
        ]
        for index in indexes { try db.execute(sql: "CREATE INDEX ticket_\(index)") }
    }

    private static func createTicketClock(in db: Database) throws {
        try db.create(table: "ticketClock", options: .withoutRowID) { t in
            t.column("ticket", .text).notNull().references("ticket", column: "number")
            t.column("clock", .text).notNull()
            t.column("startedAt", .datetime).notNull()
            t.column("titleZh", .text).notNull()
            t.column("titleEn", .text).notNull()
            t.column("department", .text)
            t.column("dueAt", .datetime).notNull()
            t.column("stops", .text).notNull()
            t.column("stoppedAt", .datetime)
            t.primaryKey(["ticket", "clock", "startedAt"])
        }
        try db.create(
            indexOn: "ticketClock", columns: ["dueAt", "clock", "department", "stoppedAt", "titleZh", "titleEn"])
        try db.execute(sql: "CREATE INDEX ticketClock_running ON ticketClock (dueAt) WHERE stoppedAt IS NULL")
    }
}
