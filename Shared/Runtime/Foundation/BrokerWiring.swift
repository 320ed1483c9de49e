import AMQP
import Foundation
import Logging
import Messaging
import ServiceLifecycle

/// Makes connections to the broker as the configuration says. Publishing and consuming have connections of their own: a
/// broker that holds back a publisher must not hold back acknowledgements.
struct BrokerWiring: Sendable {
    let address: BrokerAddress
    let declares: Bool
    let prefetch: Int
    let name: String
    let logger: Logger

    /// - Throws: `CannotStart` when the address is wrong.
    init(_ configuration: CommonConfiguration, _ context: ServiceContext) throws {
        do {
            address = try BrokerAddress(configuration.broker.url.reveal())
        } catch {
            throw CannotStart("broker.url is wrong: \(error)", exitCode: 78)
        }
        declares = configuration.broker.declares
        prefetch = configuration.consumer.prefetch
        name = context.identity.executable
        logger = context.logger
    }

    func publisher() throws -> AMQPPublisher {
        try AMQPPublisher(
            to: address, declare: declares ? RedressTopology.foundation : nil,
            options: ConnectionOptions(name: "\(name) publisher"), logger: logger)
    }

    func consumer(_ queue: String, declaring topology: Topology) throws -> AMQPConsumer {
        try AMQPConsumer(
            queue, from: address, declare: declares ? topology : nil, prefetch: prefetch,
            options: ConnectionOptions(name: "\(name) \(queue)"), logger: logger)
    }
}

/// Closes the publisher when everything that publishes has stopped: first in the list, it is last to be stopped.
struct PublisherLifetime: Service {
    let publisher: AMQPPublisher

    func run() async throws {
        try? await gracefulShutdown()
        await publisher.close()
    }
}
