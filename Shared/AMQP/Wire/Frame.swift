import Foundation
import Messaging

/// A frame with everything copied out of the library's buffers.
enum Frame: Hashable, Sendable {
    case content(ContentMethod)
    case header(bodySize: UInt64, ReceivedProperties)
    case body(Data)
    case control(ControlMethod)
}

/// A method that a message follows.
enum ContentMethod: Hashable, Sendable {
    case deliver(tag: UInt64, redelivered: Bool, exchange: String, routingKey: String)
    case returned(code: Int, text: String)
}

/// A method without a message.
enum ControlMethod: Hashable, Sendable {
    case acknowledged(UInt64, multiple: Bool)
    case refused(UInt64, multiple: Bool)
    /// The broker ended the subscription: the queue is gone or has moved.
    case subscriptionCancelled
    /// The broker's answer to our cancelling.
    case cancelConfirmed
    case blocked(reason: String)
    case unblocked
    case channelClosed(code: Int, text: String)
    case connectionClosed(code: Int, text: String)
    /// Nothing that we asked for; ignored.
    case other(UInt32)
}

/// The properties of a message as far as they are used: a message still without body.
struct ReceivedProperties: Hashable, Sendable {
    var message: WireMessage
    /// The property `correlation-id`, in which the publisher finds the number of what is returned to it.
    var correlation: String?
    /// The property `user-id`, which the broker lets nobody set but the user of that name.
    var user: String?
}

/// A message as it came, before it is known for which queue.
struct ReceivedDelivery: Hashable, Sendable {
    var tag: UInt64
    var redelivered: Bool
    var exchange: String
    var routingKey: String
    /// Who published it, by the broker's word; nil when the publisher did not say.
    var user: String?
    var message: WireMessage
}

/// What the frames mean when they are put together.
enum IncomingEvent: Hashable, Sendable {
    case delivery(ReceivedDelivery)
    case returned(correlation: String?, reason: String)
    case control(ControlMethod)
}
