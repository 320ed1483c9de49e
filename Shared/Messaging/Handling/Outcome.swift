import Contracts
import Foundation

/// How the handling of a message ends. There is no other end: nothing is dropped silently.
package enum Outcome: Hashable, Sendable {
    /// Its effect is committed.
    case handled
    /// It was handled before; nothing changed.
    case duplicate
    /// It cannot be handled yet: what it needs has not come, or something is out of order that will pass. It is tried
    /// again after the next retry tier, and parked when the tiers are used up.
    case retry(FailureReason)
    /// It can never be handled as it is; a person has to look at it.
    case park(FailureReason)
}

/// Why a message was not handled.
package struct FailureReason: Hashable, Sendable, Codable {
    /// The kind of failure, a stable word that lists can be filtered by.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The body is not JSON, or the envelope's headers are missing or malformed.
        case malformed
        /// Nobody here knows the message type.
        case unknownType
        /// The type is known in another version.
        case wrongVersion
        /// The body is JSON but not of the type's form.
        case schema
        /// The complaint that it is about is not known here (yet).
        case unknownComplaint
        /// The complaint is known but something that has to come first has not come (yet).
        case premature
        /// The procedure does not allow it in the complaint's state.
        case rejected
        /// The handler failed in a way that nobody foresaw.
        case unexpected
        /// Its consumer died on it as often as the delivery limit allows.
        case deliveryLimit
    }

    package var kind: Kind
    /// For a person: what is wrong, with the field or header by name.
    package var message: String
    /// The module and function, or the coding path, where it was found.
    package var place: String

    package init(_ kind: Kind, _ message: String, place: String = "") {
        self.kind = kind
        self.message = message
        self.place = place
    }
}

/// Thrown by a handler to end with `retry` or `park` from any depth.
package enum HandlingInterruption: Error, Hashable, Sendable {
    case retry(FailureReason)
    case park(FailureReason)

    /// The complaint is not known here yet: retried, because a message may come before what it needs.
    package static func unknownComplaint(_ number: TicketNumber, place: String = #function) -> HandlingInterruption {
        .retry(FailureReason(.unknownComplaint, "complaint \(number) is not known here", place: place))
    }

    /// Something that has to come first has not come yet.
    package static func premature(_ message: String, place: String = #function) -> HandlingInterruption {
        .retry(FailureReason(.premature, message, place: place))
    }

    /// The procedure does not allow it, and waiting will not change that.
    package static func rejected(_ message: String, place: String = #function) -> HandlingInterruption {
        .park(FailureReason(.rejected, message, place: place))
    }
}
