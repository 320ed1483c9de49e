import AMQP
import Contracts
import Foundation
import Logging
import Messaging

/// Reads the journal stream from a day to its end.
///
/// A stream has no end mark: it is at its end when nothing more has come for a while.
struct JournalReader: Sendable {
    let address: BrokerAddress
    /// How long nothing must come for the end to be believed.
    var quiet: Duration = .seconds(1)
    /// How long reaching the broker may take.
    var patience: Duration = .seconds(10)

    /// The envelopes of one complaint, in the order of the journal.
    /// - Throws: `CommandFailure` when the broker cannot be reached.
    func envelopes(of number: TicketNumber) async throws -> [Envelope] {
        var logger = Logger(label: "redress.trace")
        logger.logLevel = .critical
        let consumer = try AMQPConsumer(
            RedressTopology.journal, from: address, prefetch: 1000,
            arguments: ["x-stream-offset": Self.offset(for: number)], options: ConnectionOptions(name: "redress trace"),
            logger: logger)
        try await reach(consumer)
        var found: [Envelope] = []
        while let batch = try await next(of: consumer) {
            found += batch.deliveries.compactMap { try? EnvelopeCoding.envelope(of: $0.message) }
                .filter { $0.subject == number }
            await consumer.acknowledge(batch)
        }
        await consumer.stop()
        return found
    }

    /// A complaint's events begin on the day in its number. The day is local and clocks differ, so two days' grace.
    static func offset(for number: TicketNumber) -> HeaderValue {
        guard let day = Int(number.day),
            let date = DateComponents(
                calendar: Calendar(identifier: .gregorian), timeZone: TimeZone(secondsFromGMT: 0), year: day / 10_000,
                month: day / 100 % 100, day: day % 100
            ).date, date < Date()
        else { return "first" }
        return .timestamp(date.addingTimeInterval(-2 * 86_400))
    }

    private func reach(_ consumer: AMQPConsumer) async throws {
        let reached = try await within(patience) {
            try await consumer.waitUntilReady()
            return true
        }
        guard reached != true else { return }
        let reason = if case .connecting(let error?) = consumer.status { ": \(error)" } else { "" }
        throw CommandFailure.unreachable(
            "the broker cannot be reached at \(address)\(reason)", advice: "Is it running? compose/up starts everything.")
    }

    private func next(of consumer: AMQPConsumer) async throws -> DeliveryBatch? {
        try await within(quiet) { try await consumer.nextBatch() } ?? nil
    }

    /// The result of the work, or nil when it takes longer.
    private func within<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
