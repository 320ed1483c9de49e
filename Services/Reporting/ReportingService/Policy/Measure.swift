import Contracts
import Foundation

/// Where a measure stands. Raw values are stored and part of addresses.
enum MeasureStage: String, Hashable, Sendable, Codable, CaseIterable {
    /// 整改中
    case open
    /// 已完成，待审核
    case done
    /// 已审核
    case audited
}

/// What an audit (审核) found.
enum AuditResult: String, Hashable, Sendable, Codable, CaseIterable {
    /// 有效: the cause is gone.
    case effective
    /// 不到位: it goes on, with a new date.
    case insufficient
}

/// What follows for those who carried it out (奖惩, V12).
enum Consequence: String, Hashable, Sendable, Codable, CaseIterable {
    case none, reward, penalty
}

/// An audit of a measure.
struct MeasureAudit: Hashable, Sendable, Codable {
    var result: AuditResult
    var note: String
    var consequence: Consequence
    /// What the reward or the penalty is.
    var consequenceNote: String?
    /// Until when it has to be done again; only when it was insufficient.
    var dueAt: Date?
}

/// A corrective measure (整改措施, 改进措施): what a department changes so that the same does not happen again. Rules M19,
/// V11, V12.
struct Measure: Hashable, Sendable, Codable {
    /// Absent until it is stored.
    var id: Int64?
    /// The month whose report led to it, as `yyyy-MM`.
    var month: String?
    /// The complaint whose root cause led to it.
    var ticket: TicketNumber?
    var department: DepartmentID
    /// What is done.
    var measure: String
    /// Against which cause.
    var cause: String?
    var dueAt: Date
    var setBy: String
    var setAt: Date
    var stage = MeasureStage.open
    var outcome: String?
    var doneBy: String?
    var doneAt: Date?
    /// The last audit.
    var audit: MeasureAudit?
    var auditedBy: String?
    var auditedAt: Date?

    func isOverdue(at now: Date) -> Bool { stage == .open && dueAt < now }
}

extension Measure {
    /// The department reports that it is done.
    mutating func complete(_ outcome: String, by name: String, at now: Date) throws(ImprovementRefusal) {
        guard stage == .open else { throw .notNow }
        (stage, self.outcome, doneBy, doneAt) = (.done, outcome, name, now)
    }

    /// Somebody else than who did it looks whether it helped; if not, it goes on.
    mutating func settle(_ audit: MeasureAudit, by name: String, at now: Date) throws(ImprovementRefusal) {
        guard stage == .done else { throw .notNow }
        guard name != doneBy else { throw .ownWork }
        (self.audit, auditedBy, auditedAt) = (audit, name, now)
        switch audit.result {
        case .effective: stage = .audited
        case .insufficient:
            stage = .open
            dueAt = audit.dueAt ?? dueAt
        }
    }
}

/// A closed complaint that the pack wants a measure for, and that has none yet (M19).
struct MeasureNeed: Hashable, Sendable, Codable {
    var ticket: TicketNumber
    var because: LocalizedText
    var department: DepartmentID?
    /// When the complaint was closed.
    var since: Date
}
