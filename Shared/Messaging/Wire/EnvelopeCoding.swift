import Contracts
import Foundation

/// Envelopes as AMQP headers, after CloudEvents' AMQP binding in binary mode, and back.
package enum EnvelopeCoding {
    package enum Header {
        package static let id = "cloudEvents_id"
        package static let specVersion = "cloudEvents_specversion"
        package static let source = "cloudEvents_source"
        package static let type = "cloudEvents_type"
        package static let subject = "cloudEvents_subject"
        package static let time = "cloudEvents_time"
        package static let dataSchema = "cloudEvents_dataschema"
        package static let correlationID = "cloudEvents_correlationid"
        package static let causationID = "cloudEvents_causationid"
        package static let traceparent = "cloudEvents_traceparent"
        package static let ticketSequence = "cloudEvents_ticketsequence"
        /// Which attempt at handling this is, counting from 1; RabbitMQ's own `x-death` is not relied on.
        package static let attempt = "redress-attempt"
        /// When the first attempt failed.
        package static let firstFailure = "redress-first-failure"
    }

    /// - Throws: when the payload cannot be written as JSON.
    package static func wireMessage(envelope: Envelope, payload: some Event) throws -> WireMessage {
        var headers: [String: HeaderValue] = [
            Header.id: .text(envelope.id.uuidString.lowercased()),
            Header.specVersion: "1.0",
            Header.source: .text(envelope.source),
            Header.type: .text(envelope.type.name),
            Header.time: .text(RFC3339.text(envelope.time)),
            Header.dataSchema: .text(envelope.dataSchema),
            Header.correlationID: .text(envelope.correlationID),
            Header.causationID: .text(envelope.causationID),
            Header.ticketSequence: .integer(Int64(envelope.ticketSequence)),
        ]
        headers[Header.subject] = envelope.subject.map { .text($0.text) }
        headers[Header.traceparent] = envelope.traceparent.map { .text($0) }
        return WireMessage(
            messageID: envelope.id.uuidString.lowercased(), contentType: "application/json", timestamp: envelope.time,
            headers: headers, body: try ContractJSON.encode(payload))
    }

    /// - Throws: `EnvelopeFault`, which names the header.
    package static func envelope(of message: WireMessage) throws(EnvelopeFault) -> Envelope {
        if let contentType = message.contentType, !contentType.hasPrefix("application/json") {
            throw .wrongContentType(contentType)
        }
        guard let id = UUID(uuidString: try text(Header.id, in: message)) else { throw .malformed(Header.id) }
        let typeName = try text(Header.type, in: message)
        guard let type = MessageType(name: typeName) else { throw .unknownType(typeName) }
        guard let time = RFC3339.date(try text(Header.time, in: message)) else { throw .malformed(Header.time) }
        var subject: TicketNumber?
        if let value = message.headers[Header.subject] {
            guard let number = value.text.flatMap({ TicketNumber($0) }) else { throw .malformed(Header.subject) }
            subject = number
        }
        return Envelope(
            id: id, source: try text(Header.source, in: message), type: type, subject: subject, time: time,
            correlationID: message.headers[Header.correlationID]?.text ?? id.uuidString.lowercased(),
            causationID: message.headers[Header.causationID]?.text ?? id.uuidString.lowercased(),
            traceparent: message.headers[Header.traceparent]?.text,
            ticketSequence: Int(message.headers[Header.ticketSequence]?.integer ?? 0))
    }

    private static func text(_ header: String, in message: WireMessage) throws(EnvelopeFault) -> String {
        guard let value = message.headers[header] else { throw .missing(header) }
        guard let text = value.text, !text.isEmpty else { throw .malformed(header) }
        return text
    }
}

/// Why something on a queue is not one of our messages.
package enum EnvelopeFault: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case malformed(String)
    case wrongContentType(String)
    case unknownType(String)

    package var description: String {
        switch self {
        case .missing(let header): "the header \(header) is missing"
        case .malformed(let header): "the header \(header) is malformed"
        case .wrongContentType(let type): "the content type is '\(type)', not application/json"
        case .unknownType(let name): "'\(name)' is not the name of a message type (redress.<noun>.<verb>.v<version>)"
        }
    }
}
