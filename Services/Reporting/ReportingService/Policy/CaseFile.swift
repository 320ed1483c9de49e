import Contracts
import Foundation
import Procedure

/// Where a case stands. Raw values are stored and part of addresses.
enum CaseStage: String, Hashable, Sendable, Codable, CaseIterable {
    /// 待撰写
    case nominated
    /// 待审批
    case submitted
    /// 退回修改: refused with a reason, to be written again.
    case returned
    /// 已发布: in the case library (案例库).
    case published

    /// True while somebody has to write.
    var isWritten: Bool { self == .nominated || self == .returned }
}

/// What is written about a complaint so that others learn from it. The customer's personal data are taken out when it is
/// kept, because everybody reads it (M18).
struct CaseText: Hashable, Sendable, Codable {
    var title = ""
    /// 背景
    var background = ""
    /// 原因分析
    var cause = ""
    /// 处理经过
    var handling = ""
    /// 经验教训
    var lesson = ""

    /// The fields that are empty, as forms and JSON name them.
    var missing: [String] {
        [
            ("title", title), ("background", background), ("cause", cause), ("handling", handling), ("lesson", lesson),
        ].filter { $0.1.isEmpty }.map(\.0)
    }

    /// The same text with every part changed.
    func mapped(_ change: (String) -> String) -> CaseText {
        CaseText(
            title: change(title), background: change(background), cause: change(cause), handling: change(handling),
            lesson: change(lesson))
    }
}

/// A case (案例): a closed complaint that is written up, approved, and sent to those who shall learn from it. Rules K17,
/// S13.
struct CaseFile: Hashable, Sendable, Codable {
    /// Absent until it is stored.
    var id: Int64?
    var ticket: TicketNumber
    /// The case rule of the pack.
    var rule: String
    var ruleTitle: LocalizedText
    var stage = CaseStage.nominated
    /// Why it was nominated.
    var because: LocalizedText
    var nominatedBy: Actor
    var nominatedAt: Date
    /// Approves it: a sign-in name.
    var approver: String
    /// Who receives it: ids of departments, escalation targets, parties outside.
    var recipients: [String]
    /// Until when it has to be published; absent when the pack has no clock for it.
    var dueAt: Date?
    var dueBecause: LocalizedText?
    var text = CaseText()
    /// Who wrote it last.
    var author: String?
    var submittedAt: Date?
    var decidedBy: String?
    var decidedAt: Date?
    /// Why it was refused last; absent once it is handed in again.
    var refusal: String?
    var publishedAt: Date?
}

extension CaseFile {
    /// Keeps what was written, and hands it in for approval when `submits`.
    ///
    /// - Throws: `.notNow` when it is handed in or published, `.ownWork` for the approver, `.incomplete` when it is handed
    ///   in with empty parts.
    mutating func write(_ text: CaseText, submits: Bool, by name: String, at now: Date) throws(ImprovementRefusal) {
        guard stage.isWritten else { throw .notNow }
        guard name != approver else { throw .ownWork }
        if submits, !text.missing.isEmpty { throw .incomplete(text.missing) }
        self.text = text
        author = name
        guard submits else { return }
        (stage, submittedAt, refusal) = (.submitted, now, nil)
    }

    /// Approves it, which publishes it.
    mutating func approve(by name: String, at now: Date) throws(ImprovementRefusal) {
        try checkDecision(by: name)
        (stage, decidedBy, decidedAt, publishedAt) = (.published, name, now, now)
    }

    /// Sends it back to be written again.
    mutating func refuse(_ reason: String, by name: String, at now: Date) throws(ImprovementRefusal) {
        try checkDecision(by: name)
        (stage, decidedBy, decidedAt, refusal) = (.returned, name, now, reason)
    }

    /// What a department is sent of it.
    func distributed(to department: DepartmentID, by name: String, in pack: PolicyPack) -> CaseDistributed {
        CaseDistributed(
            department: department, caseFile: Int(id ?? 0), title: text.title, background: text.background,
            cause: text.cause, handling: text.handling, lesson: text.lesson, by: .staff(name),
            byTitle: pack.people[name])
    }

    private func checkDecision(by name: String) throws(ImprovementRefusal) {
        guard stage == .submitted else { throw .notNow }
        guard name == approver else { throw .onlyFor(approver) }
        guard name != author else { throw .ownWork }
    }
}
