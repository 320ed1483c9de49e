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
        case .staff: actor.name.map(person) ?? context.text("reporting.actor.staff")
        case .system: context.text("reporting.actor.system")
        }
    }

    /// What an event (`noun.verb`) is called, in the document's words where it has some.
    func event(_ event: String) -> String { titles.events[event].map(text) ?? context.eventTitle(event) }

    /// Somebody by sign-in name, as the pack calls them.
    func person(_ name: String) -> String { text(titles.person(name)) }

    /// Who wrote a complaint down.
    func recorder(of complaint: Complaint) -> String {
        complaint.recordedBy.map(person) ?? context.text("reporting.actor.customer")
    }

    /// Why something was decided; who decided by hand stands in it by name.
    func explanation(_ explanation: Explanation) -> String {
        let text = text(explanation.text)
        guard let account = explanation.facts["by"], !text.contains(person(account)) else { return text }
        return text.replacing(account, with: person(account))
    }

    /// Several things one after the other: 质量部、销售部.
    func list(_ words: [String]) -> String { words.joined(separator: context.text("reporting.comma")) }

    /// `问题：是`
    func labelled(_ key: String, _ value: String) -> String {
        context.text("reporting.labelled", ["label": context.text("reporting.label.\(key)"), "value": value])
    }

    /// How satisfied the customer is: 满意 (4 / 5).
    func satisfaction(_ score: Int) -> String { context.text("reporting.score.\(score)") + " (\(score) / 5)" }

    /// What the customer answered to a question of the callback record.
    func answer(_ answer: CallbackAnswer) -> String {
        switch answer.scale {
        case "oneToFive": "\(answer.answer) / 5"
        case "yesNo": context.text(answer.answer == "yes" ? "reporting.yes" : "reporting.no")
        default: answer.answer
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
