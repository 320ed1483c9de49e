import Contracts
import Foundation
import Persistence
import Procedure

/// Turns what the policy decided into messages and ledger entries.
struct CaseAnnouncer {
    let pack: PolicyPack
    /// The complaint after the decision.
    let record: ComplaintRecord
    let happening: Happening
    let cause: Envelope?
    let unit: UnitOfWork

    private static let departmentEvents: Set<String> = [
        "case.acknowledged", "solution.proposed", "solution.implemented",
    ]

    func perform(_ effect: RoutingEffect, clocks: CaseClocks) throws {
        switch effect {
        case .accept(let round): try send(accepted(round: round))
        case .reject(let round):
            try send(
                ComplaintRejected(
                    round: round, reason: happening.detail ?? "", by: happening.by, policy: pack.stamp))
        case .answer:
            try send(
                ComplaintAnswered(answer: happening.detail ?? "", by: happening.by, policy: pack.stamp))
        case .assign: try sendAssignments(clocks: clocks)
        case .cancel(let department, _, let assignment, let reason):
            try send(CaseCancelled(department: department, assignment: assignment, reason: reason))
        case .merge(let survivor):
            try send(ComplaintMerged(into: survivor, reason: happening.detail ?? "", by: happening.by))
        case .urge(let department):
            let clock = clocks.nextClock(stoppedByAnyOf: Self.departmentEvents)?.deadline.clock
            try send(
                CaseUrged(
                    department: department, clock: clock, comment: happening.detail ?? "", by: happening.by))
        case .count(let ledger, let change):
            let name: LedgerName =
                switch ledger {
                case .open: .open
                case .withdrawn: .withdrawn
                case .merged: .merged
                }
            try unit.count(name, day: record.number.day, channel: record.complaint.channel, by: change)
        }
    }

    /// The event, as `noun.verb`, that clocks hear of when an effect happens. Of several departments only the lead's
    /// assignment starts and stops clocks.
    func clockEvent(of effect: RoutingEffect) -> String? {
        switch effect {
        case .accept: "complaint.accepted"
        case .reject: "complaint.rejected"
        case .answer: "complaint.answered"
        case .assign: "case.assigned"
        case .cancel(_, let role, _, _): role == .lead ? "case.cancelled" : nil
        case .merge: "complaint.merged"
        case .urge, .count: nil
        }
    }

    /// What the complaint's history says of an effect.
    func historyEntry(of effect: RoutingEffect) -> HistoryRecord? {
        guard let event = historyEvent(of: effect) else { return nil }
        let department: DepartmentID? =
            switch effect {
            case .assign: record.handling?.lead
            case .cancel(let department, _, _, _), .urge(let department): department
            case .accept, .reject, .answer, .merge, .count: nil
            }
        let detail: String? =
            switch effect {
            case .cancel(_, _, _, let reason): reason.rawValue
            case .merge: merging.zhHans
            // Why the pack assigned it so is among the explanations, in both languages.
            case .assign: happening.by.kind == .system ? nil : happening.detail
            case .accept, .reject, .answer, .urge, .count: happening.detail
            }
        var entry = HistoryRecord(
            at: happening.at, event: event, standing: .moved, by: happening.by, department: department, detail: detail)
        switch effect {
        case .merge: entry.words = merging
        case .cancel: break
        case .accept, .reject, .answer, .urge, .count, .assign: entry.words = happening.words
        }
        if case .assign = effect {
            (entry.assignment, entry.firstVersion) = (record.file.assignments, record.file.firstVersion)
        }
        return entry
    }

    /// Into which complaint, and why.
    private var merging: LocalizedText {
        guard case .merged(let survivor) = record.file.state else { return LocalizedText(same: happening.detail ?? "") }
        return LocalizedText(same: survivor.text).labelling(LocalizedText(same: happening.detail ?? ""))
    }

    private func historyEvent(of effect: RoutingEffect) -> String? {
        switch effect {
        case .accept: "complaint.accepted"
        case .reject: "complaint.rejected"
        case .answer: "complaint.answered"
        case .assign: "case.assigned"
        case .cancel: "case.cancelled"
        case .merge: "complaint.merged"
        case .urge: "case.urged"
        case .count: nil
        }
    }

    private func accepted(round: Int) -> ComplaintAccepted {
        ComplaintAccepted(
            round: round, severity: record.severity ?? .general, category: categoryID, categoryTitle: categoryTitle,
            policy: pack.stamp, explanations: record.explanations, by: happening.by)
    }

    /// One message for the lead and one for each department that assists; the clocks are the lead's.
    private func sendAssignments(clocks: CaseClocks) throws {
        guard let handling = record.handling else { return }
        let deadlines = clocks.running.map(\.deadline)
        for department in handling.holders {
            let role: CaseRole = department == handling.lead ? .lead : .assisting
            try send(
                assigned(handling, to: department, as: role, deadlines: role == .lead ? deadlines : []))
        }
    }

    private func assigned(
        _ handling: Handling, to department: DepartmentID, as role: CaseRole, deadlines: [Deadline]
    ) -> CaseAssigned {
        let group = record.group(handling, by: pack)
        return CaseAssigned(
            assignment: handling.assignment, role: role, department: department,
            departmentTitle: pack.department(department)?.title
                ?? LocalizedText(zhHans: department.text, en: department.text),
            lead: handling.lead, assisting: handling.assisting, owner: record.owner,
            severity: record.severity ?? .general,
            category: categoryID, categoryTitle: categoryTitle, reason: happening.detail ?? "",
            explanations: record.explanations, policy: pack.stamp, complaint: record.complaint, deadlines: deadlines,
            authority: pack.authority(for: record.graded(by: pack)),
            nextSolutionVersion: record.file.highestVersion + 1, round: record.file.round,
            isRuling: handling.isRuling, by: happening.by, head: pack.department(department)?.head, group: group,
            titles: record.titles(handling, group, by: pack), nextSolutionNumber: record.file.highestNumber + 1,
            audience: record.audience(by: pack)?.with(people: [pack.department(department)?.head]),
            words: pack.words(for: record.complaint), masks: pack.masksByRole)
    }

    private var categoryID: String { record.category ?? pack.otherCategory.id }

    private var categoryTitle: LocalizedText { (pack.category(categoryID) ?? pack.otherCategory).title }

    private func send(_ event: some Event) throws {
        try unit.send(event, about: record.number, because: cause)
    }
}
