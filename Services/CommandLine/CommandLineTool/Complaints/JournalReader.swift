import AMQP
import Contracts
import Foundation
import Logging
import Messaging

/// Finds the events of a complaint in the journal stream.
struct JournalReader: Sendable {
    let address: BrokerAddress

    /// The envelopes of one complaint, in the order of the journal.
    /// - Throws: `CommandFailure` when the broker cannot be reached, or has no journal.
    func envelopes(of number: TicketNumber) async throws -> [Envelope] {
        var logger = Logger(label: "redress.trace")
        logger.logLevel = .critical
        let reader = StreamReader(RedressTopology.journal, at: address, logger: logger)
        var found: [Envelope] = []
        try await BrokerFailure.explained(at: address) {
            try await reader.read(from: Self.start(for: number)) { delivery, _ in
                if let envelope = try? EnvelopeCoding.envelope(of: delivery.message), envelope.subject == number {
                    found.append(envelope)
                }
            }
        }
        return found
    }

    /// A complaint's events begin on the day in its number. That day is local, and a demonstration's clock may be ahead
    /// of the broker's: then the whole journal is read.
    static func start(for number: TicketNumber, now: Date = Date()) -> StreamReader.Start {
        let day = Int(number.day) ?? 0
        let components = DateComponents(
            calendar: Calendar(identifier: .gregorian), timeZone: .gmt, year: day / 10_000, month: day / 100 % 100,
            day: day % 100)
        guard let date = components.date, date < now else { return .first }
        return .time(date.addingTimeInterval(-2 * 86_400))
    }
}

/// The broker's refusals in words for whoever typed a command.
enum BrokerFailure {
    static func explained<Value>(at address: BrokerAddress, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch AMQPError.channelClosed(_, let code, let text) {
            throw CommandFailure.refused("the broker refused it: \(code) \(text)")
        } catch let error as AMQPError {
            throw CommandFailure.unreachable(
                "the broker at \(address) cannot be reached or does not answer: \(error)",
                advice: "Is it running? compose/up starts everything.")
        }
    }
}
