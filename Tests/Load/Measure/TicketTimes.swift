import Contracts
import Foundation

/// The times in a complaint's ticket, as Reporting tells them: when each event happened at its source, and when Reporting
/// had it on disk.
struct TicketTimes: Decodable, Sendable {
    struct Event: Decodable, Sendable {
        struct Payload: Decodable, Sendable {
            struct Actor: Decodable, Sendable { var kind: String }
            var by: Actor?
        }
        var type: String
        var time: Date
        var recordedAt: Date
        var payload: Payload

        /// `noun.verb`
        var word: String { type.split(separator: ".").dropFirst().prefix(2).joined(separator: ".") }
    }

    var number: String
    var state: String
    var events: [Event]

    var isEnded: Bool { ["closed", "withdrawn", "merged"].contains(state) }

    /// The spans that are measured, by name.
    func add(to spans: inout [String: Distribution]) {
        for event in events {
            spans[Self.ingestion, default: Distribution()].add(event.recordedAt.timeIntervalSince(event.time))
        }
        for (name, from, to) in Self.steps {
            guard let start = time(from), let end = time(to), end >= start else { continue }
            spans[name, default: Distribution()].add(end.timeIntervalSince(start))
        }
        // Only when the pack decided: a person at the desk is no measure of the system.
        let judged = events.first { $0.word == "complaint.accepted" }
        if let judged, judged.payload.by?.kind == "system", let received = time("complaint.received") {
            spans[Self.decision, default: Distribution()].add(judged.time.timeIntervalSince(received))
        }
    }

    private func time(_ word: String) -> Date? { events.first { $0.word == word }?.time }

    static let ingestion = "any event → on disk in Reporting"
    static let decision = "received → judged and assigned by the pack"
    /// From the first event of one kind to the first of another; people act in between, and try again a little later when
    /// they are early.
    static let steps: [(String, String, String)] = [
        ("assigned → acknowledged", "case.assigned", "case.acknowledged"),
        ("proposed → answered", "solution.proposed", "solution.accepted"),
        ("accepted → carried out", "solution.accepted", "solution.implemented"),
        ("carried out → called back", "solution.implemented", "callback.completed"),
        ("received → closed", "complaint.received", "complaint.closed"),
    ]
    static var order: [String] { [decision] + steps.map(\.0) + [ingestion] }
}
