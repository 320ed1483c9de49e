import Logging
import Messaging

/// Consumes one queue over a connection of its own, and subscribes again for as long as it lives. Of a stream, it goes
/// on after what was acknowledged last.
package final class AMQPConsumer: MessageConsumer {
    private let control: ConnectionControl
    private let mailbox: ConsumerMailbox

    /// Starts to connect and consume at once, in the background.
    /// - Parameters:
    ///   - declare: exchanges and queues to declare at every connection, before subscribing.
    ///   - prefetch: how many messages may be out and not acknowledged, 1 to 65535.
    ///   - batchLimit: how many messages a batch has at most; nil means the prefetch.
    ///   - arguments: of the subscription, for example `x-stream-offset`.
    package init(
        _ queue: String, from address: BrokerAddress, declare topology: Topology? = nil, prefetch: Int = 200,
        batchLimit: Int? = nil, arguments: [String: HeaderValue] = [:], options: ConnectionOptions, logger: Logger
    ) throws(AMQPError) {
        let control = try ConnectionControl()
        let mailbox = ConsumerMailbox(wakeup: control.wakeup, batchLimit: max(1, batchLimit ?? prefetch))
        self.control = control
        self.mailbox = mailbox
        ConnectionThread.start(name: "amqp-consumer") {
            let role = ConsumerRole(
                queue: queue, prefetch: max(1, prefetch), arguments: arguments, mailbox: mailbox)
            ConnectionDriver(
                address: address, options: options, topology: topology, control: control, logger: logger, role: role
            ).run()
        }
    }

    deinit {
        mailbox.stop()
        control.requestStop()
    }

    package func nextBatch() async throws -> DeliveryBatch? { try await mailbox.nextBatch() }

    package func acknowledge(_ batch: DeliveryBatch) async { await mailbox.settle(.acknowledge, batch) }

    package func requeue(_ batch: DeliveryBatch) async { await mailbox.settle(.requeue, batch) }

    /// From now on `nextBatch` returns nil. Batches that are out can still be settled within the drain timeout; then
    /// the connection closes, and what was not settled goes back.
    package func stop() async {
        mailbox.stop()
        control.requestStop()
    }

    package func waitUntilReady() async throws { try await control.waitUntilReady() }

    /// Returns when the connection is closed, after `stop`.
    package func waitUntilClosed() async { await control.waitUntilFinished() }

    package var status: ConnectionStatus { control.status }
}
