import GRDB

/// Brings a store from the first form to one that knows expiry, evidence, rulings, questionnaires and status notes.
enum ConsentMigration {
    static func migrate(_ db: Database) throws {
        try rebuildComplaints(in: db)
        try extendProposals(in: db)
        try extendCalls(in: db)
    }

    /// SQLite cannot change a check, so the table is made again around its rows.
    private static func rebuildComplaints(in db: Database) throws {
        try db.execute(sql: "DROP INDEX complaint_on_desk")
        try createComplaints("newComplaint", in: db)
        let kept = """
            number, trackingCodeHash, language, channel, registeredAt, standing, standingCount, outcome, mergedInto,
            since, judgementRound, assignment, solutionVersion, round, attempts, lead, leadTitle, category, severity,
            deadline, dueAt
            """
        try db.execute(sql: "INSERT INTO newComplaint (\(kept)) SELECT \(kept) FROM complaint")
        try db.drop(table: "complaint")
        try db.rename(table: "newComplaint", to: "complaint")
        // The desk's lists, what is due first at their top. Only what is on a list is in the index.
        try db.execute(
            sql: "CREATE INDEX complaint_on_desk ON complaint (desk, position, number) WHERE desk IS NOT NULL")
        // What the timer has to look at, the earliest first.
        try db.execute(sql: "CREATE INDEX complaint_wakes ON complaint (wakeAt) WHERE wakeAt IS NOT NULL")
    }

    private static func createComplaints(_ name: String, in db: Database) throws {
        let standings = [
            "received", "explaining", "disputed", "inProgress", "proposed", "ruling", "agreed", "callbackDue",
            "soothing", "reworking", "closed", "withdrawn", "merged",
        ].map { "'\($0)'" }.joined(separator: ", ")
        let desk = """
            CASE standing WHEN 'callbackDue' THEN 'callbacks' WHEN 'soothing' THEN 'callbacks'
            WHEN 'proposed' THEN 'proposals' WHEN 'explaining' THEN 'explanations' WHEN 'ruling' THEN 'rulings' END
            """
        // A proposal's validity ends when its clock is due. Instants are stored as text that sorts by time.
        let wake = """
            CASE WHEN standing = 'proposed' AND dueAt < COALESCE(statusDueAt, '9999-12-31') THEN dueAt ELSE statusDueAt END
            """
        try db.create(table: name) { t in
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
            t.column("callFrom", .datetime)
            t.column("soothed", .boolean).notNull().defaults(to: false)
            t.column("reminders", .integer).notNull().defaults(to: 0)
            t.column("lead", .text)
            t.column("leadTitle", .jsonText)
            t.column("category", .jsonText)
            t.column("severity", .text)
            // The clock of what is waited for now, and when it runs out.
            t.column("deadline", .jsonText)
            t.column("dueAt", .datetime)
            // When the customer is told where it stands if nothing is heard before.
            t.column("statusDueAt", .datetime)
            t.column("desk", .text).generatedAs(sql: desk, .virtual)
            t.column("position", .text).generatedAs(sql: "COALESCE(dueAt, '9999')", .virtual)
            t.column("wakeAt", .text).generatedAs(sql: wake, .virtual)
            t.check(sql: "(standing = 'closed') = (outcome IS NOT NULL)")
            t.check(sql: "(standing = 'merged') = (mergedInto IS NOT NULL)")
        }
    }

    private static func extendProposals(in db: Database) throws {
        try db.alter(table: "proposal") { t in
            // What the customer asks for instead, and what proves the answer.
            t.add(column: "request", .text)
            t.add(column: "evidence", .jsonText)
            // Who presents it together (共同答复).
            t.add(column: "presenters", .jsonText)
            t.add(column: "expiredAt", .datetime)
            t.add(column: "silence", .text).check(sql: "silence IN ('ruling', 'agreed', 'declined')")
            t.add(column: "ruling", .text).check(sql: "ruling IN ('carryOut', 'revise', 'close')")
            t.add(column: "rulingReason", .text)
            t.add(column: "ruledBy", .jsonText)
            t.add(column: "ruledAt", .datetime)
        }
        try db.create(table: "presentation") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint")
            t.column("version", .integer).notNull()
            t.column("way", .text).notNull()
            t.column("at", .datetime).notNull()
            t.column("jointly", .text)
            t.column("note", .text)
            t.column("actor", .jsonText).notNull()
        }
        try db.create(indexOn: "presentation", columns: ["number", "version", "at"])
    }

    private static func extendCalls(in db: Database) throws {
        try db.alter(table: "call") { t in
            t.add(column: "way", .text)
            // Of the pack's further questions.
            t.add(column: "answers", .jsonText)
        }
        try db.create(table: "soothing") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint")
            t.column("round", .integer).notNull()
            t.column("person", .text).notNull()
            t.column("note", .text).notNull()
            t.column("actor", .jsonText).notNull()
            t.column("at", .datetime).notNull()
        }
        try db.create(indexOn: "soothing", columns: ["number", "at"])
    }
}
