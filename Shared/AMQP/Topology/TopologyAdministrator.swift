import Messaging

/// Declares and checks exchanges and queues, each time over a short connection of its own.
package struct TopologyAdministrator: Sendable {
    private let address: BrokerAddress
    private let options: ConnectionOptions

    package init(_ address: BrokerAddress, name: String = "redress topology") {
        self.address = address
        options = ConnectionOptions(name: name)
    }

    /// One way in which the broker differs from the description.
    package enum Difference: Hashable, Sendable, Codable, CustomStringConvertible {
        case missingExchange(String)
        case missingQueue(String)
        /// Declared with another kind or other arguments; with the broker's words.
        case otherExchange(String, String)
        case otherQueue(String, String)
        /// Our credentials may not look at it.
        case refused(String, String)

        package var description: String {
            switch self {
            case .missingExchange(let name): "the exchange \(name) is missing"
            case .missingQueue(let name): "the queue \(name) is missing"
            case .otherExchange(let name, let text): "the exchange \(name) is declared otherwise: \(text)"
            case .otherQueue(let name, let text): "the queue \(name) is declared otherwise: \(text)"
            case .refused(let name, let text): "\(name) cannot be looked at: \(text)"
            }
        }
    }

    /// How a queue stands.
    package struct QueueDepth: Hashable, Sendable, Codable {
        /// Ready to be delivered; those out at a consumer are not counted.
        package var messages: Int
        package var consumers: Int

        package init(messages: Int, consumers: Int) {
            self.messages = messages
            self.consumers = consumers
        }
    }

    /// Declares everything that is not there yet. Fails at the first thing that is declared otherwise.
    package func apply(_ topology: Topology) async throws {
        try await withLink { link in try link.declare(topology) }
    }

    /// What is missing or declared otherwise; changes nothing. AMQP cannot ask for bindings: applying again is how to
    /// be sure of them.
    package func verify(_ topology: Topology) async throws -> [Difference] {
        try await withLink { link in
            var found: [Difference] = []
            for exchange in topology.exchanges {
                if let difference = try Self.difference(exchange, link) { found.append(difference) }
            }
            for queue in topology.queues {
                if let difference = try Self.difference(queue, link) { found.append(difference) }
            }
            return found
        }
    }

    /// The depth of each queue; nil for one that does not exist.
    package func depths(of queues: [String]) async throws -> [String: QueueDepth?] {
        try await withLink { link in
            var result: [String: QueueDepth?] = [:]
            for name in queues {
                let depth: QueueDepth? = try Self.unlessRefused(404, link) {
                    let (messages, consumers) = try link.inspectQueue(name)
                    return QueueDepth(messages: messages, consumers: consumers)
                }
                result.updateValue(depth, forKey: name)
            }
            return result
        }
    }

    private func withLink<T: Sendable>(_ body: @escaping @Sendable (RabbitLink) throws -> T) async throws -> T {
        let (address, options) = (address, options)
        return try await ConnectionThread.run(name: "amqp-topology") {
            let link = try RabbitLink(to: address, options: options)
            let result = try body(link)
            link.sayGoodbye()
            return result
        }
    }

    /// Looks first, so that checking creates nothing; then declares as described, which changes nothing either when it
    /// is the same, and is refused when it is not.
    private static func difference(_ exchange: Topology.Exchange, _ link: RabbitLink) throws -> Difference? {
        try difference(exchange.name, link, missing: .missingExchange(exchange.name)) {
            try link.declare(exchange, passive: true)
            try link.declare(exchange)
        } other: {
            .otherExchange(exchange.name, $0)
        }
    }

    private static func difference(_ queue: Topology.Queue, _ link: RabbitLink) throws -> Difference? {
        try difference(queue.name, link, missing: .missingQueue(queue.name)) {
            _ = try link.inspectQueue(queue.name)
            try link.declare(queue)
        } other: {
            .otherQueue(queue.name, $0)
        }
    }

    private static func difference(
        _ name: String, _ link: RabbitLink, missing: Difference, _ look: () throws -> Void,
        other: (String) -> Difference
    ) throws -> Difference? {
        do {
            try look()
            return nil
        } catch AMQPError.channelClosed(_, let code, let text) {
            try link.reopenChannel()
            switch code {
            case 404: return missing
            case 406: return other(text)
            case 403: return .refused(name, text)
            default: return other("\(code) \(text)")
            }
        }
    }

    /// The broker answers a refusal by closing the channel; a new one is opened for what follows.
    private static func unlessRefused<T>(_ code: Int, _ link: RabbitLink, _ body: () throws -> T) throws -> T? {
        do {
            return try body()
        } catch AMQPError.channelClosed(_, code, _) {
            try link.reopenChannel()
            return nil
        }
    }
}
