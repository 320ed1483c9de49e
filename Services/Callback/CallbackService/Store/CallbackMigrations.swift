import GRDB
import Persistence

/// The tables of Callback's store.
enum CallbackMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("callback 1: complaints and what was said to and by the customer") { db in
            try createComplaints(in: db)
            try createConversation(in: db)
            try createTimelineAndOpenings(in: db)
        }
        migrator.registerMigration("callback: complaints handled together") { db in try TogetherTable.create(in: db) }
        migrator.registerMigration("callback 2: consent as a protocol, callbacks by the pack's terms") { db in
            try ConsentMigration.migrate(db)
        }
        migrator.registerMigration("callback 3: packs by version") { db in
            try PolicyTable.create(in: db)
            try PolicyTable.addStamp(to: "complaint", in: db)
        }
        migrator.registerMigration("callback 4: confidential complaints") { db in try RestrictedTable.create(in: db) }
    }

    private static func createComplaints(in db: Database) throws {
        let desk = """
            CASE standing WHEN 'callbackDue' THEN 'callbacks' WHEN 'soothing' THEN 'callbacks'
            WHEN 'proposed' THEN 'proposals' WHEN 'explaining' THEN 'explanations' END
            """
        let standings = [
            "received", "explaining", "disputed", "inProgress", "proposed", "agreed", "callbackDue", "soothing",
            "reworking", "closed", "withdrawn", "merged",
        ].map { "'\($0)'" }.joined(separator: ", ")
        try db.create(table: "complaint") { t in
            t.primaryKey("number", .text)
            t.column("trackingCodeHash", .text).notNull()
            t.column("language", .text).notNull()
            t.column("channel", .text).notNull()
            t.column("registeredAt", .datetime).notNull()
            t.column("standing", .text).notNull().check(sql: "standing IN (\(standings))")
            // The round of judgement or the version of the solution that the standing is about.
            t.column("standingCount", .integer)
            t.column("outcome", .text)
            t.column("mergedInto", .text)
            t.column("since", .datetime).notNull()
            t.column("judgementRound", .integer).notNull()
            t.column("assignment", .integer).notNull()
            t.column("solutionVersion", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("attempts", .integer).notNull()
            t.column("lead", .text)
            t.column("leadTitle", .jsonText)
            t.column("category", .jsonText)
            t.column("severity", .text)
            // The clock of what is waited for now, and when it runs out.
            t.column("deadline", .jsonText)
            t.column("dueAt", .datetime)
            t.column("desk", .text).generatedAs(sql: desk, .virtual)
            t.column("position", .text).generatedAs(sql: "COALESCE(dueAt, '9999')", .virtual)
            t.check(sql: "(standing = 'closed') = (outcome IS NOT NULL)")
            t.check(sql: "(standing = 'merged') = (mergedInto IS NOT NULL)")
        }
        // The desk's lists, what is due first at their top. Only what is on a list is in the index.
        try db.execute(
            sql: "CREATE INDEX complaint_on_desk ON complaint (desk, position, number) WHERE desk IS NOT NULL")
        try db.create(table: "heard", options: .withoutRowID) { t in
            t.primaryKey("number", .text).references("complaint")
            t.column("complaint", .jsonText).notNull()
        }
        try db.create(table: "handler", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint")
            t.column("name", .text).notNull()
            t.primaryKey(["number", "name"])
        }
    }

    private static func createConversation(in db: Database) throws {
        try db.create(table: "explanation", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint")
            t.column("round", .integer).notNull()
            t.column("reason", .text).notNull()
            t.column("givenAt", .datetime).notNull()
            addAnswer(to: t, among: "'accept', 'dispute'")
            t.primaryKey(["number", "round"])
        }
        try db.create(table: "proposal", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint")
            t.column("version", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("department", .text).notNull()
            t.column("departmentTitle", .jsonText).notNull()
            t.column("solution", .jsonText).notNull()
            t.column("proposedAt", .datetime).notNull()
            addAnswer(to: t, among: "'accept', 'decline'")
            t.primaryKey(["number", "version"])
        }
        try db.create(table: "informationRequest", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint")
            // Counts all departments' questions about the complaint; a department counts its own.
            t.column("request", .integer).notNull()
            t.column("department", .text).notNull()
            t.column("departmentRequest", .integer).notNull()
            t.column("question", .text).notNull()
            t.column("askedAt", .datetime).notNull()
            addAnswer(to: t, among: nil)
            t.primaryKey(["number", "request"])
            t.uniqueKey(["number", "department", "departmentRequest"])
        }
        try db.create(table: "call", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint")
            t.column("call", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("reached", .boolean).notNull()
            t.column("solved", .boolean)
            t.column("satisfaction", .integer).check { $0 == nil || (1...5).contains($0) }
            t.column("comment", .text)
            t.column("actor", .jsonText).notNull()
            t.column("at", .datetime).notNull()
            t.primaryKey(["number", "call"])
            t.check(sql: "reached = (solved IS NOT NULL) AND reached = (satisfaction IS NOT NULL)")
        }
    }

    private static func addAnswer(to t: TableDefinition, among answers: String?) {
        let answer = t.column("answer", .text)
        if let answers { answer.check(sql: "answer IN (\(answers))") }
        t.column("comment", .text)
        t.column("answeredBy", .jsonText)
        t.column("answeredAt", .datetime)
        t.check(sql: "(answer IS NULL) = (answeredAt IS NULL) AND (answer IS NULL) = (answeredBy IS NULL)")
    }

    private static func createTimelineAndOpenings(in db: Database) throws {
        try db.create(table: "timelineEntry") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint")
            t.column("at", .datetime).notNull()
            t.column("kind", .text).notNull()
            t.column("facts", .jsonText).notNull()
            t.column("actor", .jsonText)
        }
        try db.create(indexOn: "timelineEntry", columns: ["number", "at", "id"])
        try db.create(table: "contactOpening") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint")
            t.column("name", .text).notNull()
            t.column("at", .datetime).notNull()
        }
        try db.create(indexOn: "contactOpening", columns: ["number", "name", "at"])
    }
}
