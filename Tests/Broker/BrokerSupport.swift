import AMQP
import Foundation
import Logging
import Messaging
import TestSupport

/// Short ways to say what the tests of the transport do again and again.
struct Peer: Sendable {
    let address: BrokerAddress

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func publisher(
        declare topology: Topology? = nil, window: Int = 1000,
        options: ConnectionOptions = ConnectionOptions(name: "test publisher")
    ) throws -> AMQPPublisher {
        try AMQPPublisher(to: address, declare: topology, window: window, options: options, logger: Self.logger)
    }

    func consumer(
        _ queue: String, declare topology: Topology? = nil, prefetch: Int = 200,
        arguments: [String: HeaderValue] = [:],
        options: ConnectionOptions = ConnectionOptions(name: "test consumer")
    ) throws -> AMQPConsumer {
        try AMQPConsumer(
            queue, from: address, declare: topology, prefetch: prefetch, arguments: arguments, options: options,
            logger: Self.logger)
    }

    var administrator: TopologyAdministrator { TopologyAdministrator(address) }

    /// Ready messages in a queue.
    func depth(_ queue: String) async throws -> Int {
        try await (administrator.depths(of: [queue])[queue] ?? nil)?.messages ?? -1
    }
}

/// One topic exchange and one quorum queue bound to all of it.
func workTopology(_ queue: String = "work", arguments: [String: HeaderValue] = [:]) -> Topology {
    Topology(
        exchanges: [Topology.Exchange("events", .topic)],
        queues: [Topology.Queue(queue, .quorum, arguments: arguments)],
        bindings: [Topology.Binding(from: "events", to: queue, key: "complaint.#")])
}

func publication(
    _ text: String, key: String = "complaint.received.-", exchange: String = "events",
    headers: [String: HeaderValue] = [:]
) -> Publication {
    Publication(
        WireMessage(messageID: text, contentType: "text/plain", headers: headers, body: Data(text.utf8)),
        to: Destination(exchange: exchange, routingKey: key))
}

extension DeliveryBatch {
    var texts: [String] { deliveries.map { String(decoding: $0.message.body, as: UTF8.self) } }
}

/// Takes and acknowledges until that many have come.
func collect(_ count: Int, from consumer: AMQPConsumer) async throws -> [Delivery] {
    var all: [Delivery] = []
    while all.count < count, let batch = try await consumer.nextBatch() {
        all += batch.deliveries
        await consumer.acknowledge(batch)
    }
    return all
}
