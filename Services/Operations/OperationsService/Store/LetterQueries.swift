import Foundation
import GRDB
import Messaging

/// Which letters a list shows; everything that is absent matches all.
struct LetterFilter: Hashable, Sendable {
    var state: LetterState.Name?
    var consumer: String?
    /// The kind of failure, as in `FailureReason.Kind`.
    var kind: String?
    /// A message type's name.
    var type: String?
    /// A ticket number.
    var subject: String?
    /// Only letters with a smaller id: the last one of the page before.
    var before: Int64?

    init(
        state: LetterState.Name? = nil, consumer: String? = nil, kind: String? = nil, type: String? = nil,
        subject: String? = nil, before: Int64? = nil
    ) {
        self.state = state
        self.consumer = consumer
        self.kind = kind
        self.type = type
        self.subject = subject
        self.before = before
    }
}

/// A part of a list, the newest first.
struct LetterPage: Hashable, Sendable {
    var letters: [LetterSummary]
    /// The cursor of the next page; absent on the last.
    var next: Int64?
}

/// How many letters of a consumer are in a state.
struct LetterCount: Hashable, Sendable {
    var consumer: String
    var state: LetterState.Name
    var count: Int
}

/// Reading letters.
enum LetterQueries {
    static func page(_ filter: LetterFilter, limit: Int, in db: Database) throws -> LetterPage {
        let (condition, arguments) = sql(filter)
        let rows = try Row.fetchAll(
            db, sql: "SELECT \(LetterSummary.columns) FROM letter\(condition) ORDER BY id DESC LIMIT ?",
            arguments: arguments + [limit + 1])
        let letters = try rows.prefix(limit).map(LetterSummary.init(row:))
        return LetterPage(letters: letters, next: rows.count > limit ? letters.last?.id : nil)
    }

    static func ids(_ filter: LetterFilter, limit: Int, in db: Database) throws -> [Int64] {
        let (condition, arguments) = sql(filter)
        return try Int64.fetchAll(
            db, sql: "SELECT id FROM letter\(condition) ORDER BY id LIMIT ?", arguments: arguments + [limit])
    }

    /// - Throws: `NoSuchLetter`.
    static func letter(_ id: Int64, in db: Database) throws -> Letter {
        let columns = "\(LetterSummary.columns), propertyID, contentType, timestamp, headers, body"
        guard let row = try Row.fetchOne(db, sql: "SELECT \(columns) FROM letter WHERE id = ?", arguments: [id]) else {
            throw NoSuchLetter(id: id)
        }
        let summary = try LetterSummary(row: row)
        return Letter(
            summary: summary, message: try message(row), parkings: try parkings(of: id, in: db),
            audit: try audit(of: id, in: db))
    }

    static func message(_ row: Row) throws -> WireMessage {
        WireMessage(
            messageID: row["propertyID"], contentType: row["contentType"], timestamp: row["timestamp"],
            headers: try StoredHeaders.decode(row["headers"]), body: row["body"])
    }

    static func counts(in db: Database) throws -> [LetterCount] {
        try Row.fetchAll(db, sql: "SELECT consumer, state, count FROM letterCount WHERE count > 0 ORDER BY consumer")
            .compactMap { row in
                LetterState.Name(rawValue: row["state"]).map {
                    LetterCount(consumer: row["consumer"], state: $0, count: row["count"])
                }
            }
    }

    private static func parkings(of id: Int64, in db: Database) throws -> [Parking] {
        try Row.fetchAll(db, sql: "SELECT * FROM parking WHERE letterID = ? ORDER BY number DESC", arguments: [id]).map
        {
            Parking(
                number: $0["number"], failedAt: $0["failedAt"], takenAt: $0["takenAt"], kind: $0["kind"],
                reason: $0["reason"], attempt: $0["attempt"])
        }
    }

    private static func audit(of id: Int64, in db: Database) throws -> [AuditEntry] {
        try Row.fetchAll(db, sql: "SELECT * FROM audit WHERE letterID = ? ORDER BY id DESC LIMIT 200", arguments: [id])
            .compactMap { row in
                AuditEntry.Action(rawValue: row["action"]).map {
                    AuditEntry(
                        at: row["at"], actor: row["actor"], action: $0, reason: row["reason"],
                        stateBefore: row["stateBefore"], stateAfter: row["stateAfter"], detail: row["detail"])
                }
            }
    }

    private static func sql(_ filter: LetterFilter) -> (condition: String, arguments: StatementArguments) {
        var terms: [String] = []
        var arguments = StatementArguments()
        func add(_ term: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            terms.append(term)
            arguments += [value]
        }
        add("state = ?", filter.state?.rawValue)
        add("consumer = ?", filter.consumer)
        add("kind = ?", filter.kind)
        add("type = ?", filter.type)
        add("subject = ?", filter.subject)
        add("id < ?", filter.before)
        return (terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND "), arguments)
    }
}
