/// What ended a connection or an operation on it. After any of them the connection is destroyed.
package enum AMQPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The library or the network failed during an operation.
    case library(operation: String, code: Int32, text: String)
    /// The broker refused an operation on the channel, for example 404 no such queue, 406 declared otherwise.
    case channelClosed(operation: String, code: Int, text: String)
    /// The broker closed the connection, for example 403 wrong password, 320 shut down by an operator.
    case connectionClosed(operation: String, code: Int, text: String)
    /// What came is not AMQP as it should be.
    case protocolViolation(String)
    /// The subscription was cancelled by the broker.
    case subscriptionCancelled(queue: String)
    /// No confirm came in time.
    case confirmTimeout(seconds: Int)
    /// A file that TLS needs cannot be used.
    case unusableFile(String)
    /// A stream did not come to its end in time.
    case streamStalled(String)

    package var description: String {
        switch self {
        case .library(let operation, _, let text): "\(operation): \(text)"
        case .channelClosed(let operation, let code, let text), .connectionClosed(let operation, let code, let text):
            "\(operation): the broker answered \(code) \(text)"
        case .protocolViolation(let text): "the broker does not keep to the protocol: \(text)"
        case .subscriptionCancelled(let queue):
            "the broker cancelled the subscription of \(queue): it was deleted or has moved"
        case .confirmTimeout(let seconds): "the broker did not confirm a message within \(seconds) s"
        case .unusableFile(let path): "the file \(path) cannot be used for TLS"
        case .streamStalled(let queue): "the stream \(queue) did not come to its end in time"
        }
    }

    /// The broker's answer, when it was one: 404, 406, …
    package var brokerCode: Int? {
        switch self {
        case .channelClosed(_, let code, _), .connectionClosed(_, let code, _): code
        case .library, .protocolViolation, .subscriptionCancelled, .confirmTimeout, .unusableFile, .streamStalled: nil
        }
    }
}
