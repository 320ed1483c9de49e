import Contracts
import GRDB

/// The tables of what Reporting keeps of its own: no message makes them, people do.
enum ImprovementMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("reporting 2: cases") { db in
            try createTrail(in: db)
            try createCase(in: db)
        }
        migrator.registerMigration("reporting 3: measures") { db in try createMeasure(in: db) }
        migrator.registerMigration("reporting 4: surveys") { db in try createSurvey(in: db) }
        migrator.registerMigration("reporting 5: suggestions") { db in try createSuggestion(in: db) }
        migrator.registerMigration("reporting 6: every clock, whose it is, and what counts for nobody") { db in
            try extendClocks(in: db)
            try db.create(table: "exclusion", options: .withoutRowID) { t in
                t.primaryKey("ticket", .text).references("ticket", column: "number")
                t.column("because", .text).notNull()
            }
        }
        migrator.registerMigration("reporting 7: restricted tickets") { db in try createRestricted(in: db) }
    }

    private static func createRestricted(in db: Database) throws {
        try db.create(table: "restricted", options: .withoutRowID) { t in
            t.primaryKey("ticket", .text).references("ticket", column: "number")
            // Whom a report is about, as JSON; absent for what is confidential alone.
            t.column("concerned", .text)
        }
    }

    private static func createTrail(in db: Database) throws {
        try db.create(table: "trail") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("area", .text).notNull().check { TrailStep.Area.allCases.map(\.rawValue).contains($0) }
            t.column("item", .integer).notNull()
            t.column("step", .text).notNull()
            t.column("by", .text)
            t.column("at", .datetime).notNull()
            t.column("note", .text)
        }
        try db.create(indexOn: "trail", columns: ["area", "item", "id"])
    }

    private static func createCase(in db: Database) throws {
        try db.create(table: "caseFile") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("ticket", .text).notNull().references("ticket", column: "number")
            t.column("rule", .text).notNull()
            t.column("stage", .text).notNull().check { CaseStage.allCases.map(\.rawValue).contains($0) }
            for column in ["ruleTitle", "because", "nominatedBy", "approver", "recipients", "text"] {
                t.column(column, .text).notNull()
            }
            t.column("nominatedAt", .datetime).notNull()
            for column in ["dueAt", "submittedAt", "decidedAt", "publishedAt"] { t.column(column, .datetime) }
            for column in ["dueBecause", "author", "decidedBy", "refusal"] { t.column(column, .text) }
            t.uniqueKey(["ticket", "rule"])
            t.check(sql: "(publishedAt IS NOT NULL) = (stage = 'published')")
        }
        try db.create(indexOn: "caseFile", columns: ["stage", "id"])
    }

    static func createCaseAlarm(in db: Database) throws {
        try db.create(table: "caseAlarm") { t in
            t.column("caseFile", .integer).notNull().references("caseFile", onDelete: .cascade)
            t.column("ticket", .text).notNull()
            t.column("at", .datetime).notNull().indexed()
            t.column("percent", .integer)
            t.column("deadline", .text).notNull()
        }
        try db.create(indexOn: "caseAlarm", columns: ["caseFile"])
    }

    private static func createMeasure(in db: Database) throws {
        try db.create(table: "measure") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("month", .text)
            t.column("ticket", .text).references("ticket", column: "number")
            t.column("stage", .text).notNull().check { MeasureStage.allCases.map(\.rawValue).contains($0) }
            for column in ["department", "measure", "setBy"] { t.column(column, .text).notNull() }
            for column in ["dueAt", "setAt"] { t.column(column, .datetime).notNull() }
            for column in ["cause", "outcome", "doneBy", "audit", "auditedBy"] { t.column(column, .text) }
            for column in ["doneAt", "auditedAt"] { t.column(column, .datetime) }
            t.check(sql: "month IS NOT NULL OR ticket IS NOT NULL")
        }
        try db.create(indexOn: "measure", columns: ["ticket"])
        try db.create(indexOn: "measure", columns: ["month", "id"])
        try db.create(table: "measureNeed", options: .withoutRowID) { t in
            t.primaryKey("ticket", .text).references("ticket", column: "number")
            t.column("because", .text).notNull()
            t.column("department", .text)
            t.column("since", .datetime).notNull()
        }
    }

    private static func createSurvey(in db: Database) throws {
        try db.create(table: "survey") { t in
            t.autoIncrementedPrimaryKey("id")
            for column in ["rule", "subjectTitle", "firstDay", "lastDay", "scores", "importedBy"] {
                t.column(column, .text).notNull()
            }
            t.column("subject", .integer).notNull()
            for column in ["conductedBy", "fileName"] { t.column(column, .text) }
            t.column("importedAt", .datetime).notNull()
        }
        try db.create(indexOn: "survey", columns: ["rule", "subject", "lastDay"])
        try db.create(table: "surveyAnswer") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("survey", .integer).notNull().references("survey")
            t.column("day", .text).notNull()
            t.column("question", .text)
            t.column("score", .integer).notNull().check(sql: "score BETWEEN 1 AND 5")
            t.column("comment", .text)
        }
        try db.create(indexOn: "surveyAnswer", columns: ["survey", "id"])
    }

    /// A run counts where it was decided, so that is what the index is in order of.
    private static func extendClocks(in db: Database) throws {
        try db.alter(table: "ticketClock") { t in t.add(column: "employee", .text) }
        try db.alter(table: "ticket") { t in t.add(column: "waits", .text).notNull().defaults(to: "[]") }
        try db.drop(
            indexOn: "ticketClock", columns: ["dueAt", "clock", "department", "stoppedAt", "titleZh", "titleEn"])
        try db.execute(
            sql: """
                CREATE INDEX ticketClock_decided ON ticketClock (\(Figures.decidedAt), clock, department, employee,
                    stoppedAt, dueAt, titleZh, titleEn)
                """)
    }

    /// What stopped a run says whether it was kept; of runs from before, it is found among the events.
    static func addWhatStoppedClocks(in db: Database) throws {
        try db.alter(table: "ticketClock") { t in t.add(column: "stoppedBy", .text) }
        for type in [CaseReturned.type, CaseCancelled.type] {
            try db.execute(
                sql: """
                    UPDATE ticketClock SET stoppedBy = :word
                    WHERE stoppedAt IS NOT NULL AND instr(' ' || stops || ' ', ' ' || :word || ' ') > 0
                        AND EXISTS (
                            SELECT 1 FROM event
                            WHERE event.ticket = ticketClock.ticket AND type = :name AND time = ticketClock.stoppedAt)
                    """, arguments: ["word": type.word, "name": type.name])
        }
        try db.execute(sql: "DROP INDEX ticketClock_decided")
        try db.execute(
            sql: """
                CREATE INDEX ticketClock_decided ON ticketClock (\(Figures.decidedAt), clock, department, employee,
                    stoppedAt, stoppedBy, dueAt, titleZh, titleEn)
                """)
    }

    private static func createSuggestion(in db: Database) throws {
        try db.create(table: "suggestion") { t in
            t.autoIncrementedPrimaryKey("id")
            for column in ["text", "by", "dueBecause"] { t.column(column, .text).notNull() }
            for column in ["madeAt", "dueAt"] { t.column(column, .datetime).notNull() }
            for column in ["verdict", "answer", "answeredBy"] { t.column(column, .text) }
            t.column("answeredAt", .datetime)
            t.check(sql: "(answeredAt IS NULL) = (verdict IS NULL)")
        }
    }
}
