import Foundation
import GRDB
import Messaging
import Persistence

/// Letters into the store, as they come from a dead queue.
enum LetterInsertion {
    static func insert(_ parked: ParkedMessage, in unit: UnitOfWork) throws -> Int64 {
        let complaint = ParkedComplaint(parked)
        let statement = try unit.db.cachedStatement(
            sql: """
                INSERT INTO letter (consumer, identity, messageID, type, subject, source, kind, reason, place, attempt,
                    state, occurrences, parkedAt, firstFailedAt, lastFailedAt, changedAt, replayOf, day, channel, size,
                    propertyID, contentType, timestamp, headers, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'failed', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let reason = parked.reason
        let message = parked.message
        try statement.execute(arguments: [
            parked.consumer.text, parked.identity, parked.messageID, parked.type, parked.subject, parked.source,
            reason.kind.rawValue, reason.message, reason.place, parked.attempt, unit.now, parked.firstFailure,
            parked.lastFailure, unit.now, try original(of: parked, in: unit.db), complaint?.day, complaint?.channel,
            message.body.count, message.messageID, message.contentType, message.timestamp,
            StoredHeaders.encode(message.headers),
            message.body,
        ])
        return unit.db.lastInsertedRowID
    }

    /// What a further parking says about a letter; the body is the same by definition.
    static func update(_ id: Int64, with parked: ParkedMessage, occurrences: Int, in unit: UnitOfWork) throws {
        let statement = try unit.db.cachedStatement(
            sql: """
                UPDATE letter SET kind = ?, reason = ?, place = ?, attempt = ?, occurrences = ?, headers = ?,
                    lastFailedAt = coalesce(?, lastFailedAt) WHERE id = ?
                """)
        try statement.execute(arguments: [
            parked.reason.kind.rawValue, parked.reason.message, parked.reason.place, parked.attempt, occurrences,
            StoredHeaders.encode(parked.message.headers), parked.lastFailure, id,
        ])
    }

    /// The letter that a parked message is an edited copy of.
    static func original(of parked: ParkedMessage, in db: Database) throws -> Int64? {
        guard parked.replayOf != nil else { return nil }
        return try Int64.fetchOne(
            db, sql: "SELECT edit.letterID FROM edit WHERE edit.messageID = ?", arguments: [parked.messageID])
    }
}
