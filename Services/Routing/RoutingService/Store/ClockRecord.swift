import Contracts
import Foundation
import GRDB
import Procedure

/// A clock of a complaint: running, standing still, or stopped by an event.
struct ClockRecord: Sendable, Hashable {
    var id: Int64
    var number: TicketNumber
    var deadline: Deadline
    var terms: ClockTerms
    var stoppedAt: Date?
    /// The event that stopped it, as `noun.verb`.
    var stoppedBy: String?
    /// Since when it stands still; nil when it does not.
    var pausedAt: Date?
    /// What it has to say next, and when; nil when that is nothing, or while it stands still.
    var next: ClockMoment?
    var alert = ClockAlert.none
    /// The due time for which it was said that it ran out.
    var missedDueAt: Date?
    /// To whom the complaint was raised when it ran out.
    var escalatedTo: String?

    /// True when it stopped, or would stop now, after it was due. While it stands still its due time moves along.
    func isMissed(at now: Date) -> Bool { (stoppedAt ?? pausedAt ?? now) > deadline.dueAt }

    /// True when it was stopped in time by what is not what it is for: it was neither kept nor missed.
    var isVoid: Bool {
        guard let stoppedAt, let stoppedBy else { return false }
        return stoppedAt <= deadline.dueAt && Clock.voidingEvents.contains(stoppedBy)
    }

    /// True when it was said that it ran out at its present due time.
    var saidMissed: Bool { missedDueAt == deadline.dueAt }

    /// True when that is still so: it was not moved or found to have been stopped in time since.
    var missStands: Bool { saidMissed && stoppedAt.map { $0 > deadline.dueAt } ?? true }
}

extension ClockRecord: FetchableRecord {
    init(row: Row) throws {
        let stops: String = row["stops"]
        let text: String = row["number"]
        guard let number = TicketNumber(text) else { throw StoredValueError(column: "number", text: text) }
        self.number = number
        id = row["id"]
        deadline = Deadline(
            clock: row["clock"], title: LocalizedText(zhHans: row["titleChinese"], en: row["titleEnglish"]),
            startedAt: row["startedAt"], dueAt: row["dueAt"],
            explanation: LocalizedText(zhHans: row["explanationChinese"], en: row["explanationEnglish"]),
            stops: stops.split(separator: " ").map(String.init))
        terms = try ContractJSON.decode(ClockTerms.self, from: row["terms"])
        stoppedAt = row["stoppedAt"]
        stoppedBy = row["stoppedBy"]
        pausedAt = row["pausedAt"]
        if let at = row["nextAt"] as Date? {
            next = ClockMoment(at: at, percent: row["nextPercent"] ?? ClockMoment.due)
        }
        alert = ClockAlert(rawValue: row["alert"]) ?? .none
        missedDueAt = row["missedDueAt"]
        escalatedTo = row["escalatedTo"]
    }
}

/// The clocks of complaints.
enum ClockTable {
    static func all(of number: TicketNumber, in db: Database) throws -> [ClockRecord] {
        try fetch("number = ? ORDER BY id", [number.text], in: db)
    }

    static func running(of number: TicketNumber, in db: Database) throws -> [ClockRecord] {
        try fetch("number = ? AND stoppedAt IS NULL ORDER BY id", [number.text], in: db)
    }

    /// The run of a clock that began and was stopped in one millisecond; nil when there is none.
    static func ended(
        _ clock: String, of number: TicketNumber, inTheMillisecond instant: Date, in db: Database
    ) throws -> ClockRecord? {
        try fetch(
            "number = ? AND clock = ? AND startedAt = ? AND stoppedAt = startedAt LIMIT 1",
            [number.text, clock, instant], in: db
        ).first
    }

    /// Clocks that have something to say by an instant, the earliest first.
    /// - Parameter earliest: Leaves out what should have been said before.
    static func due(by instant: Date, notBefore earliest: Date?, limit: Int, in db: Database) throws -> [ClockRecord] {
        try fetch(
            "nextAt > ? AND nextAt <= ? ORDER BY nextAt LIMIT ?", [earliest ?? .distantBeginning, instant, limit],
            in: db)
    }

    /// The earliest instant at which a clock has something to say.
    static func nextAt(notBefore earliest: Date?, in db: Database) throws -> Date? {
        let statement = try db.cachedStatement(sql: "SELECT min(nextAt) FROM clock WHERE nextAt > ?")
        return try Date.fetchOne(statement, arguments: [earliest ?? .distantBeginning])
    }

    /// The levels to which a complaint was raised because of clocks that did run out.
    static func raised(_ number: TicketNumber, in db: Database) throws -> [String] {
        try all(of: number, in: db).filter(\.missStands).compactMap(\.escalatedTo)
    }

    /// Adds a clock that starts, or that has run in the past.
    /// - Returns: its id.
    static func insert(_ clock: ClockRecord, in db: Database) throws -> Int64 {
        let deadline = clock.deadline
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO clock (number, clock, titleChinese, titleEnglish, startedAt, dueAt, explanationChinese,
                    explanationEnglish, stops, terms, stoppedAt, stoppedBy, pausedAt, nextAt, nextPercent, alert)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            clock.number.text, deadline.clock, deadline.title.zhHans, deadline.title.en, deadline.startedAt,
            deadline.dueAt, deadline.explanation.zhHans, deadline.explanation.en,
            (deadline.stops ?? []).joined(separator: " "), try ContractJSON.encode(clock.terms), clock.stoppedAt,
            clock.stoppedBy, clock.pausedAt, clock.next?.at, clock.next?.percent, clock.alert.rawValue,
        ])
        return db.lastInsertedRowID
    }

    /// Writes everything of a clock that can change.
    static func update(_ clock: ClockRecord, in db: Database) throws {
        let deadline = clock.deadline
        let statement = try db.cachedStatement(
            sql: """
                UPDATE clock SET dueAt = ?, explanationChinese = ?, explanationEnglish = ?, terms = ?, stoppedAt = ?,
                    stoppedBy = ?, pausedAt = ?, nextAt = ?, nextPercent = ?, alert = ?, missedDueAt = ?,
                    escalatedTo = ? WHERE id = ?
                """)
        try statement.execute(arguments: [
            deadline.dueAt, deadline.explanation.zhHans, deadline.explanation.en, try ContractJSON.encode(clock.terms),
            clock.stoppedAt, clock.stoppedBy, clock.pausedAt, clock.next?.at, clock.next?.percent, clock.alert.rawValue,
            clock.missedDueAt, clock.escalatedTo, clock.id,
        ])
    }

    /// Takes back a clock that should never have started.
    static func remove(_ id: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM clock WHERE id = ?").execute(arguments: [id])
    }

    /// Has a clock say its next thing later than it should: it could not be said.
    static func postpone(_ id: Int64, to instant: Date, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE clock SET nextAt = ? WHERE id = ?").execute(arguments: [instant, id])
    }

    private static func fetch(
        _ condition: String, _ arguments: StatementArguments, in db: Database
    ) throws -> [ClockRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM clock WHERE " + condition)
        return try ClockRecord.fetchAll(statement, arguments: arguments)
    }
}

extension Date {
    /// Before every instant of a complaint.
    static let distantBeginning = Date(timeIntervalSince1970: 0)
}
