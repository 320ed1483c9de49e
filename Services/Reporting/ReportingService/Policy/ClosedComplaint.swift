import Contracts
import Foundation
import Procedure

/// A closed complaint with all that happened to it, as the pack's decisions after the closing ask for it.
struct ClosedComplaint: Sendable {
    let summary: TicketSummary
    let record: TicketRecord
    let course: [RecordedEvent]

    /// Absent while the complaint is not closed, and for one that never had a severity: no rule speaks of it.
    func graded(by pack: PolicyPack) -> GradedComplaint? {
        summary.severity.flatMap { graded(by: pack, severity: $0) }
    }

    /// Why it counts for nobody's assessment (W22); absent when it counts. Whatever was never graded is judged as if it
    /// were general.
    func exclusion(by pack: PolicyPack) -> LocalizedText? {
        graded(by: pack, severity: summary.severity ?? .general).flatMap { pack.exclusionFromAssessment($0)?.text }
    }

    private func graded(by pack: PolicyPack, severity: Severity) -> GradedComplaint? {
        guard summary.state == .closed else { return nil }
        let facts = CourseSoFar(
            groupSize: groupSize, returns: summary.returns, declines: summary.declines, reworks: summary.reworks,
            missed: summary.clocks.filter { $0.verdict(at: summary.closedAt ?? summary.last.time) == .missed }.count,
            compensation: record.solutions.last?.solution.compensation, satisfaction: summary.satisfaction,
            outcome: summary.outcome)
        return pack.graded(record.complaint, category: summary.category, severity: severity, course: facts)
    }

    /// How many complaints were handled together (群诉); absent when it was handled alone.
    private var groupSize: Int? {
        let sizes = course.compactMap { recorded -> Int? in
            guard case .complaintGrouped(let event) = recorded.event else { return nil }
            return event.members.count
        }
        return sizes.max()
    }
}

extension ClosedComplaint {
    /// The cases that the pack makes of it (K17, S13). A report whose reporter is protected becomes none: a case is read
    /// by everybody (W21).
    func cases(by pack: PolicyPack, at now: Date) -> [CaseFile] {
        guard record.complaint.protected == nil, let graded = graded(by: pack) else { return [] }
        return pack.nominations(for: graded).map { nomination in
            var file = CaseFile(
                ticket: summary.number, rule: nomination.rule, ruleTitle: nomination.title,
                because: nomination.because.text, nominatedBy: .system(pack.stamp.description), nominatedAt: now,
                approver: nomination.approver, recipients: nomination.recipients)
            file.follow(pack, severity: graded.severity)
            return file
        }
    }

    /// A case that a person makes of it.
    ///
    /// - Throws: `.notClosed`, `.protected`, or `.unknown` when the pack has no cases.
    func nominated(
        _ reason: String, by name: String, pack: PolicyPack, at now: Date
    ) throws(ImprovementRefusal) -> CaseFile {
        guard summary.state == .closed else { throw .notClosed }
        guard record.complaint.protected == nil else { throw .protected }
        guard let rule = pack.cases.first else { throw .unknown }
        let recipients = rule.recipients.isEmpty ? pack.departments.map(\.id.text) : rule.recipients
        var file = CaseFile(
            ticket: summary.number, rule: rule.id, ruleTitle: rule.title,
            because: LocalizedText(zhHans: reason, en: reason), nominatedBy: .staff(name), nominatedAt: now,
            approver: rule.approver, recipients: recipients)
        file.follow(pack, severity: summary.severity)
        return file
    }

    /// What the ticket says already, for whoever writes the case; personal data are still in it.
    var draft: CaseText {
        func joined(_ parts: [String?]) -> String {
            parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n")
        }
        return CaseText(
            title: joined([record.complaint.reason]),
            background: joined([record.complaint.narrative, record.complaint.request]),
            cause: joined(record.investigations.flatMap { [$0.directCause, $0.rootCause] }),
            handling: joined(record.solutions.map(\.solution.measures) + record.implementations.map(\.outcome)))
    }
}

extension CaseFile {
    /// Takes over the pack's time for writing it up: the clock that starts with the nomination.
    fileprivate mutating func follow(_ pack: PolicyPack, severity: Severity?) {
        let event = CaseNominated.type.word
        guard let due = pack.deadlines(startedBy: event, at: nominatedAt, severity: severity).first else { return }
        (dueAt, dueBecause) = (due.dueAt, due.explanation)
    }
}
