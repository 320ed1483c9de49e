import AMQP
import Foundation
import Logging
import Messaging

/// What the broker can take and give on one queue of the kind that the services use.
struct RawBroker: Sendable {
    private let queue = "redress.load.\(UUID().uuidString)"
    private let address: BrokerAddress
    private let publisher: AMQPPublisher
    private let topology: Topology
    private let seconds: Double
    private let body: Data

    init(url: String, seconds: Double, size: Int) throws {
        address = try BrokerAddress(url)
        self.seconds = seconds
        body = Data(repeating: 0x61, count: size)
        // It goes away by itself a minute after the last use.
        topology = Topology(queues: [.init(queue, .quorum, arguments: ["x-expires": .integer(60_000)])])
        publisher = try AMQPPublisher(
            to: address, declare: topology, options: ConnectionOptions(name: "redress-load"), logger: Self.logger)
    }

    private static var logger: Logger {
        var logger = Logger(label: "redress-load")
        logger.logLevel = .warning
        return logger
    }

    /// Confirmed messages per second, with so many in flight.
    func publish(window: Int) async throws -> Double {
        try await publisher.waitUntilReady()
        let destination = Destination(exchange: "", routingKey: queue)
        let began = monotonicSeconds()
        var confirmed = 0
        while monotonicSeconds() - began < seconds {
            let messages = (0..<window).map { _ in
                Publication(
                    WireMessage(messageID: UUID().uuidString, contentType: "application/json", body: body),
                    to: destination)
            }
            let results = await publisher.publish(messages)
            guard results.allSatisfy({ $0 == .confirmed }) else { throw RawFailure(result: "\(results)") }
            confirmed += results.count
        }
        return Double(confirmed) / (monotonicSeconds() - began)
    }

    /// Messages per second that are taken and acknowledged, until the queue is empty.
    func consume() async throws -> Double {
        let consumer = try AMQPConsumer(
            queue, from: address, declare: topology, prefetch: 500, options: ConnectionOptions(name: "redress-load"),
            logger: Self.logger)
        var count = 0
        var began: Double?
        var last = monotonicSeconds()
        // The last message is told apart by nothing but silence after it.
        let watch = Task {
            try await Task.sleep(for: .seconds(seconds))
            await consumer.stop()
        }
        while let batch = try await consumer.nextBatch() {
            if began == nil { began = monotonicSeconds() }
            await consumer.acknowledge(batch)
            count += batch.deliveries.count
            last = monotonicSeconds()
        }
        watch.cancel()
        guard let began, last > began else { throw RawFailure(result: "nothing came") }
        return Double(count) / (last - began)
    }

    func close() async { await publisher.close() }
}

/// The broker did not take what was sent.
struct RawFailure: Error, CustomStringConvertible {
    var result: String

    var description: String { "the broker's answer was not what it should be: \(result.prefix(500))" }
}
