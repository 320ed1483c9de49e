import Foundation
import Messaging

/// Puts messages together from their frames: a method (`basic.deliver` or `basic.return`), a header, and as many
/// bodies as the header says. One channel sends them one after another.
struct MessageAssembly: Sendable {
    private enum Progress: Sendable {
        case none
        case method(ContentMethod)
        case body(ContentMethod, ReceivedProperties, expected: UInt64)
    }

    private var progress = Progress.none

    /// The next frame; returns what is complete with it. A frame out of turn is a broken connection.
    mutating func take(_ frame: Frame) throws(AMQPError) -> IncomingEvent? {
        switch (progress, frame) {
        case (.none, .content(let method)):
            progress = .method(method)
            return nil
        case (.method(let method), .header(let size, let properties)):
            progress = .body(method, properties, expected: size)
            return completed()
        case (.body(let method, var received, let expected), .body(let bytes)):
            // The old value must go before the append, or the body is copied for every frame.
            progress = .none
            guard UInt64(received.message.body.count) + UInt64(bytes.count) <= expected else {
                throw .protocolViolation("a message is longer than its header says")
            }
            received.message.body.append(bytes)
            progress = .body(method, received, expected: expected)
            return completed()
        case (_, .control(let control)):
            // Methods of the connection itself may come between the frames of a message.
            return .control(control)
        case (.none, .header), (.none, .body), (.method, .content), (.method, .body), (.body, .content),
            (.body, .header):
            throw .protocolViolation("a frame came out of turn")
        }
    }

    private mutating func completed() -> IncomingEvent? {
        guard case .body(let method, let received, let expected) = progress,
            UInt64(received.message.body.count) == expected
        else { return nil }
        progress = .none
        switch method {
        case .deliver(let tag, let redelivered, let exchange, let routingKey):
            return .delivery(
                ReceivedDelivery(
                    tag: tag, redelivered: redelivered, exchange: exchange, routingKey: routingKey,
                    user: received.user, message: received.message))
        case .returned(let code, let text):
            return .returned(correlation: received.correlation, reason: "\(code) \(text)")
        }
    }
}
