import Contracts
import Foundation
import Procedure
import Web

/// Words for what is kept as codes.
struct Wording {
    let context: SignedInContext
    let pack: PolicyPack

    func text(_ text: LocalizedText) -> String { text.text(for: context.language.tag) }

    func state(_ state: StateName) -> [String: Any] {
        let tone: Tone =
            switch state {
            case .awaitingJudgement, .awaitingAnswer, .awaitingAssignment: .warn
            case .closed: .good
            case .withdrawn, .merged: .neutral
            case .awaitingAcknowledgement, .investigating, .awaitingApproval, .proposed, .revising, .implementing,
                .callback, .settled, .answered, .explaining:
                .info
            }
        return context.badge(context.text("routing.state.\(state.rawValue)"), tone)
    }

    func severity(_ severity: Severity?) -> [String: Any]? {
        severity.map { severity in
            let tone: Tone =
                switch severity {
                case .general: .neutral
                case .important: .warn
                case .major: .bad
                }
            return context.badge(text(pack.title(of: severity)), tone)
        }
    }

    func urgency(_ urgency: Urgency?) -> [String: Any]? {
        switch urgency {
        case .urgent: context.badge(context.text("routing.urgency.urgent"), .warn)
        case .emergency: context.badge(context.text("routing.urgency.emergency"), .bad)
        case .normal, nil: nil
        }
    }

    func importance(_ importance: Importance?) -> [String: Any]? {
        importance == .important ? context.badge(context.text("routing.importance.important"), .warn) : nil
    }

    func category(_ id: String?) -> String? { id.map { id in pack.category(id).map { text($0.title) } ?? id } }

    func department(_ id: DepartmentID) -> String { pack.department(id).map { text($0.title) } ?? id.text }

    func holder(_ holder: String) -> String {
        switch holder {
        case "intake", "desk", "customer", "callback", "nobody": context.text("routing.holder.\(holder)")
        default: DepartmentID(holder).map(department) ?? holder
        }
    }

    /// Somebody by the name that the pack gives them; the account's own where it gives none.
    func person(_ account: String) -> String { pack.people[account].map(text) ?? account }

    /// Whom complaints are raised to.
    func level(_ id: String) -> String { pack.title(ofRecipient: id).map(text) ?? id }

    func channel(_ id: String) -> String { pack.channel(id).map { text($0.title) } ?? id }

    /// What the complaint was marked with when it was taken.
    func flags(_ flags: [String]) -> String {
        flags.map { Self.flags.contains($0) ? context.text("routing.flag.\($0)") : $0 }.joined(separator: " · ")
    }

    private static let flags: Set<String> = [
        "injury", "safety", "media", "authority", "angry", "repeat", "vip", "group", "emergency", "urgent", "complex",
        "technical", "return", "exchange", "exemplary", "confidential", "whistleblowing",
    ]

    func kind(_ kind: ComplaintKind) -> String { context.text("routing.kind.\(kind.rawValue)") }

    func actor(_ actor: Actor) -> String {
        switch actor.kind {
        case .customer: context.text("routing.actor.customer")
        case .staff: actor.name.map(person) ?? context.text("routing.actor.staff")
        case .system: context.text("routing.actor.system", ["name": actor.name ?? ""])
        }
    }
}
