import Foundation

/// What every message says about itself: CloudEvents 1.0 attributes, with extensions for tracing and order.
/// On the wire they are AMQP headers (`cloudEvents_id`, …), the payload is the body.
public struct Envelope: Hashable, Sendable, Codable {
    /// Unique; the inbox of a consumer recognises a duplicate by it.
    public var id: UUID
    /// The service that says so, for example `redress/intake/01` or `redress/department/logistics`.
    public var source: String
    public var type: MessageType
    /// The complaint it is about; absent for messages about no single complaint.
    public var subject: TicketNumber?
    /// When it happened, by the clock of the source.
    public var time: Date
    /// The same for everything that follows from one complaint's acceptance.
    public var correlationID: String
    /// The message or request that caused this one.
    public var causationID: String
    /// W3C trace context.
    public var traceparent: String?
    /// Counts from 1 for each complaint and source: the order in which the source said things.
    public var ticketSequence: Int

    public init(
        id: UUID, source: String, type: MessageType, subject: TicketNumber?, time: Date, correlationID: String,
        causationID: String, traceparent: String? = nil, ticketSequence: Int
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.causationID = causationID
        self.traceparent = traceparent
        self.ticketSequence = ticketSequence
    }

    /// Where the payload's form is described.
    public var dataSchema: String { "urn:\(type.name.replacingOccurrences(of: ".", with: ":"))" }
}

extension MessageType: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let type = MessageType(name: name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(name)' is not a message type")
        }
        self = type
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// A payload with its envelope, as a handler receives it.
public struct Message<Payload: Event>: Hashable, Sendable {
    public var envelope: Envelope
    public var payload: Payload

    public init(envelope: Envelope, payload: Payload) {
        self.envelope = envelope
        self.payload = payload
    }
}
