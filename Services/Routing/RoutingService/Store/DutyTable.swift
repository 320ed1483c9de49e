import Contracts
import Foundation
import GRDB
import Procedure

/// A duty as it is kept: what is owed, and what was done about it.
struct DutyRecord: Sendable, Hashable {
    var id: Int64
    var number: TicketNumber
    var duty: Duty
    /// When its time ran out without its having been done.
    var missedAt: Date?
    /// The document, as far as it is written.
    var subject: String?
    var body: String?
    var doneAt: Date?
    /// A sign-in name, or the pack's stamp for what happened by itself.
    var doneBy: String?
    /// How it was sent or told.
    var way: String?
    var note: String?
    var answer: String?
    var answeredAt: Date?
    var answeredBy: String?
    /// When it was no longer owed.
    var voidAt: Date?

    var isOpen: Bool { doneAt == nil && voidAt == nil }
}

/// The words of a duty, in both languages.
private struct DutyTitles: Codable {
    var title: LocalizedText
    var recipient: LocalizedText
    var timing: LocalizedText
}

extension DutyRecord: FetchableRecord {
    init(row: Row) throws {
        let text: String = row["number"]
        guard let number = TicketNumber(text), let kind = Duty.Kind(rawValue: row["kind"]),
            let form = Duty.Form(rawValue: row["form"])
        else { throw StoredValueError(column: "duty", text: text) }
        let titles = try ContractJSON.decode(DutyTitles.self, from: row["titles"])
        id = row["id"]
        self.number = number
        duty = Duty(
            kind: kind, rule: row["rule"], title: titles.title, recipient: row["recipient"],
            recipientTitle: titles.recipient, form: form,
            purpose: (row["purpose"] as String?).flatMap(RaisingRule.Purpose.init), openedAt: row["openedAt"],
            dueAt: row["dueAt"], timing: titles.timing,
            because: try ContractJSON.decode([Explanation].self, from: row["because"]))
        (missedAt, subject, body) = (row["missedAt"], row["subject"], row["body"])
        (doneAt, doneBy, way, note) = (row["doneAt"], row["doneBy"], row["way"], row["note"])
        (answer, answeredAt, answeredBy, voidAt) = (row["answer"], row["answeredAt"], row["answeredBy"], row["voidAt"])
    }
}

