import Contracts
import Foundation
import Procedure

/// A time in a story's fields that is known only when the step is played: `${now}`, `${in 3 working days}`,
/// `${ago 2 hours}`. It is the whole text of a field.
enum Placeholder: Hashable, Sendable {
    case now
    case later(Allowance)
    /// Seconds.
    case ago(TimeInterval)

    /// Fails for text that is no placeholder.
    init?(_ text: String) {
        guard text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
        let inner = text.dropFirst(2).dropLast()
        if inner == "now" {
            self = .now
        } else if inner.hasPrefix("in "), let allowance = Allowance(String(inner.dropFirst(3))) {
            self = .later(allowance)
        } else if inner.hasPrefix("ago "), case .elapsed(let seconds)? = Allowance(String(inner.dropFirst(4))) {
            self = .ago(TimeInterval(seconds))
        } else {
            return nil
        }
    }

    static func looksLikeOne(_ text: String) -> Bool { text.contains("${") }

    func date(at now: Date, _ calendar: WorkingCalendar) -> Date {
        switch self {
        case .now: now
        case .later(let allowance): calendar.due(from: now, within: allowance).dueAt
        case .ago(let seconds): now.addingTimeInterval(-seconds)
        }
    }
}

extension JSONTree {
    /// The same with a time in the place of every placeholder.
    func filled(at now: Date, _ calendar: WorkingCalendar) -> JSONTree {
        switch self {
        case .null, .bool, .number: self
        case .text(let text):
            Placeholder(text).map { .text(RFC3339.text($0.date(at: now, calendar))) } ?? self
        case .array(let members): .array(members.map { $0.filled(at: now, calendar) })
        case .object(let members): .object(members.mapValues { $0.filled(at: now, calendar) })
        }
    }
}
