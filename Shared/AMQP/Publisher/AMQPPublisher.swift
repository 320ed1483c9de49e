import Logging
import Messaging

/// Publishes over a connection of its own, mandatory, persistent and with confirms, and reconnects for as long as it
/// lives. Any number of callers may publish at once; everything given is in flight together, up to the window.
package final class AMQPPublisher: MessagePublisher {
    private let control: ConnectionControl
    private let mailbox: PublisherMailbox

    /// Starts to connect at once, in the background.
    /// - Parameters:
    ///   - declare: exchanges and queues to declare at every connection.
    ///   - window: how many publications may be unconfirmed.
    package init(
        to address: BrokerAddress, declare topology: Topology? = nil, window: Int = 1000, options: ConnectionOptions,
        logger: Logger
    ) throws(AMQPError) {
        let control = try ConnectionControl()
        let mailbox = PublisherMailbox(wakeup: control.wakeup, capacity: 65_536)
        self.control = control
        self.mailbox = mailbox
        ConnectionThread.start(name: "amqp-publisher") {
            let role = PublisherRole(mailbox: mailbox, window: window, confirmTimeout: options.confirmTimeout)
            ConnectionDriver(
                address: address, options: options, topology: topology, control: control, logger: logger, role: role
            ).run()
        }
    }

    deinit { control.requestStop() }

    package func publish(_ publications: [Publication]) async -> [PublishResult] {
        publications.isEmpty ? [] : await mailbox.publish(publications)
    }

    package func waitUntilReady() async throws { try await control.waitUntilReady() }

    package var status: ConnectionStatus { control.status }

    /// Takes nothing new, waits for what is in flight (at most the drain timeout), closes the connection and returns.
    package func close() async {
        control.requestStop()
        await control.waitUntilFinished()
    }
}
