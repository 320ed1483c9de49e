import Contracts
import Cryptography
import Foundation
import Messaging

/// A message as it lay on a dead queue, and what can be said about it. Whatever arrives can be described: nothing about
/// a message may keep it from being stored.
struct ParkedMessage: Hashable, Sendable {
    let consumer: ConsumerName
    /// As it arrived: original body, original headers, failure headers.
    let message: WireMessage
    /// The same for every parking of the same message: its consumer, properties, headers and body without what a failure
    /// adds. Two messages that share an id but not a body are two letters.
    let identity: String
    /// The same for every delivery of one parking, so that a delivery that is repeated does not count twice.
    let parking: String
    let reason: FailureReason
    let attempt: Int
    let firstFailure: Date?
    let lastFailure: Date?

    init(_ message: WireMessage, consumer: ConsumerName) {
        self.consumer = consumer
        self.message = message
        identity = Self.identity(of: message)
        attempt = FailureHeaders.attempt(of: message)
        let headers = message.headers
        firstFailure = headers[EnvelopeCoding.Header.firstFailure]?.text.flatMap(RFC3339.date)
        if let death = Self.brokerDeath(of: message, queue: consumer.workQueue) {
            reason = FailureReason(
                .deliveryLimit, "its consumer stopped while handling it, as often as the delivery limit allows",
                place: consumer.workQueue)
            lastFailure = death.time
            parking = "death \(death.count) \(death.time.map(RFC3339.text) ?? "")"
        } else {
            reason = Self.reason(headers)
            lastFailure = headers[FailureHeaders.lastFailure]?.text.flatMap(RFC3339.date)
            parking = "\(headers[FailureHeaders.lastFailure]?.text ?? "") \(attempt)"
        }
    }

    var messageID: String {
        let id = message.headers[EnvelopeCoding.Header.id]?.text ?? message.messageID ?? ""
        return id.lowercased()
    }
    var type: String { message.headers[EnvelopeCoding.Header.type]?.text ?? "" }
    var subject: String { message.headers[EnvelopeCoding.Header.subject]?.text ?? "" }
    var source: String { message.headers[EnvelopeCoding.Header.source]?.text ?? "" }
    /// The id of the message that this one is an edited copy of.
    var replayOf: String? { message.headers[EditedCopy.header]?.text }

    private static func reason(_ headers: [String: HeaderValue]) -> FailureReason {
        let kind = headers[FailureHeaders.kind]?.text.flatMap(FailureReason.Kind.init(rawValue:)) ?? .unexpected
        return FailureReason(
            kind, headers[FailureHeaders.message]?.text ?? "nobody said why it was parked",
            place: headers[FailureHeaders.place]?.text ?? "")
    }

    private static func identity(of message: WireMessage) -> String {
        let cleared = FailureHeaders.cleared(message)
        var bytes = Data()
        for part in [cleared.messageID, cleared.contentType, cleared.timestamp.map(RFC3339.text)] {
            bytes.append(contentsOf: "\(part ?? "-")\u{0}".utf8)
        }
        bytes.append(StoredHeaders.encode(cleared.headers))
        bytes.append(0)
        bytes.append(cleared.body)
        return SHA256.hex(bytes)
    }

    /// When the broker itself parked the message, under its delivery limit: how often, and when last.
    private static func brokerDeath(of message: WireMessage, queue: String) -> (count: Int64, time: Date?)? {
        guard case .list(let deaths)? = message.headers["x-death"] else { return nil }
        for case .table(let death) in deaths
        where death["reason"]?.text == "delivery_limit" && death["queue"]?.text == queue {
            var time: Date?
            if case .timestamp(let value)? = death["time"] { time = value }
            return (death["count"]?.integer ?? 1, time)
        }
        return nil
    }
}

/// Headers as they are stored: JSON that can hold every value that AMQP can.
enum StoredHeaders {
    static func encode(_ headers: [String: HeaderValue]) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")
        // Nothing else in a header can fail to be written; an empty table would still be a letter that can be shown.
        return (try? encoder.encode(headers)) ?? Data("{}".utf8)
    }

    static func decode(_ data: Data) throws -> [String: HeaderValue] {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode([String: HeaderValue].self, from: data)
    }
}
