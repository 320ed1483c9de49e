import Contracts
import Foundation
import Web

/// The customer's record as it was taken (M03), and why it is here, with what the reader sees masked (M18).
struct RecordView {
    let context: SignedInContext
    let assignment: CaseAssigned
    let masks: ContactMasks

    private var complaint: Complaint { assignment.complaint.masked(masks.fields) }
    private var wording: CaseWording { CaseWording(context, assignment.words) }

    func data() -> [String: Any] {
        var data: [String: Any] = [
            "facts": facts, "narrative": complaint.narrative, "why": assignment.reason,
            "policy": assignment.policy.description,
            "explanations": assignment.explanations.map(explanation),
            "evidence": complaint.evidence.map { ["name": $0.name, "size": size($0.size), "type": $0.mediaType] },
            "hasEvidence": !complaint.evidence.isEmpty,
        ]
        data["request"] = complaint.request
        return data
    }

    /// Who decided by hand stands in it by name.
    private func words(_ explanation: Explanation) -> String {
        let text = explanation.text.text(for: context.language.tag)
        guard let account = explanation.facts["by"], !text.contains(wording.person(account)) else { return text }
        return text.replacing(account, with: wording.person(account))
    }

    private func explanation(_ explanation: Explanation) -> [String: Any] {
        var data: [String: Any] = [
            "text": words(explanation), "rule": explanation.rule,
        ]
        if !explanation.facts.isEmpty {
            data["details"] = wording.facts(explanation.facts, of: assignment)
        }
        return data
    }

    private var facts: [[String: Any]] {
        let complainant = complaint.complainant
        let rows: [(String, String?)] = [
            ("name", complainant.name), ("phone", complainant.phone), ("email", complainant.email),
            ("address", complainant.address),
            ("product", complaint.about.product), ("orderNumber", complaint.about.orderNumber),
            ("amount", complaint.amount.map(context.money)), ("affected", complaint.affected.map { "\($0)" }),
            ("channel", wording.channel(complaint.channel)), ("heardAt", context.timeText(complaint.heardAt)),
            ("owner", assignment.owner.map(wording.person)),
            ("flags", complaint.flags.isEmpty ? nil : wording.flags(complaint.flags)),
        ]
        return rows.compactMap { name, value in
            value.map { ["title": context.text("department.record.\(name)"), "value": $0] }
        }
    }

    private func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(max(1, bytes >> 10)) KiB"
    }
}

/// The history of a work order as a timeline, the newest first.
struct HistoryView {
    let context: SignedInContext
    let assignment: CaseAssigned
    /// What people call each version of the solution.
    let numbers: [Int: Int]

    private var wording: CaseWording { CaseWording(context, assignment.words) }

    init(_ file: CaseFile, _ context: SignedInContext) {
        self.context = context
        assignment = file.order.assignment
        let called = file.solutions.map { ($0.solution.version, $0.solution.shownNumber) }
        numbers = Dictionary(called) { first, _ in first }
    }

    func line(_ entry: HistoryEntry) -> [String: Any] {
        var data: [String: Any] = [
            "title": context.text("department.history.\(entry.kind.rawValue)"), "time": context.time(entry.at),
            "by": wording.name(of: entry.by),
        ]
        let text = ([entry.text(for: context.language.tag)] + details(entry)).compactMap(\.self).joined(separator: "\n")
        if !text.isEmpty { data["text"] = text }
        if let tone = tone(entry.kind) { data["tone"] = tone.rawValue }
        return data
    }

    /// What the entry's facts say, each on a line of its own; what every line would repeat is left out.
    private func details(_ entry: HistoryEntry) -> [String?] {
        entry.shownFacts.sorted { $0.key < $1.key }.map { name, value in
            guard !["role", "severity", "request", "round"].contains(name) else { return nil }
            return context.text("department.fact.\(name)", ["value": shown(name, value)])
        }
    }

    private func shown(_ name: String, _ value: String) -> String {
        switch name {
        case "completionDue", "completedAt", "expectedBy", "collectedAt", "dueAt":
            RFC3339.date(value).map(context.timeText) ?? value
        case "version": Int(value).flatMap { numbers[$0] }.map(String.init) ?? value
        case "compensation": Money(value).map(context.money) ?? value
        case "outcome": context.text("department.outcome.\(value)")
        case "verdict": context.text("department.verdict.\(value)")
        case "reason": context.text("department.cancellation.\(value)")
        case "evidence": context.text("department.evidence.\(value)")
        case "remedies": remedies(value)
        case "department":
            DepartmentID(value).map { assignment.title(of: $0).text(for: context.language.tag) } ?? value
        case "approvalLevel", "deadline", "level": TwoLanguages.text(value, for: context.language.tag)
        case "clock": wording.clock(value, of: assignment)
        default: value
        }
    }

    private func remedies(_ value: String) -> String {
        value.split(separator: ",").compactMap { Remedy(rawValue: String($0))?.title.text(for: context.language.tag) }
            .joined(separator: context.text("department.case.comma"))
    }

    private func tone(_ kind: HistoryEntry.Kind) -> Tone? {
        switch kind {
        case .approved, .endorsed, .joined, .accepted, .implemented, .closed: .good
        case .urged, .returned, .cancelled, .reworkOrdered, .ruled: .warn
        case .escalated, .refused, .declined, .disputed: .bad
        case .assigned, .acknowledged, .planned, .collected, .investigated, .opinionRequested, .opinionGiven,
            .progressed, .asked, .answered, .deadlineStarted, .deadlineMoved, .deadlineStopped,
            .drafted, .proposed, .completed:
            nil
        }
    }
}
