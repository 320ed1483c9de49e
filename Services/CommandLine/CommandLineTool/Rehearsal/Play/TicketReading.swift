import Contracts
import Foundation

/// What a rehearsal reads from Reporting's tickets and Routing's dossiers.
extension JSONTree {
    /// The members of an array; none for anything else.
    var members: [JSONTree] { if case .array(let members) = self { members } else { [] } }

    var textValue: String? { if case .text(let text) = self { text } else { nil } }

    var numberText: String? { if case .number(let number) = self { "\(number)" } else { nil } }

    var dateValue: Date? { textValue.flatMap { RFC3339.date($0) } }

    /// The course of a ticket.
    var events: [JSONTree] { self["events"]?.members ?? [] }

    /// How often an event (`noun.verb`) is in the course.
    func count(of event: String) -> Int {
        events.count { $0["type"]?.textValue?.hasPrefix("redress.\(event).v") == true }
    }

    /// True when the course says that a clock has run out.
    func hasMissed(_ clock: String) -> Bool {
        events.contains { event in
            event["type"]?.textValue?.hasPrefix("redress.deadline.missed.v") == true
                && event["payload"]?["deadline"]?["clock"] == .text(clock)
        }
    }

    /// When a clock that still runs is due, by a dossier.
    func runningDeadline(_ clock: String) -> Date? {
        (self["deadlines"]?.members ?? []).last { deadline in
            deadline["clock"] == .text(clock) && deadline["stoppedAt"] == nil && deadline["isMissed"] != .bool(true)
                && deadline["pausedAt"] == nil
        }?["dueAt"]?.dateValue
    }
}
