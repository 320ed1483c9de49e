import Contracts
import GRDB

/// The tables of a department's store, besides those that every store has.
///
/// `workOrder` has one row for each complaint; what belongs to it stands in tables of its own. `workCount` is kept by
/// triggers, so that the work list's counts cost nothing however many orders have been closed.
enum DepartmentMigrations {
    static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("department 1: work orders") { db in
            try createWorkOrder(in: db)
            try createSolution(in: db)
            try createInvestigation(in: db)
            try createCustomerQuestion(in: db)
            try createOpinion(in: db)
            try createHistory(in: db)
            try createCounts(in: db)
        }
        migrator.registerMigration("department 2: approvals, groups and records") { db in
            try addApprovals(in: db)
            try addRecord(in: db)
            try addPeople(in: db)
            try widenHistory(in: db)
        }
        migrator.registerMigration("department 3: emergencies, complaints handled together") { db in
            try EmergencyTable.create(in: db)
            try TogetherTable.create(in: db)
        }
        migrator.registerMigration("department 4: what solutions are called") { db in
            try db.alter(table: "solution") { t in t.add(column: "number", .integer) }
            try db.alter(table: "workOrder") { t in t.add(column: "nextNumber", .integer).notNull().defaults(to: 1) }
            try db.execute(sql: "UPDATE workOrder SET nextNumber = nextVersion")
        }
        migrator.registerMigration("department 5: confidential cases, rectification notices") { db in
            try RestrictedTable.create(in: db)
            try RestrictedTable.restrictOlder(in: db)
            try RectificationTable.create(in: db)
        }
        migrator.registerMigration("department 6: clocks that start later, what customers ask for instead") { db in
            try db.alter(table: "solution") { t in t.add(column: "request", .text) }
            try db.alter(table: "workOrder") { t in
                t.add(column: "escalationClock", .text)
                t.add(column: "clockNews", .text)
            }
            try OlderClocks.tell(in: db)
            try widenHistory(in: db)
        }
        migrator.registerMigration("department 7: which event of one millisecond came first") { db in
            try OlderClocks.leaveUnordered(in: db)
        }
        migrator.registerMigration("department 8: cases to learn from") { db in
            try LessonTable.create(in: db)
        }
        migrator.registerMigration("department 9: who is named by a case") { db in
            try nameOwners(in: db)
        }
    }

    /// Whoever may look at a case because it names them: who decides or decided, and the first responsible person (S03).
    private static func nameOwners(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE INDEX workOrder_on_owner ON workOrder (owner) WHERE role = 'lead' AND owner IS NOT NULL;
                CREATE VIEW caseNamed AS
                    SELECT workOrderNumber, person FROM casePerson WHERE isNamed
                    UNION ALL
                    SELECT number, owner FROM workOrder WHERE role = 'lead' AND owner IS NOT NULL;
                """)
    }

    private static func addApprovals(in db: Database) throws {
        try db.alter(table: "solution") { t in
            t.add(column: "remedies", .text)
            t.add(column: "approvals", .text)
        }
        try db.alter(table: "workOrder") { t in
            t.add(column: "changedNeeds", .text)
            t.add(column: "satisfaction", .integer).check { (1...5).contains($0) }
        }
    }

    /// What an investigation set out to find, and what it collected (M11, M12, K09).
    private static func addRecord(in db: Database) throws {
        try db.alter(table: "investigation") { t in
            t.add(column: "siteVisit", .text)
        }
        try db.create(table: "investigationPlan", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("assignmentNumber", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("goals", .text).notNull()
            t.column("information", .text).notNull()
            t.column("steps", .text).notNull()
            t.primaryKey(["workOrderNumber", "assignmentNumber", "round"])
        }
        try db.create(table: "collectedEvidence", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("position", .integer).notNull()
            t.column("kind", .text).notNull().check { EvidenceKind.allCases.map(\.rawValue).contains($0) }
            t.column("title", .text).notNull()
            t.column("shows", .text)
            t.column("collectedAt", .datetime).notNull()
            t.column("by", .text).notNull()
            t.primaryKey(["workOrderNumber", "position"])
        }
    }

    /// Who has to take part (K08), and who is asked for something or may look.
    private static func addPeople(in db: Database) throws {
        try db.create(table: "participant", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("person", .text).notNull()
            t.column("joinedAt", .datetime)
            t.primaryKey(["workOrderNumber", "person"])
        }
        try db.create(table: "casePerson", options: .withoutRowID) { t in
            t.column("person", .text).notNull()
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("isAwaited", .boolean).notNull()
            t.column("isNamed", .boolean).notNull()
            t.primaryKey(["person", "workOrderNumber"])
        }
        try db.create(indexOn: "casePerson", columns: ["workOrderNumber"])
        try db.execute(
            sql: "INSERT INTO casePerson SELECT ?, number, TRUE, FALSE FROM workOrder WHERE state = ?",
            arguments: [Wait.head, WorkState.awaitingApproval.rawValue])
    }

    /// The kinds of a history's lines are checked by the table, and a check can only be changed with its table.
    private static func widenHistory(in db: Database) throws {
        try db.execute(sql: "ALTER TABLE history RENAME TO olderHistory")
        for change in ["update", "delete"] { try db.execute(sql: "DROP TRIGGER history_no_\(change)") }
        try db.execute(sql: "DROP INDEX history_on_workOrderNumber")
        try createHistory(in: db)
        try db.execute(sql: "INSERT INTO history SELECT * FROM olderHistory ORDER BY id")
        try db.drop(table: "olderHistory")
    }

    private static func createWorkOrder(in db: Database) throws {
        try db.create(table: "workOrder", options: .withoutRowID) { t in
            t.primaryKey("number", .text)
            t.column("assignmentNumber", .integer).notNull()
            t.column("assignment", .text).notNull()
            t.column("assignedAt", .datetime).notNull()
            t.column("acknowledgedAt", .datetime)
            t.column("updatedAt", .datetime).notNull()
            t.column("role", .text).notNull().check { ["lead", "assisting"].contains($0) }
            t.column("state", .text).notNull().check { WorkState.allCases.map(\.rawValue).contains($0) }
            t.column("isOpen", .boolean).notNull()
            t.column("remark", .text)
            t.column("solutionVersion", .integer)
            t.column("round", .integer).notNull()
            t.column("nextVersion", .integer).notNull()
            t.column("opinionQuestion", .text)
            t.column("reworkReason", .text)
            t.column("progressNote", .text)
            t.column("progressExpectedBy", .datetime)
            t.column("progressBy", .text)
            t.column("urgings", .integer).notNull()
            t.column("escalation", .text)
            t.column("severity", .text).notNull().check { ["general", "important", "major"].contains($0) }
            t.column("owner", .text)
            t.column("isWaiting", .boolean).notNull()
            t.column("dueAt", .datetime).notNull()
        }
        try db.create(indexOn: "workOrder", columns: ["state", "dueAt", "number"])
        try db.create(indexOn: "workOrder", columns: ["state", "assignedAt", "number"])
        try db.create(indexOn: "workOrder", columns: ["isOpen", "dueAt", "number"])
        try db.create(indexOn: "workOrder", columns: ["isOpen", "assignedAt", "number"])
    }

    private static func createSolution(in db: Database) throws {
        try db.create(table: "solution", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("version", .integer).notNull()
            t.column("measures", .text).notNull()
            t.column("compensation", .text)
            t.column("completionDue", .datetime).notNull()
            t.column("grounds", .text).notNull()
            t.column("draftedBy", .text).notNull()
            t.column("draftedAt", .datetime).notNull()
            t.column("approvedBy", .text)
            t.column("state", .text).notNull().check {
                ["awaitingApproval", "refused", "proposed", "declined", "carryingOut", "implemented"].contains($0)
            }
            t.column("remark", .text)
            t.column("completedAt", .datetime)
            t.column("implementedBy", .text)
            t.primaryKey(["workOrderNumber", "version"])
        }
    }

    private static func createInvestigation(in db: Database) throws {
        try db.create(table: "investigation", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("assignmentNumber", .integer).notNull()
            t.column("round", .integer).notNull()
            t.column("findings", .text).notNull()
            t.column("directCause", .text).notNull()
            t.column("rootCause", .text).notNull()
            t.column("responsibility", .text).notNull()
            t.column("by", .text).notNull()
            t.column("at", .datetime).notNull()
            t.primaryKey(["workOrderNumber", "assignmentNumber", "round"])
        }
    }

    private static func createCustomerQuestion(in db: Database) throws {
        try db.create(table: "customerQuestion", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("request", .integer).notNull()
            t.column("question", .text).notNull()
            t.column("by", .text).notNull()
            t.column("askedAt", .datetime).notNull()
            t.column("answer", .text)
            t.column("answeredAt", .datetime)
            t.primaryKey(["workOrderNumber", "request"])
        }
    }

    private static func createOpinion(in db: Database) throws {
        try db.create(table: "opinion", options: .withoutRowID) { t in
            t.belongsTo("workOrder", indexed: false).notNull()
            t.column("department", .text).notNull()
            t.column("question", .text)
            t.column("opinion", .text)
            t.column("by", .text)
            t.column("givenAt", .datetime)
            t.primaryKey(["workOrderNumber", "department"])
        }
    }

    private static func createHistory(in db: Database) throws {
        try db.create(table: "history") { t in
            t.autoIncrementedPrimaryKey("id")
            t.belongsTo("workOrder").notNull()
            t.column("kind", .text).notNull().check { HistoryEntry.Kind.allCases.map(\.rawValue).contains($0) }
            t.column("at", .datetime).notNull()
            t.column("by", .text).notNull()
            t.column("text", .text)
            t.column("facts", .text).notNull()
        }
        // A history is written once: not even a defect of the program may change it.
        for change in ["UPDATE", "DELETE"] {
            try db.execute(
                sql: """
                    CREATE TRIGGER history_no_\(change.lowercased()) BEFORE \(change) ON history
                    BEGIN SELECT RAISE(ABORT, 'a history is never changed'); END
                    """)
        }
    }

    private static func createCounts(in db: Database) throws {
        try db.create(table: "workCount", options: .withoutRowID) { t in
            t.primaryKey("state", .text)
            t.column("count", .integer).notNull().check { $0 >= 0 }
        }
        for state in WorkState.allCases {
            try db.execute(sql: "INSERT INTO workCount (state, count) VALUES (?, 0)", arguments: [state.rawValue])
        }
        try db.execute(
            sql: """
                CREATE TRIGGER workCount_insert AFTER INSERT ON workOrder
                BEGIN UPDATE workCount SET count = count + 1 WHERE state = NEW.state; END
                """)
        try db.execute(
            sql: """
                CREATE TRIGGER workCount_update AFTER UPDATE OF state ON workOrder WHEN OLD.state <> NEW.state
                BEGIN
                    UPDATE workCount SET count = count - 1 WHERE state = OLD.state;
                    UPDATE workCount SET count = count + 1 WHERE state = NEW.state;
                END
                """)
    }
}
