import Contracts
import Foundation
import GRDB

/// An event as it is stored.
struct EventRow: Sendable {
    var envelope: Envelope
    var payload: Data
    /// When this service had it on disk.
    var recordedAt: Date

    /// Stores an event. False when its message was stored before.
    static func insert<Payload: Event>(
        _ message: Message<Payload>, ticket: TicketNumber, at now: Date, in db: Database
    ) throws -> Bool {
        let envelope = message.envelope
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO event (messageID, ticket, type, department, source, time, sequence,
                    correlationID, causationID, traceparent, payload, recordedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            envelope.id.uuidString.lowercased(), ticket.text, envelope.type.name,
            message.payload.routedDepartment?.text, envelope.source, envelope.time, envelope.ticketSequence,
            envelope.correlationID, envelope.causationID, envelope.traceparent,
            try ContractJSON.encode(message.payload), now,
        ])
        return db.changesCount == 1
    }

    /// A ticket's events in the order of its course.
    static func course(of ticket: TicketNumber, in db: Database) throws -> [EventRow] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT messageID, ticket, type, source, time, sequence, correlationID, causationID, traceparent, payload,
                    recordedAt
                FROM event WHERE ticket = ? ORDER BY time, sequence, messageID
                """)
        return try Row.fetchAll(statement, arguments: [ticket.text]).compactMap(EventRow.init(row:))
    }

    /// Those of some types.
    static func course(of ticket: TicketNumber, only types: [MessageType], in db: Database) throws -> [EventRow] {
        let marks = types.map { _ in "?" }.joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: """
                SELECT messageID, ticket, type, source, time, sequence, correlationID, causationID, traceparent, payload,
                    recordedAt
                FROM event WHERE ticket = ? AND type IN (\(marks)) ORDER BY time, sequence, messageID
                """)
        let arguments = StatementArguments([ticket.text] + types.map(\.name))
        return try Row.fetchAll(statement, arguments: arguments).compactMap(EventRow.init(row:))
    }

    private init?(row: Row) {
        guard let id = UUID(uuidString: row["messageID"]), let type = MessageType(name: row["type"]) else { return nil }
        envelope = Envelope(
            id: id, source: row["source"], type: type, subject: TicketNumber(row["ticket"]), time: row["time"],
            correlationID: row["correlationID"], causationID: row["causationID"], traceparent: row["traceparent"],
            ticketSequence: row["sequence"])
        payload = row["payload"]
        recordedAt = row["recordedAt"]
    }

    /// The typed event; absent when this version does not know its type any more.
    func recorded() throws -> RecordedEvent? {
        try TicketEvent.decode(envelope.type, payload: payload).map { RecordedEvent(envelope: envelope, event: $0) }
    }
}
