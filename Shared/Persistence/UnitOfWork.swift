import Contracts
import Foundation
import GRDB
import Messaging

/// What a change to a store works in: the open transaction, the time, and the way to say something to the other
/// services. What is sent goes to the outbox in the same transaction, so that it is said if and only if it happened.
package struct UnitOfWork {
    package let db: Database
    /// One instant for everything that happens in the transaction.
    package let now: Date
    /// The name of this service in envelopes.
    package let source: String

    /// Says that something happened.
    ///
    /// - Parameters:
    ///   - subject: the complaint it is about; nil for what is about no single complaint.
    ///   - cause: the message that led to it; nil when a request of a person or a clock did.
    /// - Returns: the envelope it was given.
    @discardableResult
    package func send(
        _ event: some Event, about subject: TicketNumber?, because cause: Envelope? = nil
    ) throws -> Envelope {
        let id = UUID()
        let ownID = id.uuidString.lowercased()
        let envelope = Envelope(
            id: id, source: source, type: Swift.type(of: event).type, subject: subject, time: now,
            correlationID: cause?.correlationID ?? subject?.text ?? ownID,
            causationID: cause?.id.uuidString.lowercased() ?? ownID,
            traceparent: TraceParent.next(after: cause?.traceparent),
            ticketSequence: try subject.map { try TicketSequence.next(for: $0, in: db) } ?? 0)
        let message = try EnvelopeCoding.wireMessage(envelope: envelope, payload: event)
        let key = envelope.type.routingKey(department: event.routedDepartment)
        try OutboxRow.insert(
            Publication(message, to: Destination(exchange: RedressTopology.events, routingKey: key)), at: now, in: db)
        return envelope
    }

    /// Runs a part that can fail alone: what it throws undoes its own changes.
    package func inSavepoint<Value>(_ part: () throws -> Value) throws -> Value {
        var value: Value?
        try db.inSavepoint {
            value = try part()
            return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the savepoint gave no value") }
        return value
    }
}

/// Counts what this service said about each complaint.
enum TicketSequence {
    static func next(for number: TicketNumber, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO ticketSequence (ticket, last) VALUES (?, 1)
                ON CONFLICT (ticket) DO UPDATE SET last = last + 1
                RETURNING last
                """)
        return try Int.fetchOne(statement, arguments: [number.text]) ?? 1
    }
}

/// W3C trace context: one trace for a complaint, a new span for each message.
enum TraceParent {
    static func next(after parent: String?) -> String {
        let trace = parent.flatMap(traceID) ?? hex(16)
        return "00-\(trace)-\(hex(8))-01"
    }

    private static func traceID(_ parent: String) -> String? {
        let parts = parent.split(separator: "-")
        return parts.count == 4 && parts[1].count == 32 ? String(parts[1]) : nil
    }

    private static func hex(_ bytes: Int) -> String {
        (0..<bytes).map { _ in String(UInt16(UInt8.random(in: 0...255)) | 0x100, radix: 16).suffix(2) }.joined()
    }
}