/// The duties of complaints.
enum DutyTable {
    static func insert(_ duty: Duty, of number: TicketNumber, in db: Database) throws {
        let titles = DutyTitles(title: duty.title, recipient: duty.recipientTitle, timing: duty.timing)
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO duty (number, kind, rule, recipient, form, purpose, titles, openedAt, dueAt,
                    because) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            number.text, duty.kind.rawValue, duty.rule, duty.recipient, duty.form.rawValue, duty.purpose?.rawValue,
            try ContractJSON.encode(titles), duty.openedAt, duty.dueAt, try ContractJSON.encode(duty.because),
        ])
    }

    static func all(of number: TicketNumber, in db: Database) throws -> [DutyRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM duty WHERE number = ? ORDER BY dueAt, id")
        return try DutyRecord.fetchAll(statement, arguments: [number.text])
    }

    static func find(_ id: Int64, in db: Database) throws -> DutyRecord? {
        try DutyRecord.fetchOne(db, sql: "SELECT * FROM duty WHERE id = ?", arguments: [id])
    }

    static func finish(
        _ id: Int64, at instant: Date, by name: String, way: String?, note: String?, in db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE duty SET doneAt = ?, doneBy = ?, way = ?, note = ? WHERE id = ? AND doneAt IS NULL",
            arguments: [instant, name, way, note, id])
    }

    /// The team was there, also when the complaint had ended by the time that it said so.
    static func attend(_ id: Int64, at instant: Date, by name: String, note: String, in db: Database) throws {
        try db.execute(
            sql: "UPDATE duty SET doneAt = ?, doneBy = ?, note = ?, voidAt = NULL WHERE id = ?",
            arguments: [instant, name, note, id])
    }

    static func void(_ id: Int64, at instant: Date, in db: Database) throws {
        try db.execute(sql: "UPDATE duty SET voidAt = ? WHERE id = ?", arguments: [instant, id])
    }

    static func write(_ id: Int64, subject: String, body: String, in db: Database) throws {
        try db.execute(sql: "UPDATE duty SET subject = ?, body = ? WHERE id = ?", arguments: [subject, body, id])
    }

    static func answer(_ id: Int64, _ answer: String, at instant: Date, by name: String, in db: Database) throws {
        try db.execute(
            sql: "UPDATE duty SET answer = ?, answeredAt = ?, answeredBy = ? WHERE id = ?",
            arguments: [answer, instant, name, id])
    }

    /// Those whose time has run out, and of which that has not been said.
    static func missed(by now: Date, limit: Int, in db: Database) throws -> [DutyRecord] {
        try DutyRecord.fetchAll(
            db,
            sql: """
                SELECT * FROM duty WHERE doneAt IS NULL AND voidAt IS NULL AND missedAt IS NULL AND dueAt <= ?
                ORDER BY dueAt LIMIT ?
                """, arguments: [now, limit])
    }

    static func markMissed(_ id: Int64, at instant: Date, in db: Database) throws {
        try db.execute(sql: "UPDATE duty SET missedAt = ? WHERE id = ?", arguments: [instant, id])
    }

    static func nextDueAt(in db: Database) throws -> Date? {
        try Date.fetchOne(
            db, sql: "SELECT min(dueAt) FROM duty WHERE doneAt IS NULL AND voidAt IS NULL AND missedAt IS NULL")
    }
}

/// What of the duties a list shows.
struct DutyFilter: Sendable, Hashable {
    var view = View.open
    var kind: Duty.Kind?

    enum View: String, Sendable, CaseIterable {
        /// Not done, what is due first on top.
        case open
        /// Of those, what is overdue.
        case overdue
        /// Done, the latest on top.
        case done
    }
}

/// A duty with what of its complaint a list shows.
struct ListedDuty: Sendable {
    var record: DutyRecord
    var complaint: ComplaintRecord
}

extension DutyTable {
    static let pageLength = 100

    static func list(_ filter: DutyFilter, at now: Date, in db: Database) throws -> [ListedDuty] {
        let condition =
            switch filter.view {
            case .open: "doneAt IS NULL AND voidAt IS NULL"
            case .overdue: "doneAt IS NULL AND voidAt IS NULL AND dueAt <= :now"
            case .done: "doneAt IS NOT NULL"
            }
        let kind = filter.kind == nil ? "" : "AND kind = :kind"
        let order = filter.view == .done ? "doneAt DESC, id DESC" : "dueAt, id"
        var arguments: StatementArguments = ["limit": pageLength]
        if filter.view == .overdue { arguments += ["now": now] }
        if let kind = filter.kind { arguments += ["kind": kind.rawValue] }
        let rows = try DutyRecord.fetchAll(
            db, sql: "SELECT * FROM duty WHERE \(condition) \(kind) ORDER BY \(order) LIMIT :limit",
            arguments: arguments)
        return try rows.compactMap { row in
            try ComplaintTable.find(row.number, in: db).map { ListedDuty(record: row, complaint: $0) }
        }
    }

    /// How many are open, and of those overdue.
    static func counts(at now: Date, in db: Database) throws -> (open: Int, overdue: Int) {
        let open = try Int.fetchOne(db, sql: "SELECT count(*) FROM duty WHERE doneAt IS NULL AND voidAt IS NULL")
        let overdue = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM duty WHERE doneAt IS NULL AND voidAt IS NULL AND dueAt <= ?",
            arguments: [now])
        return (open ?? 0, overdue ?? 0)
    }
}
