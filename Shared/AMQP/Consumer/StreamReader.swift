import Foundation
import Logging
import Messaging

/// Reads a stream (the journal) from a point to its present end, and then finishes.
package struct StreamReader: Sendable {
    /// Where to begin.
    package enum Start: Hashable, Sendable {
        case first
        /// The first message of about that time: the broker begins with the whole block that holds it.
        case time(Date)
        case offset(Int64)

        fileprivate var argument: HeaderValue {
            switch self {
            case .first: "first"
            case .time(let date): .timestamp(date)
            case .offset(let number): .integer(number)
            }
        }
    }

    private let address: BrokerAddress
    private let queue: String
    private let logger: Logger
    /// After this long without a message there is none.
    private let silence: Duration
    /// After this long without a message, though there must be one, reading has failed.
    private let patience: Duration

    package init(
        _ queue: String, at address: BrokerAddress, silence: Duration = .milliseconds(400),
        patience: Duration = .seconds(20), logger: Logger
    ) {
        self.queue = queue
        self.address = address
        self.silence = silence
        self.patience = patience
        self.logger = logger
    }

    /// Gives each message to `body`, in order, with its offset in the stream. Ends with the message that was the last
    /// when reading began.
    package func read(
        from start: Start = .first, _ body: (Delivery, _ offset: Int64) async throws -> Void
    ) async throws {
        guard let end = try await lastOffset() else { return }
        if case .offset(let number) = start, number > end { return }
        try await withConsumer(from: start.argument) { consumer in
            while true {
                // Beginning with a time, there may be nothing as late as that: then silence is the answer.
                let mayBeEmpty = if case .time = start { true } else { false }
                guard let batch = try await nextBatch(consumer, within: mayBeEmpty ? silence * 3 : patience) else {
                    if mayBeEmpty { return }
                    throw AMQPError.streamStalled(queue)
                }
                for delivery in batch.deliveries {
                    guard let offset = delivery.message.headers["x-stream-offset"]?.integer else { continue }
                    if offset <= end { try await body(delivery, offset) }
                    if offset >= end { return }
                }
                await consumer.acknowledge(batch)
            }
        }
    }

    /// The offset of the last message; nil when there is none. The broker sends the last block of the stream, which
    /// has no mark for its end: it ends with a silence.
    package func lastOffset() async throws -> Int64? {
        try await withConsumer(from: "last") { consumer in
            var last: Int64?
            while let batch = try await nextBatch(consumer, within: silence) {
                last = batch.deliveries.compactMap { $0.message.headers["x-stream-offset"]?.integer }.max() ?? last
                await consumer.acknowledge(batch)
            }
            return last
        }
    }

    private func withConsumer<T>(
        from argument: HeaderValue, _ body: (AMQPConsumer) async throws -> T
    ) async throws -> T {
        // Fails with the broker's own words when there is no such stream or no such broker, instead of trying on.
        let depths = try await TopologyAdministrator(address).depths(of: [queue])
        guard depths[queue] != .some(nil) else {
            throw AMQPError.channelClosed(operation: "read \(queue)", code: 404, text: "there is no such stream")
        }
        let consumer = try AMQPConsumer(
            queue, from: address, prefetch: 1000, arguments: ["x-stream-offset": argument],
            options: ConnectionOptions(name: "redress stream reader"), logger: logger)
        do {
            try await consumer.waitUntilReady()
            let result = try await body(consumer)
            await consumer.stop()
            return result
        } catch {
            await consumer.stop()
            throw error
        }
    }

    /// Nil when none came in time.
    private func nextBatch(_ consumer: AMQPConsumer, within time: Duration) async throws -> DeliveryBatch? {
        try await withThrowingTaskGroup(of: DeliveryBatch?.self) { group in
            group.addTask {
                do { return try await consumer.nextBatch() } catch is CancellationError { return nil }
            }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            // A batch that came just as the time ran out is not lost.
            return if let first { first } else { try await group.next() ?? nil }
        }
    }
}
