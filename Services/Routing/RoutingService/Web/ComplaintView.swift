import Contracts
import Foundation
import Web

/// What the page of a complaint shows besides its forms.
struct ComplaintView {
    private let dossier: ComplaintDossier
    private let wording: Wording

    init(_ dossier: ComplaintDossier, _ wording: Wording) {
        self.dossier = dossier
        self.wording = wording
    }

    private var record: ComplaintRecord { dossier.record }
    private var context: SignedInContext { wording.context }

    var data: [String: Any] {
        var data: [String: Any] = [
            "number": record.number.text, "state": wording.state(record.state), "record": recordFacts,
            "narrative": record.complaint.narrative, "standing": standingFacts, "clocks": clocks,
            "custody": custody, "timeline": timeline,
            "explanations": record.explanations.map { ["rule": $0.rule, "text": wording.text($0.text)] },
        ]
        data["severity"] = wording.severity(record.severity)
        data["urgency"] = wording.urgency(record.urgency)
        data["request"] = record.complaint.request
        data["settledOutcome"] = record.settledOutcome
        if let since = dossier.waitingSince { data["waitingSince"] = context.time(since) }
        data["hasClocks"] = !dossier.clocks.isEmpty
        data["importance"] = wording.importance(record.importance)
        if record.complaint.protected != nil {
            data["protectedMark"] = context.badge(context.text("routing.complaint.protected"), .bad)
        }
        addCourses(to: &data)
        if dossier.clocks.contains(where: { $0.stoppedAt == nil && $0.terms.mostExtension != nil }),
            context.identity.has(any: RoutingWeb.extenders)
        {
            data["extensions"] = "/routing/complaints/\(record.number)/extensions"
        }
        return data
    }

    /// What is owed to others, who is handled together with it, and through whose hands it went (退单、改派).
    private func addCourses(to data: inout [String: Any]) {
        let view = DutyView(wording: wording)
        data["duties"] = dossier.duties.map { view.row($0) }
        data["hasDuties"] = !dossier.duties.isEmpty
        data["group"] = dossier.group.map { member -> [String: Any] in
            [
                "number": member.number.text, "address": "/routing/complaints/\(member.number)",
                "isLead": member.number == member.groupLead, "state": wording.state(member.state),
                "summary": member.complaint.reason ?? String(member.complaint.narrative.prefix(40)),
            ]
        }
        data["hasGroup"] = !dossier.group.isEmpty
        let moves: Set = ["case.assigned", "case.returned", "case.cancelled"]
        let transfers = dossier.history.filter { moves.contains($0.event) && $0.standing != .late }
        data["transfers"] = transfers.map { entry -> [String: Any] in
            var row: [String: Any] = [
                "time": context.time(entry.at), "title": context.text("routing.event.\(entry.event)"),
                "by": wording.actor(entry.by),
            ]
            row["department"] = entry.department.map(wording.department)
            row["why"] = detail(entry)
            return row
        }
        // One assignment is no transfer yet.
        data["hasTransfers"] = transfers.count > 1
    }

    private func fact(_ key: String, _ value: String?) -> [String: Any]? {
        guard let value, !value.isEmpty else { return nil }
        return ["title": context.text("routing.field.\(key)"), "value": value]
    }

    /// The record as it was taken (M03), with the customer's own data masked (M18).
    private var recordFacts: [[String: Any]] {
        let complaint = record.complaint.masked(RoutingSight(pack: wording.pack, identity: context.identity).masks)
        let contact = [complaint.complainant.phone, complaint.complainant.email, complaint.complainant.address]
        let facts = [
            fact("kind", wording.kind(complaint.kind)), fact("channel", wording.channel(complaint.channel)),
            fact("upstreamNumber", complaint.upstreamNumber),
            fact("complainant", complaint.complainant.name),
            fact("contact", contact.compactMap(\.self).joined(separator: " · ")),
            fact("product", complaint.about.product), fact("orderNumber", complaint.about.orderNumber),
            fact("reason", complaint.reason), fact("amount", complaint.amount.map(context.money)),
            fact("affected", complaint.affected.map(String.init)),
            fact("flags", wording.flags(complaint.flags)),
            fact("evidence", complaint.evidence.map(\.name).joined(separator: ", ")),
            fact("heardAt", context.timeText(complaint.heardAt)),
            fact("registeredAt", context.timeText(complaint.registeredAt)),
            fact("recordedBy", complaint.recordedBy.map(wording.person)),
        ]
        return facts.compactMap(\.self)
    }

