import Contracts
import Foundation
import Procedure

/// What a pack decides about one complaint, with its reasons.
struct PolicyExplanation: Codable, Hashable, Sendable {
    /// One decision: what was decided, in words that two packs' decisions can be compared by, and why.
    struct Aspect: Codable, Hashable, Sendable {
        /// `severity`, `department`, `approval`, …
        var name: String
        var value: String
        var because: [Explanation]
    }

    var policy: PolicyStamp
    var aspects: [Aspect]
    /// The clocks that the assignment starts, with their due times.
    var deadlines: [Deadline]

    /// The decision about something; nil when the pack decides nothing about it.
    func aspect(_ name: String) -> Aspect? { aspects.first { $0.name == name } }

    /// - Throws: `CommandFailure` when `now` is no day that a complaint could have been registered on.
    init(_ past: PastComplaint, under pack: PolicyPack, at now: Date) throws {
        guard let number = past.number ?? Self.number(on: now, in: pack.timeZone) else {
            throw CommandFailure.refused("\(RFC3339.text(now)) is no day of a complaint's number")
        }
        policy = pack.stamp
        let found = pack.categorise(past.complaint)
        let category = found?.category.id ?? pack.otherCategory.id
        let grading = pack.grade(past.complaint, category: category, course: past.course)
        let graded = GradedComplaint(
            past.complaint, category: category, severity: grading.severity, urgency: grading.urgency,
            importance: grading.importance, course: past.course)
        let assignment = pack.assign(graded, number: number, at: now)
        deadlines = assignment?.deadlines ?? []
        aspects = Self.judged(past, pack)
        aspects += [
            Aspect(name: "category", value: category, because: [found?.explanation ?? pack.unrecognised]),
            Aspect(name: "severity", value: grading.severity.rawValue, because: [grading.explanation]),
            Aspect(name: "urgency", value: grading.urgency.rawValue, because: [grading.explanation]),
            Aspect(name: "importance", value: grading.importance.rawValue, because: [grading.explanation]),
        ]
        aspects += Self.handled(graded, assignment, pack, at: now)
        aspects += pack.clocks.compactMap { clock in
            clock.within.allowance(for: grading.severity).map {
                Aspect(name: "clock \(clock.id)", value: $0.text, because: [])
            }
        }
    }

    private static func judged(_ past: PastComplaint, _ pack: PolicyPack) -> [Aspect] {
        switch pack.judge(past.complaint, course: past.course) {
        case .valid(let because): [Aspect(name: "judgement", value: "valid", because: because)]
        case .undecided(let because): [Aspect(name: "judgement", value: "a person judges", because: because)]
        }
    }

    private static func number(on date: Date, in zone: TimeZone) -> TicketNumber? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        let day = String(format: "%04d%02d%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        return TicketNumber("C\(day)-01-000001")
    }

    var text: String {
        var lines = ["under \(policy)"]
        for aspect in aspects {
            lines.append("\(aspect.name): \(aspect.value)")
            lines += aspect.because.map { "    \($0.rule): \($0.text.zhHans)" }
        }
        lines += deadlines.map { "\($0.clock) by \(RFC3339.text($0.dueAt)): \($0.explanation.zhHans)" }
        return lines.joined(separator: "\n")
    }
}

extension PolicyExplanation {
    /// What follows from the grading: who handles, who must approve, who is told.
    private static func handled(
        _ graded: GradedComplaint, _ assignment: PolicyAssignment?, _ pack: PolicyPack, at now: Date
    ) -> [Aspect] {
        var aspects: [Aspect] = []
        func add(_ name: String, _ value: String, _ because: [Explanation]) {
            aspects.append(Aspect(name: name, value: value, because: because))
        }
        if let assignment {
            add("department", assignment.department.text, assignment.explanations)
            add("assisting", list(assignment.assisting.map(\.text)), [])
            add("first responsible", assignment.owner, [])
            add("assigned", assignment.isAutomatic ? "by itself" : "by a person", [])
            if let group = assignment.group { add("group", text(of: group), group.because) }
        }
        if let call = pack.emergency(for: graded) { add("emergency", call.team.text, [call.because]) }
        let authority = pack.authority(for: graded)
        add("approval", text(of: authority), (authority.stages ?? []).map(\.because))
        for raising in pack.raisings(for: graded, at: now) {
            let manner = "\(raising.form.rawValue) for \(raising.purpose.rawValue)"
            add("raised by \(raising.rule)", "\(list(raising.to)), \(manner)", [raising.because])
        }
        if let followers = pack.followers(of: graded) { add("followed", list(followers.by), [followers.because]) }
        if let parts = pack.partsCase(for: graded) { add("parts", parts.terms.department.text, [parts.because]) }
        if let protection = pack.protection(of: graded.complaint) {
            add("protected reporter", protection.terms.department.text, [protection.because])
        }
        if let confidential = pack.refusalToShow(graded, to: []) { add("confidential", "yes", [confidential]) }
        if pack.firstContact != nil {
            let refusal = pack.refusalOfFirstContact(graded, compensation: nil)
            add("settled on the spot", refusal == nil ? "possible" : "not possible", [])
        }
        if let upstream = pack.upstream(channel: graded.complaint.channel) {
            add("answered back", "\(upstream.party) within \(upstream.answerWithin.text)", [])
        }
        return aspects
    }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "nobody" : names.joined(separator: ", ") }

    private static func text(of group: HandlingGroup) -> String {
        var parts = ["led by \(group.lead)", "with \(list(group.assisting.map(\.text)))"]
        if group.opinionsOwed { parts.append("each with an opinion") }
        if !group.confirmations.isEmpty { parts.append("\(list(group.confirmations)) confirm") }
        if !group.management.isEmpty { parts.append("\(list(group.management)) take part") }
        if let with = group.presentsWith { parts.append("presented with \(with)") }
        if group.verifiesOnSite { parts.append("verified on site") }
        return parts.joined(separator: "; ")
    }

    private static func text(of authority: Authority) -> String {
        var parts: [String] = []
        if let limit = authority.compensationLimit { parts.append("up to \(limit) freely") }
        for stage in authority.stages ?? [] {
            var whens: [String] = stage.always ? ["always"] : []
            if let bound = stage.compensationAbove { whens.append("above \(bound)") }
            whens += stage.remedies.map(\.rawValue)
            parts.append("\(stage.level) \(whens.joined(separator: " or "))")
        }
        if authority.stages == nil, authority.approvalRequired { parts.append("head always") }
        if let standard = authority.compensationStandard { parts.append("never above \(standard)") }
        return parts.isEmpty ? "none" : parts.joined(separator: "; ")
    }
}
