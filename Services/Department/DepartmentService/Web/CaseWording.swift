import Contracts
import Foundation
import Procedure
import Web

/// What the policy pack calls what a case names by ids: people, degrees of severity, the channel, clocks. A department reads
/// no pack; the words come with the case, and an id that they do not name stands for itself.
struct CaseWording {
    let context: SignedInContext
    let words: CaseWords?

    init(_ context: SignedInContext, _ words: CaseWords?) {
        self.context = context
        self.words = words
    }

    private func text(_ text: LocalizedText) -> String { text.text(for: context.language.tag) }

    /// Somebody by sign-in name.
    func person(_ name: String) -> String { words?.people[name].map(text) ?? name }

    /// Who did something.
    func name(of actor: Actor) -> String {
        switch actor.kind {
        case .customer: context.text("department.actor.customer")
        case .staff: actor.name.map(person) ?? context.text("department.actor.staff")
        case .system: context.text("department.actor.system")
        }
    }

    func severity(_ severity: Severity) -> String {
        words?.severities[severity.rawValue].map(text) ?? context.text("department.severity.\(severity.rawValue)")
    }

    func severityBadge(_ severity: Severity) -> [String: Any] {
        let tone: Tone =
            switch severity {
            case .general: .neutral
            case .important: .warn
            case .major: .bad
            }
        return context.badge(self.severity(severity), tone)
    }

    /// The channel by which the case's complaint came.
    func channel(_ id: String) -> String { words?.channel.map(text) ?? id }

    func clock(_ id: String, of assignment: CaseAssigned) -> String {
        let title = words?.clocks[id] ?? assignment.deadlines.first { $0.clock == id }?.title
        return title.map(text) ?? id
    }

    /// What the complaint was marked with when it was taken.
    func flags(_ flags: [String]) -> String {
        flags.map { Self.flags.contains($0) ? context.text("department.flag.\($0)") : $0 }.joined(separator: " · ")
    }

    private static let flags: Set<String> = [
        "injury", "safety", "media", "authority", "angry", "repeat", "vip", "group", "emergency", "urgent", "complex",
        "technical", "return", "exchange", "exemplary", "confidential", "whistleblowing",
    ]

    /// Facts that met a rule, `种类：投诉 · 涉及金额：…`.
    func facts(_ facts: [String: String], of assignment: CaseAssigned) -> String {
        facts.sorted { $0.key < $1.key }.map { key, value in
            let title = Self.known.contains(key) ? context.text("department.known.\(key)") : key
            return context.text(
                "department.case.labelled", ["label": title, "value": fact(key, value, of: assignment)])
        }.joined(separator: " · ")
    }

    private static let known: Set<String> = [
        "kind", "channel", "language", "category", "severity", "urgency", "importance", "amount", "compensation",
        "affected", "evidence", "groupSize", "earlier", "returns", "declines", "reworks", "missed", "satisfaction",
        "flags", "confirmed", "contact", "words", "reason", "narrative", "request", "product", "orderNumber",
        "recordedBy", "by", "department",
    ]

    private func fact(_ key: String, _ value: String, of assignment: CaseAssigned) -> String {
        switch key {
        case "kind":
            ComplaintKind(rawValue: value).map { context.text("department.kind.\($0.rawValue)") } ?? value
        case "severity": Severity(rawValue: value).map(severity) ?? value
        case "urgency": Urgency(rawValue: value).map { text($0.title) } ?? value
        case "importance": Importance(rawValue: value).map { text($0.title) } ?? value
        case "confirmed", "contact": truth(value)
        case "channel": value == assignment.complaint.channel ? channel(value) : value
        case "category": value == assignment.category ? text(assignment.categoryTitle) : value
        case "department":
            DepartmentID(value).map { text(assignment.title(of: $0)) } ?? value
        case "flags":
            flags(value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        case "by", "recordedBy": person(value)
        case "amount", "compensation": Money(value).map(context.money) ?? value
        default: value
        }
    }

    private func truth(_ value: String) -> String {
        switch value {
        case "✓", "true": text(LocalizedText(zhHans: "是", en: "yes"))
        case "✗", "false": text(LocalizedText(zhHans: "否", en: "no"))
        default: value
        }
    }
}
