import GRDB
import Persistence

/// The tables of Routing's store.
enum RoutingMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("routing 1: complaint, clock, pause, custody, history, tally") { db in
            try complaint(db)
            try lists(db)
            try clocks(db)
            try custody(db)
            try history(db)
        }
        migrator.registerMigration("routing 2: clocks that speak, extensions") { db in
            try speakingClocks(db)
            try extensions(db)
        }
        migrator.registerMigration("routing 3: duties, parts, groups, importance") { db in
            try db.execute(sql: duties)
        }
        migrator.registerMigration("routing: packs by version") { db in
            try PolicyTable.create(in: db)
            try PolicyTable.addStamp(to: "complaint", in: db)
        }
        migrator.registerMigration("routing: the first version of an assignment") { db in
            try db.alter(table: "complaint") { $0.add(column: "firstVersion", .integer).notNull().defaults(to: 1) }
        }
        migrator.registerMigration("routing: what the solution pays, and what the callback came to") { db in
            try db.alter(table: "complaint") { t in
                t.add(column: "compensation", .text)
                t.add(column: "satisfaction", .integer)
            }
        }
        migrator.registerMigration("routing: what solutions are called") { db in
            try db.alter(table: "complaint") { $0.add(column: "highestNumber", .integer).notNull().defaults(to: 0) }
            try db.execute(sql: "UPDATE complaint SET highestNumber = highestVersion")
        }
        migrator.registerMigration("routing: samples, inspections, rectification notices") { db in
            try InspectionMigration.create(in: db)
        }
        migrator.registerMigration("routing: what belongs to which assignment") { db in
            try db.alter(table: "history") { t in
                t.add(column: "assignment", .integer)
                t.add(column: "firstVersion", .integer)
            }
        }
        migrator.registerMigration("routing: what presses most, and what is not for everybody") { db in
            try ranks(db)
            try db.alter(table: "complaint") { $0.add(column: "isRestricted", .boolean) }
        }
        migrator.registerMigration("routing: history in both languages") { db in
            try db.alter(table: "history") { $0.add(column: "words", .blob) }
        }
    }

    /// What is due at the same instant comes by urgency, and then by severity.
    private static func ranks(_ db: Database) throws {
        try db.alter(table: "complaint") { $0.add(column: "rank", .integer).notNull().defaults(to: 8) }
        try db.execute(
            sql: """
                UPDATE complaint SET rank =
                    3 * CASE urgency WHEN 'emergency' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END
                    + CASE severity WHEN 'major' THEN 0 WHEN 'important' THEN 1 ELSE 2 END
                """)
        for first in [[], ["state"], ["lead"]] {
            try db.drop(indexOn: "complaint", columns: first + ["nextDueAt", "number"])
            try db.create(indexOn: "complaint", columns: first + ["nextDueAt", "rank", "number"])
        }
    }

    /// A clock that was running before knows its due time alone: it says when that has come.
    private static func speakingClocks(_ db: Database) throws {
        try db.alter(table: "clock") { t in
            t.add(column: "terms", .blob).notNull()
                .defaults(to: #"{"extensions":[],"pauses":[],"urges":"owner","warnings":[]}"#)
            t.add(column: "pausedAt", .datetime)
            t.add(column: "nextAt", .datetime)
            t.add(column: "nextPercent", .integer)
            t.add(column: "alert", .integer).notNull().defaults(to: 0)
            t.add(column: "missedDueAt", .datetime)
            t.add(column: "escalatedTo", .text)
        }
        try db.execute(sql: "UPDATE clock SET nextAt = dueAt, nextPercent = 100 WHERE stoppedAt IS NULL")
        // The earliest thing to say is found without looking at clocks that have nothing to say.
        try db.execute(sql: "CREATE INDEX clock_next ON clock (nextAt) WHERE nextAt IS NOT NULL")
        try db.execute(sql: "CREATE INDEX clock_alert ON clock (dueAt, id) WHERE alert > 0 AND stoppedAt IS NULL")
    }

    /// More time, asked for and granted or refused (延期).
    private static func extensions(_ db: Database) throws {
        try db.create(table: "extension") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint", onDelete: .cascade)
            t.column("clockID", .integer).notNull().references("clock", onDelete: .cascade)
            t.column("allowance", .text).notNull()
            t.column("reason", .text).notNull()
            t.column("askedBy", .text).notNull()
            t.column("askedAt", .datetime).notNull()
            t.column("standing", .text).notNull().check { ["asked", "granted", "refused"].contains($0) }
            t.column("decidedBy", .text)
            t.column("decidedAt", .datetime)
            t.column("comment", .text)
            t.check(sql: "(standing = 'asked') = (decidedBy IS NULL)")
            // Who asks does not grant.
            t.check(sql: "decidedBy IS NULL OR decidedBy <> askedBy")
        }
        try db.create(indexOn: "extension", columns: ["number", "id"])
        try db.execute(
            sql: "CREATE UNIQUE INDEX extension_asked ON extension (clockID) WHERE standing = 'asked'")
    }

    /// What is owed to others because of a complaint, the parts that customers wait for, and complaints handled together.
    /// The earliest duty that has not been missed yet is found without looking at the others.
    private static let duties = """
        ALTER TABLE complaint ADD COLUMN importance TEXT;
        ALTER TABLE complaint ADD COLUMN groupLead TEXT;
        ALTER TABLE complaint ADD COLUMN upstreamNumber TEXT;
        ALTER TABLE complaint ADD COLUMN contactKey TEXT;
        CREATE INDEX complaint_group ON complaint (groupLead, number) WHERE groupLead IS NOT NULL;
        CREATE INDEX complaint_upstream ON complaint (upstreamNumber) WHERE upstreamNumber IS NOT NULL;
        CREATE INDEX complaint_contact ON complaint (contactKey, registeredAt) WHERE contactKey IS NOT NULL;

        CREATE TABLE duty (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number TEXT NOT NULL REFERENCES complaint (number) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('raising', 'upstream', 'publication', 'parts', 'warning', 'enquiry',
                'emergency')),
            rule TEXT NOT NULL,
            recipient TEXT NOT NULL,
            form TEXT NOT NULL CHECK (form IN ('told', 'written', 'published', 'done')),
            purpose TEXT,
            titles BLOB NOT NULL,
            openedAt DATETIME NOT NULL,
            dueAt DATETIME NOT NULL,
            because BLOB NOT NULL,
            missedAt DATETIME,
            subject TEXT,
            body TEXT,
            doneAt DATETIME,
            doneBy TEXT,
            way TEXT,
            note TEXT,
            answer TEXT,
            answeredAt DATETIME,
            answeredBy TEXT,
            voidAt DATETIME,
            UNIQUE (number, rule, recipient),
            CHECK ((doneAt IS NULL) = (doneBy IS NULL)),
            CHECK (doneAt IS NULL OR voidAt IS NULL),
            CHECK (answer IS NULL OR doneAt IS NOT NULL)
        );
        CREATE INDEX duty_open ON duty (dueAt, id) WHERE doneAt IS NULL AND voidAt IS NULL;
        CREATE INDEX duty_watched ON duty (dueAt) WHERE doneAt IS NULL AND voidAt IS NULL AND missedAt IS NULL;
        CREATE INDEX duty_done ON duty (doneAt, id) WHERE doneAt IS NOT NULL;

        CREATE TABLE part (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number TEXT NOT NULL REFERENCES complaint (number) ON DELETE CASCADE,
            part TEXT NOT NULL,
            way TEXT NOT NULL,
            reference TEXT,
            expectedAt DATETIME,
            orderedAt DATETIME NOT NULL,
            orderedBy TEXT NOT NULL,
            arrivedAt DATETIME,
            arrivedBy TEXT,
            CHECK ((arrivedAt IS NULL) = (arrivedBy IS NULL))
        );
        CREATE INDEX part_number ON part (number, id);
        """

    private static func complaint(_ db: Database) throws {
        try db.create(table: "complaint") { t in
            t.primaryKey("number", .text)
            t.column("state", .text).notNull().check { StateName.allCases.map(\.rawValue).contains($0) }
            t.column("judgementRound", .integer).notNull()
            t.column("assignment", .integer).notNull()
            t.column("returns", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("highestVersion", .integer).notNull()
            t.column("markVersion", .integer).notNull()
            t.column("markStep", .integer).notNull()
            t.column("lead", .text)
            t.column("assisting", .text).notNull()
            t.column("isRuling", .boolean).notNull()
            t.column("outcome", .text)
            t.column("mergedInto", .text)
            t.column("holder", .text).notNull()
            t.column("holderSince", .datetime).notNull()
            t.column("kind", .text).notNull()
            t.column("channel", .text).notNull()
            t.column("registeredAt", .datetime).notNull()
            t.column("severity", .text)
            t.column("urgency", .text)
            t.column("category", .text)
            t.column("owner", .text)
            t.column("settledOutcome", .text)
            t.column("nextDueAt", .datetime).notNull()
            // The record as Intake took it, and the explanations of what was decided, as JSON.
            t.column("record", .blob).notNull()
            t.column("explanations", .blob).notNull()
            // A complaint in a department's hands has a lead; one that is not has none.
            t.check(
                sql: """
                    (lead IS NOT NULL) = (state IN ('awaitingAcknowledgement', 'investigating', 'awaitingApproval',
                        'proposed', 'revising', 'implementing', 'callback'))
                    """)
            t.check(sql: "(state = 'merged') = (mergedInto IS NOT NULL)")
            t.check(sql: "(state = 'closed') = (outcome IS NOT NULL)")
        }
    }

    private static func lists(_ db: Database) throws {
        try db.create(indexOn: "complaint", columns: ["registeredAt", "number"])
        try db.create(indexOn: "complaint", columns: ["nextDueAt", "number"])
        try db.create(indexOn: "complaint", columns: ["state", "registeredAt", "number"])
        try db.create(indexOn: "complaint", columns: ["state", "nextDueAt", "number"])
        try db.create(indexOn: "complaint", columns: ["lead", "registeredAt", "number"])
        try db.create(indexOn: "complaint", columns: ["lead", "nextDueAt", "number"])
        // How many complaints stand in each state: kept with every change, never counted when a page is shown.
        try db.create(table: "tally", options: .withoutRowID) { t in
            t.primaryKey("state", .text)
            t.column("count", .integer).notNull()
        }
    }

    private static func clocks(_ db: Database) throws {
        try db.create(table: "clock") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint", onDelete: .cascade)
            t.column("clock", .text).notNull()
            t.column("titleChinese", .text).notNull()
            t.column("titleEnglish", .text).notNull()
            t.column("startedAt", .datetime).notNull()
            t.column("dueAt", .datetime).notNull()
            t.column("explanationChinese", .text).notNull()
            t.column("explanationEnglish", .text).notNull()
            t.column("stops", .text).notNull()
            t.column("stoppedAt", .datetime)
            t.column("stoppedBy", .text)
        }
        try db.create(indexOn: "clock", columns: ["number", "id"])
        try db.execute(
            sql: "CREATE UNIQUE INDEX clock_running ON clock (number, clock) WHERE stoppedAt IS NULL")
        try db.create(table: "pause", options: .withoutRowID) { t in
            t.column("number", .text).notNull().references("complaint", onDelete: .cascade)
            t.column("department", .text).notNull()
            t.column("request", .integer).notNull()
            t.column("startedAt", .datetime).notNull()
            t.column("endedAt", .datetime)
            t.primaryKey(["number", "department", "request"])
        }
    }

    private static func custody(_ db: Database) throws {
        try db.create(table: "custody") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint", onDelete: .cascade)
            t.column("holder", .text).notNull()
            t.column("heldFrom", .datetime).notNull()
            t.column("heldUntil", .datetime)
        }
        try db.create(indexOn: "custody", columns: ["number", "id"])
    }

    private static func history(_ db: Database) throws {
        try db.create(table: "history") { t in
            t.autoIncrementedPrimaryKey("id")
            t.column("number", .text).notNull().references("complaint", onDelete: .cascade)
            t.column("at", .datetime).notNull()
            t.column("event", .text).notNull()
            t.column("standing", .text).notNull()
            t.column("actorKind", .text).notNull()
            t.column("actorName", .text)
            t.column("department", .text)
            t.column("detail", .text)
        }
        try db.create(indexOn: "history", columns: ["number", "id"])
    }
}