    private var standingFacts: [[String: Any]] {
        let handling = record.handling
        var mergedInto: String?
        var outcome: String?
        if case .merged(let survivor) = record.file.state { mergedInto = survivor.text }
        if case .closed(let how) = record.file.state { outcome = context.text("routing.outcome.\(how.rawValue)") }
        let facts = [
            fact("category", wording.category(record.category)),
            fact("importance", record.importance.map { context.text("routing.importance.\($0.rawValue)") }),
            fact("department", handling.map { wording.department($0.lead) }),
            fact("assisting", handling?.assisting.map(wording.department).joined(separator: "、")),
            fact("owner", handling == nil ? nil : record.owner.map(wording.person)),
            fact("holder", wording.holder(record.holder)),
            fact("holderSince", context.timeText(record.holderSince)),
            fact("assignment", record.file.assignments > 0 ? String(record.file.assignments) : nil),
            fact("ruling", handling?.isRuling == true ? context.text("routing.yes") : nil),
            fact("raisedTo", raisedTo), fact("returns", record.file.returns > 0 ? String(record.file.returns) : nil),
            fact("round", record.file.round > 1 ? String(record.file.round) : nil),
            fact("solutionVersion", record.file.highestNumber > 0 ? String(record.file.highestNumber) : nil),
            fact("mergedInto", mergedInto), fact("outcome", outcome),
        ]
        return facts.compactMap(\.self)
    }

    /// The levels that have learned of clocks that ran out.
    private var raisedTo: String {
        dossier.clocks.filter(\.missStands).compactMap(\.escalatedTo).reduce(into: [String]()) { levels, level in
            if !levels.contains(level) { levels.append(level) }
        }.map(wording.level).joined(separator: "、")
    }

    /// Running clocks first, by what is due first; then those that stopped.
    private var clocks: [[String: Any]] {
        let running = dossier.clocks.filter { $0.stoppedAt == nil }.sorted { $0.deadline.dueAt < $1.deadline.dueAt }
        let stopped = dossier.clocks.filter { $0.stoppedAt != nil }
        return (running + stopped).map { clock in
            var data = context.deadline(clock.deadline, endedAt: clock.stoppedAt)
            let left = clock.pausedAt.map { clock.deadline.dueAt.timeIntervalSince($0) }
            if let left, clock.stoppedAt == nil, left >= 0 {
                data["state"] = "ok"
                data["distance"] = context.text(
                    "routing.complaint.paused", ["distance": TimeText.distance(left, context.language)])
            }
            if clock.isVoid {
                data["state"] = "void"
                data["distance"] = context.text("routing.complaint.voided")
            }
            data["isStopped"] = clock.stoppedAt != nil
            return data
        }
    }

    /// Who had it for how long in all: time is charged to whoever holds it, by the wall and within working hours.
    private var custody: [[String: Any]] {
        let spans = dossier.custody
        return Charge.of(spans, until: context.now, calendar: wording.pack.calendar).filter { $0.elapsed > 0 }.map {
            [
                "holder": wording.holder($0.holder), "span": TimeText.distance($0.elapsed, context.language),
                "working": workingTime($0.working),
                "isNow": spans.last?.until == nil && spans.last?.holder == $0.holder,
            ]
        }
    }

    /// Working time in hours: a day of 24 of them would be nobody's.
    private func workingTime(_ seconds: TimeInterval) -> String {
        let minutes = Int(seconds / 60)
        return context.text(
            "routing.complaint.working", ["hours": String(minutes / 60), "minutes": String(minutes % 60)])
    }

    /// The latest first.
    private var timeline: [[String: Any]] {
        dossier.history.reversed().map { entry in
            var title = context.text("routing.event.\(entry.event)")
            if entry.standing == .late { title += context.text("routing.late") }
            var data: [String: Any] = ["title": title, "time": context.time(entry.at), "by": by(entry)]
            data["text"] = detail(entry)
            data["tone"] = tone(entry)
            return data
        }
    }

    private func by(_ entry: HistoryRecord) -> String {
        [entry.department.map(wording.department), wording.actor(entry.by)].compactMap(\.self).joined(separator: " · ")
    }

    private func detail(_ entry: HistoryRecord) -> String? {
        if let words = entry.words { return wording.text(words) }
        return switch entry.event {
        case "case.cancelled": entry.detail.map { context.text("routing.cancelled.\($0)") }
        case "deadline.approaching", "deadline.missed", "deadline.kept": entry.detail.map(clockDetail)
        default: entry.detail
        }
    }

    /// `solution 80` as `提出处理方案 80%`.
    private func clockDetail(_ detail: String) -> String {
        let parts = detail.split(separator: " ")
        let clock = dossier.clocks.first { $0.deadline.clock == parts.first.map(String.init) }
        guard let clock else { return detail }
        return wording.text(clock.deadline.title) + (parts.count > 1 ? " \(parts[1])%" : "")
    }

    private func tone(_ entry: HistoryRecord) -> String? {
        switch entry.event {
        case "complaint.closed", "solution.accepted": "good"
        case "case.returned", "solution.declined", "solution.refused", "rework.ordered", "explanation.disputed",
            "deadline.missed", "case.escalated":
            "bad"
        case "complaint.chased", "case.urged", "customer.unreachable", "complaint.withdrawn",
            "deadline.approaching":
            "warn"
        default: nil
        }
    }
}
