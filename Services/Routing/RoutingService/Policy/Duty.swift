import Contracts
import Foundation
import Procedure

/// Something that is owed to somebody because of a complaint, beside its handling: a report to a party outside
/// (V05–V07), the answer to a work order from above (V01), a published result (W24), a part that is tracked until it is
/// there (V04), a warning that is to be soothed (V02), an enquiry's answer (S05), a call to the emergency team (S04, W05).
///
/// Each has its own time. It is not a clock of the pack's: it may begin after the complaint's end, and what it waits for
/// is done by a person who says who did it, when and how.
struct Duty: Sendable, Hashable {
    var kind: Kind
    /// The pack's rule; one complaint owes the same recipient by the same rule once.
    var rule: String
    var title: LocalizedText
    /// Whom it is owed to: a department, an escalation target, a party outside; a place for what is published.
    var recipient: String
    var recipientTitle: LocalizedText
    var form: Form
    var purpose: RaisingRule.Purpose?
    var openedAt: Date
    var dueAt: Date
    /// How the due time was found.
    var timing: LocalizedText
    var because: [Explanation]

    enum Kind: String, Sendable, CaseIterable {
        /// 上报
        case raising
        /// 答复上级工单
        case upstream
        /// 公布处理结果
        case publication
        /// 配件跟踪
        case parts
        /// 预警安抚
        case warning
        /// 咨询答复
        case enquiry
        /// 应急处理
        case emergency
    }

    enum Form: String, Sendable, CaseIterable {
        /// By telephone or message.
        case told
        /// A document (书面报告).
        case written
        /// Made public.
        case published
        /// Something is done, and registered.
        case done
    }

    /// Tells duties of one complaint apart.
    var key: String { "\(rule)|\(recipient)" }
}

/// What of a complaint decides which duties it has.
struct DutyFacts: Sendable {
    var record: ComplaintRecord
    var course: CourseSoFar

    /// With what was decided; nil while it has not been graded.
    func graded(_ pack: PolicyPack) -> GradedComplaint? {
        guard let severity = record.severity else { return nil }
        return pack.graded(
            record.complaint, category: record.category, severity: severity, urgency: record.urgency,
            importance: record.importance, course: course)
    }
}

/// Which duties a complaint has by the pack, as it stands.
struct DutyRules: Sendable {
    let pack: PolicyPack

    /// True when no complaint ever has a duty under this pack.
    var isEmpty: Bool {
        pack.raising.isEmpty && pack.upstream.isEmpty && pack.publication == nil && pack.warnings == nil
            && pack.enquiries == nil && pack.emergency == nil
    }

    /// The duties that have become due since, besides those that it has.
    ///
    /// - Parameter known: keys of the duties that it has or had.
    func opened(_ facts: DutyFacts, known: Set<String>, at now: Date) -> [Duty] {
        let all: [Duty]
        switch facts.record.file.state {
        case .closed(let outcome):
            all = upstream(facts, at: now) + publication(facts, outcome, at: now)
        case .withdrawn, .merged:
            all = upstream(facts, at: now)
        case .awaitingAnswer:
            all = answering(facts, at: now) + emergency(facts, at: now)
        case .settled, .answered:
            all = []
        case .awaitingJudgement, .explaining, .awaitingAssignment, .handling:
            all = emergency(facts, at: now) + raisings(facts, at: now) + parts(facts, at: now)
        }
        return all.filter { !known.contains($0.key) }
    }

    /// Whether what happened has done with a duty that nobody ticks off: the warning or enquiry was answered or passed on.
    static func isDone(_ kind: Duty.Kind, by state: RoutingState) -> Bool {
        switch kind {
        case .warning, .enquiry: state != .awaitingAnswer
        case .raising, .upstream, .publication, .parts, .emergency: false
        }
    }

    /// Whether a duty is no longer owed: a complaint that ended needs no support, and no part.
    static func isVoid(_ duty: Duty, by state: RoutingState) -> Bool {
        switch duty.kind {
        case .upstream, .publication: false
        case .raising: state.isEnded && duty.form != .written
        case .parts, .emergency: state.isEnded
        case .warning, .enquiry: false
        }
    }

    /// What follows when the wait for a part has become long (V04): it is raised in writing.
    func raisedForParts(_ facts: DutyFacts, because: [Explanation], at now: Date) -> [Duty] {
        guard let parts = pack.warnings?.parts else { return [] }
        let due = pack.calendar.due(from: now, within: .workingDays(1))
        let title = LocalizedText(zhHans: "缺件严重或等待过久，报请支持", en: "A grave or long want of parts: support is asked for")
        return parts.raisedTo.map { recipient in
            Duty(
                kind: .raising, rule: "warnings.parts", title: title, recipient: recipient,
                recipientTitle: name(recipient), form: .written, purpose: .support, openedAt: now, dueAt: due.dueAt,
                timing: due.explanation, because: because)
        }
    }

