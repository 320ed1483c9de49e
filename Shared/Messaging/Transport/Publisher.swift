import Foundation

/// Where a message is published to.
package struct Destination: Hashable, Sendable, Codable {
    package var exchange: String
    package var routingKey: String

    package init(exchange: String, routingKey: String) {
        self.exchange = exchange
        self.routingKey = routingKey
    }
}

/// A message on its way out.
package struct Publication: Hashable, Sendable {
    package var message: WireMessage
    package var destination: Destination

    package init(_ message: WireMessage, to destination: Destination) {
        self.message = message
        self.destination = destination
    }
}

/// What became of a publication. Only `confirmed` means that a queue has it.
package enum PublishResult: Hashable, Sendable {
    /// The broker has it on every queue that it was routed to, on disk.
    case confirmed
    /// Mandatory, and no queue was bound for it.
    case returned(String)
    /// The broker refused it: a queue is full, or could not write it.
    case rejected
    /// It cannot be put on the wire at all, for example a header table larger than a frame. Sending it again is no use.
    case unsendable(String)
    /// The connection ended, or is not there, or is blocked: the broker may or may not have it. Publish it again.
    case unknown(String)
}

/// Publishes with confirms, mandatory and persistent.
package protocol MessagePublisher: Sendable {
    /// Publishes all with confirms in flight and returns when the fate of each is known, in the order given.
    /// It never waits for a connection: without one each result is `unknown` at once.
    func publish(_ publications: [Publication]) async -> [PublishResult]

    /// Suspends until publishing has a chance: connected and not blocked. Throws only when cancelled.
    func waitUntilReady() async throws

    /// How the connection stands, for `/readyz`.
    var status: ConnectionStatus { get }
}

/// How a connection to the broker stands.
package enum ConnectionStatus: Hashable, Sendable {
    /// Being opened for the first time or again; with what failed last, if anything did.
    case connecting(lastError: String?)
    case ready
    /// The broker has stopped reading because of a memory or disk alarm.
    case blocked(reason: String)
    case closed

    /// True when messages can flow.
    package var isReady: Bool { self == .ready }
}
