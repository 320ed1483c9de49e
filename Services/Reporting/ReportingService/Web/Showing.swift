import Contracts
import Foundation
import Web

/// How values of tickets and reports are shown, in the reader's language.
struct Showing {
    let context: SignedInContext
    let titles: Titles

    var tag: String { context.language.tag }

    func text(_ text: LocalizedText) -> String { text.text(for: tag) }
    func state(_ state: TicketState) -> String { context.text("reporting.state.\(state.rawValue)") }
    func channel(_ id: String) -> String { text(titles.channel(id)) }
    func category(_ id: String?) -> String { text(titles.category(id)) }
    func department(_ id: DepartmentID?) -> String { text(titles.department(id)) }
    func severity(_ severity: Severity?) -> String { text(titles.severity(severity)) }
    func outcome(_ outcome: ClosingOutcome) -> String { text(Titles.outcome(outcome)) }

    func stateBadge(_ state: TicketState) -> [String: Any] {
        let tone: Tone =
            switch state {
            case .registered, .accepted, .assigned, .calling: .warn
            case .explaining, .answering, .investigating, .drafting, .approving, .proposed, .implementing: .info
            case .closed: .good
            case .withdrawn, .merged: .neutral
            }
        return context.badge(self.state(state), tone)
    }

    func severityBadge(_ severity: Severity?) -> [String: Any] {
        let tone: Tone =
            switch severity {
            case .major: .bad
            case .important: .warn
            case .general, nil: .neutral
            }
        return context.badge(self.severity(severity), tone)
    }

    /// Who did something.
    func actor(_ actor: Actor) -> String {
        switch actor.kind {
        case .customer: context.text("reporting.actor.customer")
        case .staff: actor.name ?? context.text("reporting.actor.staff")
        case .system: context.text("reporting.actor.system") + (actor.name.map { " (\($0))" } ?? "")
        }
    }

    /// A length of time: `2 天 3 小时`, `3 h 20 min`.
    func duration(_ seconds: Int?) -> String {
        guard let seconds else { return "–" }
        let text =
            seconds < 60
            ? context.text("reporting.seconds", ["count": "\(seconds)"])
            : TimeText.distance(Double(seconds), context.language)
        return text.replacingOccurrences(of: " ", with: "\u{A0}")
    }

    /// `93.5 %`, or a dash when there is nothing to divide by.
    func percent(_ ratio: Double?) -> String {
        guard let ratio else { return "–" }
        let number = Self.short((ratio * 1000).rounded() / 10)
        return number + "\u{A0}%"
    }

    func score(_ score: Double?) -> String {
        guard let score else { return "–" }
        return Self.short((score * 100).rounded() / 100)
    }

    /// `4`, `4.5`: without a fraction where there is none.
    private static func short(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
