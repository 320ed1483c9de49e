import Contracts
import Foundation
import GRDB

/// One thing that happened to a complaint, as the desk shows it.
struct HistoryRecord: Sendable, Hashable {
    /// When it happened, by the clock of whoever said so.
    var at: Date
    /// `noun.verb`
    var event: String
    var standing: RoutingDecision.Standing
    var by: Actor
    var department: DepartmentID?
    /// The reason, comment, answer or note, in the words of whoever wrote it.
    var detail: String?
    /// What a service wrote, in both languages: every reader has it in theirs.
    var words: LocalizedText?
    /// Of an assignment: how many there had been with it, and the lowest version of a solution that it can have.
    var assignment: Int?
    var firstVersion: Int?
}

extension HistoryRecord: FetchableRecord {
    init(row: Row) throws {
        at = row["at"]
        event = row["event"]
        standing = RoutingDecision.Standing(rawValue: row["standing"]) ?? .noted
        by = Actor(kind: Actor.Kind(rawValue: row["actorKind"]) ?? .system, name: row["actorName"])
        department = (row["department"] as String?).flatMap(DepartmentID.init)
        detail = row["detail"]
        words = try (row["words"] as Data?).map { try ContractJSON.decode(LocalizedText.self, from: $0) }
        assignment = row["assignment"]
        firstVersion = row["firstVersion"]
    }
}

/// The histories of complaints.
enum HistoryTable {
    static func append(_ entry: HistoryRecord, to number: TicketNumber, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO history (number, at, event, standing, actorKind, actorName, department, detail,
                    assignment, firstVersion, words)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            number.text, entry.at, entry.event, entry.standing.rawValue, entry.by.kind.rawValue, entry.by.name,
            entry.department?.text, entry.detail, entry.assignment, entry.firstVersion,
            try entry.words.map { try ContractJSON.encode($0) },
        ])
    }

    /// How often each of some events happened to a complaint; what was late or repeated does not count.
    static func counts(of events: [String], _ number: TicketNumber, in db: Database) throws -> [String: Int] {
        let places = events.map { _ in "?" }.joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: """
                SELECT event, count(*) AS times FROM history
                WHERE number = ? AND event IN (\(places)) AND standing <> 'late' GROUP BY event
                """)
        let arguments = StatementArguments([number.text] + events)
        return try Row.fetchAll(statement, arguments: arguments).reduce(into: [:]) { $0[$1["event"]] = $1["times"] }
    }

    /// The last thing of a kind that happened to a complaint.
    static func latest(_ event: String, of number: TicketNumber, in db: Database) throws -> HistoryRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM history WHERE number = ? AND event = ? ORDER BY id DESC LIMIT 1")
        return try HistoryRecord.fetchOne(statement, arguments: [number.text, event])
    }

    /// The last thing of a kind that had happened to a complaint before an instant.
    static func latest(
        _ event: String, of number: TicketNumber, before instant: Date, in db: Database
    ) throws -> HistoryRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM history WHERE number = ? AND event = ? AND at < ? ORDER BY id DESC LIMIT 1")
        return try HistoryRecord.fetchOne(statement, arguments: [number.text, event, instant])
    }

    /// The first of some events that happened to a complaint, or that happened to it from an instant on. What assisting
    /// departments did is not looked at.
    static func first(
        of events: Set<String>, _ number: TicketNumber, notBefore instant: Date = .distantBeginning, in db: Database
    ) throws -> HistoryRecord? {
        let places = events.map { _ in "?" }.joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: """
                SELECT * FROM history
                WHERE number = ? AND at >= ? AND event IN (\(places)) AND standing <> 'aside' ORDER BY at, id LIMIT 1
                """)
        return try HistoryRecord.fetchOne(
            statement, arguments: [number.text, instant] + StatementArguments(events.sorted()))
    }

    static func all(of number: TicketNumber, in db: Database) throws -> [HistoryRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM history WHERE number = ? ORDER BY at, id")
        return try HistoryRecord.fetchAll(statement, arguments: [number.text])
    }
}

extension CustodySpan: FetchableRecord {
    init(row: Row) { self.init(holder: row["holder"], from: row["heldFrom"], until: row["heldUntil"]) }
}

/// Who had complaints in hand, and when: elapsed time is charged to them.
enum CustodyTable {
    static func all(of number: TicketNumber, in db: Database) throws -> [CustodySpan] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM custody WHERE number = ? ORDER BY id")
        return try CustodySpan.fetchAll(statement, arguments: [number.text])
    }

    /// Ends whoever's custody runs and begins the new holder's; `nobody` holds nothing.
    static func pass(_ number: TicketNumber, to holder: Holder, at instant: Date, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE custody SET heldUntil = ? WHERE number = ? AND heldUntil IS NULL")
            .execute(arguments: [instant, number.text])
        guard holder != .nobody else { return }
        try db.cachedStatement(sql: "INSERT INTO custody (number, holder, heldFrom) VALUES (?, ?, ?)")
            .execute(arguments: [number.text, holder.text, instant])
    }
}
