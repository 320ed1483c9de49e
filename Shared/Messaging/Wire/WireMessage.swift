import Foundation

/// A message exactly as it is on the wire: properties, headers and bytes, before anybody has judged whether it is one
/// of ours. Whatever arrives can be represented, so that whatever arrives can be parked and shown.
package struct WireMessage: Hashable, Sendable {
    package var messageID: String?
    package var contentType: String?
    /// Seconds are all that the AMQP property holds; the exact time is the header `cloudEvents_time`.
    package var timestamp: Date?
    package var headers: [String: HeaderValue]
    package var body: Data
    /// False only for what may be lost with the broker; everything of ours is persistent.
    package var isPersistent: Bool

    package init(
        messageID: String? = nil, contentType: String? = nil, timestamp: Date? = nil,
        headers: [String: HeaderValue] = [:], body: Data, isPersistent: Bool = true
    ) {
        self.messageID = messageID
        self.contentType = contentType
        self.timestamp = timestamp
        self.headers = headers
        self.body = body
        self.isPersistent = isPersistent
    }
}

/// The value of a header or of a queue's argument, as far as AMQP's tables are used here.
package enum HeaderValue: Hashable, Sendable, Codable {
    case text(String)
    case integer(Int64)
    case bool(Bool)
    case double(Double)
    case timestamp(Date)
    case bytes(Data)
    case list([HeaderValue])
    case table([String: HeaderValue])
    case void

    /// The value when it is text.
    package var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// The value when it is a whole number.
    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }
}

extension HeaderValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
