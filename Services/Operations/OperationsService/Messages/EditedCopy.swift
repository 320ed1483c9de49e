import Contracts
import Foundation
import Messaging

/// A message with another body in place of one that cannot be handled as it is.
///
/// Its id is new, because the consumer may remember the old one; every other header that says what it is stays locked.
enum EditedCopy {
    /// Names the message that this one takes the place of.
    static let header = "redress-replay-of"

    static func of(_ original: WireMessage, id: UUID, body: Data) -> WireMessage {
        var copy = FailureHeaders.cleared(original)
        let text = id.uuidString.lowercased()
        let originalID = original.headers[EnvelopeCoding.Header.id]?.text ?? original.messageID ?? ""
        copy.messageID = text
        copy.headers[EnvelopeCoding.Header.id] = .text(text)
        copy.headers[header] = .text(originalID)
        copy.contentType = "application/json"
        copy.body = body
        return copy
    }

    /// Checks that a body is what the message's type says.
    /// - Throws: `HandlingInterruption.park` with the reason, as the consumer would park it; its place is the field.
    static func check(_ body: Data, type name: String) throws {
        guard let type = MessageType(name: name), let payload = MessageCatalogue.payload(for: type) else {
            throw HandlingInterruption.park(
                FailureReason(.unknownType, "'\(name)' is not in the catalogue of messages", place: "type"))
        }
        try decode(payload, body)
    }

    private static func decode<Payload: Event>(_ type: Payload.Type, _ body: Data) throws {
        _ = try PayloadDecoding.decode(type, from: body)
    }
}
