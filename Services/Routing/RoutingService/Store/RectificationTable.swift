import Contracts
import Foundation
import GRDB

/// A rectification notice as it is kept, with its running time.
struct RectificationRecord: Sendable, Hashable {
    var id: Int64
    var notice: Rectification
    /// What its time runs by, written down when it was ordered.
    var terms: ClockTerms
    /// What it has to say next; nil once it was answered, or has said everything.
    var next: ClockMoment?
    var alert = ClockAlert.none
}

extension RectificationRecord: FetchableRecord {
    init(row: Row) throws {
        let (text, department): (String, String) = (row["number"], row["department"])
        guard let number = TicketNumber(text), let department = DepartmentID(department),
            let standing = Rectification.Standing(rawValue: row["standing"])
        else { throw StoredValueError(column: "rectification", text: text) }
        id = row["id"]
        notice = Rectification(
            number: number, notice: row["notice"], department: department, finding: row["finding"],
            sample: row["sampleID"], orderedAt: row["orderedAt"], orderedBy: row["orderedBy"], standing: standing,
            round: row["round"], deadline: try ContractJSON.decode(Deadline.self, from: row["deadline"]),
            answer: row["answer"], answeredAt: row["answeredAt"], answeredBy: row["answeredBy"],
            comment: row["comment"], decidedAt: row["decidedAt"], decidedBy: row["decidedBy"])
        terms = try ContractJSON.decode(ClockTerms.self, from: row["terms"])
        if let at = row["nextAt"] as Date? {
            next = ClockMoment(at: at, percent: row["nextPercent"] ?? ClockMoment.due)
        }
        alert = ClockAlert(rawValue: row["alert"]) ?? .none
    }
}

/// One thing that happened to a notice.
struct RectificationStep: Sendable, Hashable, FetchableRecord {
    /// `ordered`, `answered`, `returned`, `closed`, `approaching` or `missed`.
    var step: String
    var at: Date
    /// A sign-in name, or the pack's stamp for what happened by itself.
    var by: String
    var words: String?

    init(_ step: String, at: Date, by: String, _ words: String? = nil) {
        (self.step, self.at, self.by, self.words) = (step, at, by, words)
    }

    init(row: Row) { self.init(row["step"], at: row["at"], by: row["by"], row["words"]) }
}

/// Which notices a list shows.
enum RectificationView: String, Sendable, CaseIterable {
    /// Not accepted yet, what is due first on top.
    case open
    /// Of those, the ones whose answer is overdue.
    case overdue
    /// Of those, the ones that wait for the group.
    case answered
    /// Accepted, the latest on top.
    case closed
}

/// The notices.
enum RectificationTable {
    static func insert(_ record: RectificationRecord, in db: Database) throws -> RectificationRecord {
        let notice = record.notice
        try db.execute(
            sql: """
                INSERT INTO rectification (number, notice, department, finding, sampleID, orderedAt, orderedBy, standing,
                    round, deadline, dueAt, terms, nextAt, nextPercent, alert)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                notice.number.text, notice.notice, notice.department.text, notice.finding, notice.sample,
                notice.orderedAt, notice.orderedBy, notice.standing.rawValue, notice.round,
                try ContractJSON.encode(notice.deadline), notice.deadline.dueAt, try ContractJSON.encode(record.terms),
                record.next?.at, record.next?.percent, record.alert.rawValue,
            ])
        var record = record
        record.id = db.lastInsertedRowID
        return record
    }

    /// Writes everything that can change.
    static func update(_ record: RectificationRecord, in db: Database) throws {
        let notice = record.notice
        try db.execute(
            sql: """
                UPDATE rectification SET standing = ?, round = ?, deadline = ?, dueAt = ?, nextAt = ?, nextPercent = ?,
                    alert = ?, answer = ?, answeredAt = ?, answeredBy = ?, comment = ?, decidedAt = ?, decidedBy = ?
                WHERE id = ?
                """,
            arguments: [
                notice.standing.rawValue, notice.round, try ContractJSON.encode(notice.deadline),
                notice.deadline.dueAt, record.next?.at, record.next?.percent, record.alert.rawValue, notice.answer,
                notice.answeredAt, notice.answeredBy, notice.comment, notice.decidedAt, notice.decidedBy, record.id,
            ])
    }

    static func find(_ id: Int64, in db: Database) throws -> RectificationRecord? {
        try RectificationRecord.fetchOne(db, sql: "SELECT * FROM rectification WHERE id = ?", arguments: [id])
    }

    static func find(_ number: TicketNumber, _ notice: Int, in db: Database) throws -> RectificationRecord? {
        try RectificationRecord.fetchOne(
            db, sql: "SELECT * FROM rectification WHERE number = ? AND notice = ?", arguments: [number.text, notice])
    }

    static func all(of number: TicketNumber, in db: Database) throws -> [RectificationRecord] {
        try RectificationRecord.fetchAll(
            db, sql: "SELECT * FROM rectification WHERE number = ? ORDER BY notice", arguments: [number.text])
    }

    static func list(
        _ view: RectificationView, at now: Date, limit: Int = 200, in db: Database
    ) throws -> [RectificationRecord] {
        let (condition, order) =
            switch view {
            case .open: ("standing <> 'closed'", "dueAt, id")
            case .overdue: ("standing IN ('ordered', 'returned') AND dueAt <= :now", "dueAt, id")
            case .answered: ("standing = 'answered'", "dueAt, id")
            case .closed: ("standing = 'closed'", "decidedAt DESC, id DESC")
            }
        var arguments: StatementArguments = ["limit": limit]
        if view == .overdue { arguments += ["now": now] }
        return try RectificationRecord.fetchAll(
            db, sql: "SELECT * FROM rectification WHERE \(condition) ORDER BY \(order) LIMIT :limit",
            arguments: arguments)
    }

    // MARK: Time

    static func nextAt(in db: Database) throws -> Date? {
        try Date.fetchOne(db, sql: "SELECT min(nextAt) FROM rectification WHERE nextAt IS NOT NULL")
    }

    /// Those that have something to say by an instant, the earliest first.
    static func due(by instant: Date, limit: Int, in db: Database) throws -> [RectificationRecord] {
        try RectificationRecord.fetchAll(
            db, sql: "SELECT * FROM rectification WHERE nextAt <= ? ORDER BY nextAt LIMIT ?",
            arguments: [instant, limit])
    }

    // MARK: The trail, to which lines are only added

    static func append(_ step: RectificationStep, to id: Int64, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO rectificationStep (rectificationID, step, at, by, words) VALUES (?, ?, ?, ?, ?)",
            arguments: [id, step.step, step.at, step.by, step.words])
    }

    static func steps(of id: Int64, in db: Database) throws -> [RectificationStep] {
        try RectificationStep.fetchAll(
            db, sql: "SELECT * FROM rectificationStep WHERE rectificationID = ? ORDER BY id", arguments: [id])
    }
}
