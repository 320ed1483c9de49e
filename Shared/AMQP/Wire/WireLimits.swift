import Foundation
import Messaging

/// What fits on the wire. A header is never fragmented: one that is too large for a frame would leave half a message
/// behind and with it a useless connection, so sizes are checked before anything is sent.
struct WireLimits: Hashable, Sendable {
    /// Bytes of a whole frame.
    var frameMaximum: Int
    /// Bytes of a message's body that brokers accept by default (16 MiB).
    var bodyMaximum: Int
    /// Bytes of the user's name, which the publisher adds as `user-id`.
    var userSize: Int

    init(frameMaximum: Int = 131_072, bodyMaximum: Int = 16 * 1024 * 1024, userSize: Int = 0) {
        self.frameMaximum = frameMaximum
        self.bodyMaximum = bodyMaximum
        self.userSize = userSize
    }

    /// Frame header and end, class, weight, body size and flags; with room for the properties of fixed size.
    private static let headerOverhead = 8 + 12 + 2 + 16
    /// The publication's own number, which the publisher adds as `correlation-id`.
    private static let correlationSize = 21

    /// Why the publication cannot be sent; nil when it can.
    func violation(of publication: Publication) -> String? {
        let message = publication.message
        let shortStrings = [
            ("exchange", publication.destination.exchange), ("routing key", publication.destination.routingKey),
            ("message id", message.messageID ?? ""), ("content type", message.contentType ?? ""),
        ]
        for (name, text) in shortStrings where text.utf8.count > 255 {
            return "the \(name) has \(text.utf8.count) bytes; 255 are possible"
        }
        if message.body.count > bodyMaximum {
            return "the body has \(message.body.count) bytes; \(bodyMaximum) are possible"
        }
        if let timestamp = message.timestamp, timestamp.wireSeconds == nil {
            return "the timestamp cannot be expressed in whole seconds since 1970"
        }
        guard let headers = TableSize.ofTable(message.headers) else {
            return "a header's name is longer than 255 bytes, or a header's time is before 1970"
        }
        let size =
            Self.headerOverhead + Self.correlationSize + 1 + userSize + headers + (message.messageID?.utf8.count ?? 0)
            + (message.contentType?.utf8.count ?? 0)
        return size > frameMaximum ? "the headers need \(size) bytes; \(frameMaximum) fit in a frame" : nil
    }
}

/// How many bytes a table takes on the wire; nil when it cannot be written at all.
enum TableSize {
    static func ofTable(_ table: [String: HeaderValue]) -> Int? {
        var size = 4
        for (key, value) in table {
            guard key.utf8.count <= 255, let valueSize = ofValue(value) else { return nil }
            size += 1 + key.utf8.count + valueSize
        }
        return size
    }

    /// One byte says the kind.
    private static func ofValue(_ value: HeaderValue) -> Int? {
        switch value {
        case .text(let text): return 1 + 4 + text.utf8.count
        case .bytes(let data): return 1 + 4 + data.count
        case .integer, .double: return 1 + 8
        case .timestamp(let date): return date.wireSeconds == nil ? nil : 1 + 8
        case .bool: return 1 + 1
        case .void: return 1
        case .table(let table): return ofTable(table).map { 1 + $0 }
        case .list(let values):
            return values.reduce(Optional(1 + 4)) { sum, value in
                guard let sum, let size = ofValue(value) else { return nil }
                return sum + size
            }
        }
    }
}

extension Date {
    /// The seconds since 1970 of an AMQP timestamp, which has neither fractions nor a sign.
    var wireSeconds: UInt64? {
        let seconds = timeIntervalSince1970.rounded(.down)
        return (0..<253_402_300_800).contains(seconds) ? UInt64(seconds) : nil
    }
}
