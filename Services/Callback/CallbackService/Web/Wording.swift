import Contracts
import Foundation
import Procedure
import Web

extension CustomerFile {
    /// The word under which the strings describe where it stands.
    var statusKey: String {
        if record.standing == .closed, let outcome = record.outcome { return "closed.\(outcome.rawValue)" }
        return record.standing.rawValue
    }

    /// True while a version waits for the customer's answer.
    func isOpen(_ proposal: ProposalRecord) -> Bool {
        record.standing == .proposed && proposal.version == record.standingCount
    }
}

extension PageContext {
    /// A step of the timeline in the reader's language: said to the customer, or about the customer to staff.
    func title(of step: TimelineRecord, forStaff: Bool = false) -> String {
        var values = ["department", "category"].reduce(into: step.facts) { values, name in
            values[name] = step.facts["\(name).\(language.tag)"] ?? ""
        }
        values["way"] = step.facts["way"].map { text("callback.way.\($0)") }
        return text("callback.\(forStaff ? "record" : "timeline").\(step.kind.rawValue)", values)
    }

    /// What was said in the step, in the words of whoever said it.
    func detail(of step: TimelineRecord, forStaffOf pack: PolicyPack? = nil) -> String? {
        let facts = step.facts
        switch step.kind {
        case .progressed:
            guard let note = facts["note"] else { return nil }
            guard let expected = facts["expectedBy"].flatMap(RFC3339.date) else { return note }
            return note + "\n" + text("callback.expected", ["time": timeText(expected)])
        case .settled, .implemented: return facts["outcome"]
        case .answered: return facts["answer"]
        case .supplemented:
            guard let files = facts["files"] else { return facts["narrative"] }
            return (facts["narrative"] ?? "") + "\n" + text("callback.files", ["count": files])
        case .asked: return facts["question"]
        case .chased, .explanationDisputed, .explanationAccepted, .solutionAccepted: return facts["comment"]
        case .solutionDeclined: return [facts["comment"], facts["request"]].compactMap { $0 }.joined(separator: "\n")
        case .expired: return facts["meaning"].map { text("callback.silence.\($0)") }
        case .ruled:
            let verdict = facts["verdict"].map { text("callback.verdict.\($0)") }
            return [verdict, facts["reason"]].compactMap { $0 }.joined(separator: "\n")
        case .presented: return facts["with"].map { text("callback.jointly", ["with": $0]) }
        case .statusNote: return facts["note.\(language.tag)"]
        case .soothed where pack != nil:
            let person = facts["person"].map { pack?.person($0, self) ?? $0 }
            return [person, facts["note"]].compactMap { $0 }.joined(separator: " · ")
        case .closed: return facts["outcome"].map { text("callback.outcome.\($0)") }
        case .called, .surveyed: return facts["satisfaction"].map { text("callback.satisfaction.\($0)") }
        case .received, .accepted, .explained, .merged, .withdrawn, .assigned, .acknowledged, .returned,
            .investigated, .review, .approved, .proposed, .replied, .notReached, .soothing, .soothed, .rework, .raised,
            .reminded, .ruling:
            return nil
        }
    }

    /// For `{{>timeline}}`, the latest first.
    /// - Parameter pack: for staff: with who did it, as the pack calls them, which is not the customer's concern.
    func timeline(_ file: CustomerFile, forStaffOf pack: PolicyPack? = nil) -> [[String: Any]] {
        let forStaff = pack != nil
        return file.timeline.reversed().map { step in
            var data: [String: Any] = ["title": title(of: step, forStaff: forStaff), "time": time(step.at)]
            data["text"] = detail(of: step, forStaffOf: pack)
            data["tone"] = step.kind.tone?.rawValue
            if let pack, let actor = step.actor { data["by"] = name(of: actor, in: pack) }
            return data
        }
    }

    /// What a solution does for the customer, in words; absent when nobody said.
    func words(_ remedies: [Remedy]) -> String? {
        let titles = remedies.map { $0.title.text(for: language.tag) }
        return titles.isEmpty ? nil : titles.joined(separator: text("callback.comma"))
    }

    /// Who presents a solution together (共同答复, K10).
    func words(_ presenters: Presentation) -> String {
        presenters.titles.map { $0.text(for: language.tag) }.joined(separator: text("callback.comma"))
    }

    /// Whoever did something, for staff.
    func name(of actor: Actor, in pack: PolicyPack) -> String {
        switch actor.kind {
        case .customer: text("callback.actor.customer")
        case .staff: actor.name.map { pack.person($0, self) } ?? text("callback.actor.staff")
        case .system: text("callback.actor.system")
        }
    }

    /// Where it stands, as a badge.
    func badge(_ file: CustomerFile) -> [String: Any] { badge(file.statusKey, file.record.standing) }

    func badge(_ key: String, _ standing: Standing.Name) -> [String: Any] {
        badge(text("callback.status.\(key).short"), standing.tone)
    }
}

extension PolicyPack {
    /// Somebody by sign-in name, as the pack calls them; an account that only has the name of a role, as that role. Whatever
    /// else was noted stands for itself.
    func person(_ name: String, _ context: some PageContext) -> String {
        if let title = people[name] { return title.text(for: context.language.tag) }
        let role = "role.\(name)"
        return context.site.translations.has(role) ? context.text(role) : name
    }

    /// What a department is called; one that the pack has no more, by its id.
    func title(of department: String, _ context: some PageContext) -> String {
        DepartmentID(department).flatMap { self.department($0) }?.title.text(for: context.language.tag) ?? department
    }
}

extension Standing.Name {
    /// How its badge looks.
    var tone: Tone {
        switch self {
        case .received, .inProgress, .agreed: .info
        case .explaining, .proposed, .ruling, .callbackDue: .warn
        case .disputed, .soothing, .reworking: .bad
        case .closed: .good
        case .withdrawn, .merged: .neutral
        }
    }
}

extension TimelineRecord.Kind {
    /// How its mark looks; the usual one if absent.
    fileprivate var tone: Tone? {
        switch self {
        case .settled, .answered, .implemented, .explanationAccepted, .solutionAccepted, .closed: .good
        case .explained, .proposed, .asked, .notReached, .reminded, .expired, .ruling: .warn
        case .explanationDisputed, .solutionDeclined, .soothing, .rework, .raised: .bad
        case .received, .accepted, .merged, .withdrawn, .supplemented, .chased, .assigned, .acknowledged, .returned,
            .investigated, .progressed, .review, .approved, .replied, .called, .surveyed, .presented, .ruled,
            .statusNote,
            .soothed:
            nil
        }
    }
}
