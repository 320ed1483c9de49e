import Contracts
import Foundation

/// The headers that a message carries when it is retried or parked. The body stays byte for byte what it was.
package enum FailureHeaders {
    package static let kind = "redress-failure-kind"
    package static let message = "redress-failure-message"
    package static let place = "redress-failure-place"
    package static let consumer = "redress-failure-consumer"
    package static let queue = "redress-failure-queue"
    package static let lastFailure = "redress-last-failure"

    /// The longest description that a header carries, in bytes: a header table must fit into one frame.
    package static let messageLimit = 8 * 1024

    /// The attempt that a delivered message is: 1 when it says nothing.
    package static func attempt(of message: WireMessage) -> Int {
        max(1, Int(message.headers[EnvelopeCoding.Header.attempt]?.integer ?? 1))
    }

    /// The message as it is published again: same properties and body, RabbitMQ's own death headers stripped, and the
    /// failure described.
    package static func failed(
        _ delivery: Delivery, reason: FailureReason, consumer: ConsumerName, nextAttempt: Int, at now: Date
    ) -> WireMessage {
        var message = delivery.message
        message.isPersistent = true
        message.headers = message.headers.filter { !$0.key.hasPrefix("x-death") && !$0.key.hasPrefix("x-first-death") }
        let time = HeaderValue.text(RFC3339.text(now))
        if message.headers[EnvelopeCoding.Header.firstFailure]?.text == nil {
            message.headers[EnvelopeCoding.Header.firstFailure] = time
        }
        message.headers[EnvelopeCoding.Header.attempt] = .integer(Int64(nextAttempt))
        message.headers[lastFailure] = time
        message.headers[kind] = .text(reason.kind.rawValue)
        message.headers[Self.message] = .text(bounded(reason.message))
        message.headers[place] = .text(bounded(reason.place))
        message.headers[self.consumer] = .text(consumer.text)
        message.headers[queue] = .text(delivery.queue)
        return message
    }

    /// The message as it is put back on its work queue by a replay: no trace of the failure but its first time.
    package static func cleared(_ message: WireMessage) -> WireMessage {
        var message = message
        let ours = [
            kind, Self.message, place, consumer, queue, lastFailure, EnvelopeCoding.Header.attempt,
            EnvelopeCoding.Header.firstFailure,
        ]
        message.headers = message.headers.filter {
            !ours.contains($0.key) && !$0.key.hasPrefix("x-death") && !$0.key.hasPrefix("x-first-death")
                && !$0.key.hasPrefix("x-last-death") && $0.key != "x-delivery-count"
        }
        return message
    }

    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > messageLimit else { return text }
        return String(decoding: text.utf8.prefix(messageLimit), as: UTF8.self)
    }
}