    private func raisings(_ facts: DutyFacts, at now: Date) -> [Duty] {
        guard !pack.raising.isEmpty, let graded = facts.graded(pack) else { return [] }
        return pack.raisings(for: graded, at: now).flatMap { raising in
            raising.to.map { recipient in
                Duty(
                    kind: .raising, rule: "raising.\(raising.rule)", title: raising.title, recipient: recipient,
                    recipientTitle: name(recipient), form: raising.form == .written ? .written : .told,
                    purpose: raising.purpose, openedAt: now, dueAt: raising.dueAt, timing: raising.timing,
                    because: [raising.because])
            }
        }
    }

    private func emergency(_ facts: DutyFacts, at now: Date) -> [Duty] {
        // Danger does not wait until somebody has judged the complaint.
        let asHeard = pack.graded(asHeard: facts.record.complaint, course: facts.course)
        guard let call = pack.emergency(for: facts.graded(pack) ?? asHeard) else { return [] }
        let timing = LocalizedText(zhHans: "应急事项须立即处理", en: "An emergency is attended to at once")
        return [
            Duty(
                kind: .emergency, rule: "emergency", title: pack.emergency?.title ?? timing, recipient: call.team.text,
                recipientTitle: name(call.team.text), form: .done, openedAt: now, dueAt: now.addingTimeInterval(1800),
                timing: timing, because: [call.because])
        ]
    }

    private func parts(_ facts: DutyFacts, at now: Date) -> [Duty] {
        guard pack.warnings?.parts != nil, let graded = facts.graded(pack), let found = pack.partsCase(for: graded)
        else { return [] }
        let due = pack.calendar.due(from: now, within: found.terms.longAfter)
        let tracking = Duty(
            kind: .parts, rule: "warnings.parts.tracking", title: found.because.text,
            recipient: found.terms.department.text, recipientTitle: name(found.terms.department.text), form: .done,
            openedAt: now, dueAt: due.dueAt, timing: due.explanation, because: [found.because])
        guard graded.severity == .major else { return [tracking] }
        return [tracking] + raisedForParts(facts, because: [found.because], at: now)
    }

    private func answering(_ facts: DutyFacts, at now: Date) -> [Duty] {
        let complaint = facts.record.complaint
        let found = facts.record.category ?? pack.categorise(complaint)?.category.id ?? pack.otherCategory.id
        let responsible = pack.lineage(of: found).first?.department ?? pack.otherCategory.department
        switch complaint.kind {
        case .warning:
            guard let warnings = pack.warnings else { return [] }
            let title = LocalizedText(zhHans: "安抚并解释；不能妥善应对的交部门经理", en: "Soothe and explain, or pass on to the manager")
            return [
                answer(.warning, "warnings.settleWithin", title, responsible, warnings.settleWithin, complaint.heardAt)
            ]
        case .enquiry, .suggestion:
            guard let enquiries = pack.enquiries else { return [] }
            let title = LocalizedText(zhHans: "答复咨询", en: "Answer the enquiry")
            return [
                answer(
                    .enquiry, "enquiries.within", title, enquiries.department ?? responsible, enquiries.within,
                    complaint.registeredAt)
            ]
        case .complaint: return []
        }
    }

    private func answer(
        _ kind: Duty.Kind, _ rule: String, _ title: LocalizedText, _ department: DepartmentID, _ within: Allowance,
        _ start: Date
    ) -> Duty {
        let due = pack.calendar.due(from: start, within: within)
        return Duty(
            kind: kind, rule: rule, title: title, recipient: department.text, recipientTitle: name(department.text),
            form: .done, openedAt: start, dueAt: due.dueAt, timing: due.explanation, because: [])
    }

    private func upstream(_ facts: DutyFacts, at now: Date) -> [Duty] {
        guard let rule = pack.upstream(channel: facts.record.complaint.channel),
            facts.record.complaint.upstreamNumber != nil
        else { return [] }
        let due = pack.calendar.due(from: now, within: rule.answerWithin)
        return [
            Duty(
                kind: .upstream, rule: "upstream.\(rule.id)", title: rule.title, recipient: rule.party,
                recipientTitle: name(rule.party), form: .written, openedAt: now, dueAt: due.dueAt,
                timing: due.explanation, because: [])
        ]
    }

    private func publication(_ facts: DutyFacts, _ outcome: ClosingOutcome, at now: Date) -> [Duty] {
        var facts = facts
        facts.course.outcome = outcome
        guard pack.publication != nil, let graded = facts.graded(pack),
            let published = pack.publication(for: graded, closedAt: now)
        else { return [] }
        let timing = pack.publication.map { pack.calendar.due(from: now, within: $0.within).explanation }
        return [
            Duty(
                kind: .publication, rule: "publication", title: published.because.text, recipient: "public",
                recipientTitle: published.place, form: .published, openedAt: now, dueAt: published.dueAt,
                timing: timing ?? published.because.text, because: [published.because])
        ]
    }

    private func name(_ recipient: String) -> LocalizedText {
        pack.title(ofRecipient: recipient) ?? LocalizedText(zhHans: recipient, en: recipient)
    }
}

extension PolicyPack {
    /// As the pack alone would grade a complaint that nobody has judged yet.
    fileprivate func graded(asHeard complaint: Complaint, course: CourseSoFar) -> GradedComplaint {
        let category = categorise(complaint)?.category.id
        let severity = grade(complaint, category: category, course: course).severity
        return graded(complaint, category: category, severity: severity, course: course)
    }
}
