import Contracts
import Foundation
import Messaging

/// Every event of one complaint, in the order in which the broker took them: an effect never stands before its cause.
struct Trace: Codable, Hashable, Sendable {
    struct Entry: Codable, Hashable, Sendable {
        var id: UUID
        /// When it happened, by the clock of the service that said it.
        var time: Date
        /// `redress/department/logistics`
        var service: String
        var type: MessageType
        /// The message or request that caused it.
        var causationID: String
        /// Since the message that caused it, or since the one before when a person or a clock was the cause.
        var latencyMilliseconds: Int
        /// Since the first event of the complaint.
        var elapsedMilliseconds: Int
        /// False when a person or a clock was the cause: the latency is then how long that took.
        var isReaction: Bool
    }

    var number: TicketNumber
    var events: [Entry]

    /// - Parameter envelopes: as they stand in the journal; a message that was published twice counts once.
    init(number: TicketNumber, envelopes: [Envelope]) {
        self.number = number
        var times: [String: Date] = [:]
        var previous: Date?
        var entries: [Entry] = []
        for envelope in envelopes where envelope.subject == number {
            let id = envelope.id.uuidString.lowercased()
            guard times[id] == nil else { continue }
            // What a request caused names itself as its cause.
            let cause = times[envelope.causationID.lowercased()]
            times[id] = envelope.time
            let since = cause ?? previous ?? envelope.time
            entries.append(
                Entry(
                    id: envelope.id, time: envelope.time, service: envelope.source, type: envelope.type,
                    causationID: envelope.causationID, latencyMilliseconds: Self.milliseconds(since, envelope.time),
                    elapsedMilliseconds: Self.milliseconds(entries.first?.time ?? envelope.time, envelope.time),
                    isReaction: cause != nil))
            previous = envelope.time
        }
        events = entries
    }

    private static func milliseconds(_ from: Date, _ to: Date) -> Int {
        Int((to.timeIntervalSince(from) * 1000).rounded())
    }

    var text: String {
        let rows = events.map { event in
            [
                RFC3339.text(event.time), event.service, "\(event.type.noun).\(event.type.verb)",
                (event.isReaction ? "+" : "~") + Self.duration(event.latencyMilliseconds),
                Self.duration(event.elapsedMilliseconds),
            ]
        }
        let table = TextTable(headings: ["time", "service", "event", "latency", "since the start"], rows: rows)
        return
            "\(number): \(events.count) events\n\(table.text)\n+ after the message that caused it, ~ after the event before"
    }

    /// `12 ms`, `3.4 s`, `5 min`, `2.5 h`.
    static func duration(_ milliseconds: Int) -> String {
        let value = Double(milliseconds)
        return switch abs(milliseconds) {
        case ..<1000: "\(milliseconds) ms"
        case ..<60_000: String(format: "%.1f s", value / 1000)
        case ..<3_600_000: String(format: "%.1f min", value / 60_000)
        default: String(format: "%.1f h", value / 3_600_000)
        }
    }
}
