import Foundation
import GRDB
import Messaging

/// A message that waits to be published, as it is stored.
struct OutboxRow: Sendable {
    var id: Int64
    var publication: Publication
    var attempts: Int

    static func insert(_ publication: Publication, at now: Date, in db: Database) throws {
        let message = publication.message
        let properties = Properties(
            contentType: message.contentType, timestamp: message.timestamp, headers: message.headers)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO outbox (messageID, exchange, routingKey, properties, body, createdAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            message.messageID ?? "", publication.destination.exchange, publication.destination.routingKey,
            try JSONEncoder().encode(properties), message.body, now,
        ])
    }

    /// Rows behind a row, in order, that were never refused.
    static func fresh(after id: Int64, limit: Int, in db: Database) throws -> [OutboxRow] {
        try rows(sql: "id > ? AND nextAttemptAt IS NULL ORDER BY id LIMIT ?", [id, limit], in: db)
    }

    /// Rows that were refused and whose next attempt has come.
    static func due(at now: Date, limit: Int, in db: Database) throws -> [OutboxRow] {
        try rows(sql: "nextAttemptAt <= ? ORDER BY nextAttemptAt LIMIT ?", [now, limit], in: db)
    }

    static func delete(_ ids: [Int64], in db: Database) throws {
        let statement = try db.cachedStatement(sql: "DELETE FROM outbox WHERE id = ?")
        for id in ids { try statement.execute(arguments: [id]) }
    }

    /// Sets a refused row aside until its next attempt: it holds up nobody behind it.
    static func postpone(_ id: Int64, until instant: Date, error: String, in db: Database) throws {
        try db.execute(
            sql: "UPDATE outbox SET attempts = attempts + 1, nextAttemptAt = ?, lastError = ? WHERE id = ?",
            arguments: [instant, error, id])
    }

    private static func rows(sql: String, _ arguments: StatementArguments, in db: Database) throws -> [OutboxRow] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, messageID, exchange, routingKey, properties, body, attempts FROM outbox WHERE " + sql)
        return try Row.fetchAll(statement, arguments: arguments).map(OutboxRow.init(row:))
    }

    private init(row: Row) throws {
        let properties = try JSONDecoder().decode(Properties.self, from: row["properties"])
        let message = WireMessage(
            messageID: row["messageID"], contentType: properties.contentType, timestamp: properties.timestamp,
            headers: properties.headers, body: row["body"])
        id = row["id"]
        publication = Publication(
            message, to: Destination(exchange: row["exchange"], routingKey: row["routingKey"]))
        attempts = row["attempts"]
    }

    /// What is stored of a message besides its id and body.
    private struct Properties: Codable {
        var contentType: String?
        var timestamp: Date?
        var headers: [String: HeaderValue]
    }
}
