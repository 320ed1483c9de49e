import Contracts
import Foundation
import GRDB

/// A clock of a complaint: running, or stopped by an event.
struct ClockRecord: Sendable, Hashable {
    var id: Int64
    var deadline: Deadline
    var stoppedAt: Date?
    /// The event that stopped it, as `noun.verb`.
    var stoppedBy: String?

    /// True when it stopped, or would stop now, after it was due.
    func isMissed(at now: Date) -> Bool { (stoppedAt ?? now) > deadline.dueAt }
}

extension ClockRecord: FetchableRecord {
    init(row: Row) {
        let stops: String = row["stops"]
        id = row["id"]
        deadline = Deadline(
            clock: row["clock"], title: LocalizedText(zhHans: row["titleChinese"], en: row["titleEnglish"]),
            startedAt: row["startedAt"], dueAt: row["dueAt"],
            explanation: LocalizedText(zhHans: row["explanationChinese"], en: row["explanationEnglish"]),
            stops: stops.split(separator: " ").map(String.init))
        stoppedAt = row["stoppedAt"]
        stoppedBy = row["stoppedBy"]
    }
}

/// The clocks of complaints.
enum ClockTable {
    static func all(of number: TicketNumber, in db: Database) throws -> [ClockRecord] {
        try fetch("number = ? ORDER BY id", number, in: db)
    }

    static func running(of number: TicketNumber, in db: Database) throws -> [ClockRecord] {
        try fetch("number = ? AND stoppedAt IS NULL ORDER BY id", number, in: db)
    }

    static func start(_ deadline: Deadline, of number: TicketNumber, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO clock (number, clock, titleChinese, titleEnglish, startedAt, dueAt, explanationChinese,
                    explanationEnglish, stops) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            number.text, deadline.clock, deadline.title.zhHans, deadline.title.en, deadline.startedAt, deadline.dueAt,
            deadline.explanation.zhHans, deadline.explanation.en, (deadline.stops ?? []).joined(separator: " "),
        ])
    }

    static func stop(_ id: Int64, at instant: Date, by event: String, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE clock SET stoppedAt = ?, stoppedBy = ? WHERE id = ?")
            .execute(arguments: [instant, event, id])
    }

    /// Gives a running clock another due time: time was paused.
    static func move(_ id: Int64, to deadline: Deadline, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE clock SET dueAt = ?, explanationChinese = ?, explanationEnglish = ? WHERE id = ?"
        ).execute(arguments: [deadline.dueAt, deadline.explanation.zhHans, deadline.explanation.en, id])
    }

    private static func fetch(_ condition: String, _ number: TicketNumber, in db: Database) throws -> [ClockRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM clock WHERE " + condition)
        return try ClockRecord.fetchAll(statement, arguments: [number.text])
    }
}

/// When complaints waited for the customer (W18).
enum PauseTable {
    /// Begins to wait for the answer to a department's question. A question that is known changes nothing.
    static func begin(
        _ number: TicketNumber, _ department: DepartmentID, request: Int, at instant: Date, in db: Database
    )
        throws
    {
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO pause (number, department, request, startedAt) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [number.text, department.text, request, instant])
    }

    /// Ends the waiting. False when the question is not known (yet).
    static func end(_ number: TicketNumber, _ department: DepartmentID, request: Int, at instant: Date, in db: Database)
        throws -> Bool
    {
        let key: StatementArguments = [number.text, department.text, request]
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM pause WHERE number = ? AND department = ? AND request = ?"),
            arguments: key)
        guard isKnown != nil else { return false }
        try db.cachedStatement(
            sql: """
                UPDATE pause SET endedAt = max(?, startedAt)
                WHERE number = ? AND department = ? AND request = ? AND endedAt IS NULL
                """
        ).execute(arguments: [instant] + key)
        return true
    }

    /// The spans in which the complaint waited; one that has no end yet ends at `now`.
    static func spans(of number: TicketNumber, until now: Date, in db: Database) throws -> [DateInterval] {
        let statement = try db.cachedStatement(sql: "SELECT startedAt, endedAt FROM pause WHERE number = ?")
        return try Row.fetchAll(statement, arguments: [number.text]).map { row in
            let start: Date = row["startedAt"]
            let end: Date? = row["endedAt"]
            return DateInterval(start: start, end: max(start, end ?? now))
        }
    }

    /// Since when the complaint has been waiting for the customer; nil when it does not.
    static func since(_ number: TicketNumber, in db: Database) throws -> Date? {
        try Date.fetchOne(
            db.cachedStatement(sql: "SELECT min(startedAt) FROM pause WHERE number = ? AND endedAt IS NULL"),
            arguments: [number.text])
    }
}
