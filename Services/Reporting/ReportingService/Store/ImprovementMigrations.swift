import GRDB

/// The tables of what Reporting keeps of its own: no message makes them, people do.
enum ImprovementMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("reporting 2: cases") { db in
            try createTrail(in: db)
            try createCase(in: db)
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
}
