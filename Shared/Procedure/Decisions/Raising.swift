import Contracts
import Foundation

/// A complaint that must be raised beyond the departments (V05–V08, W16).
package struct Raising: Hashable, Sendable {
    /// The rule's id; a complaint is raised once by each.
    package var rule: String
    package var title: LocalizedText
    package var to: [String]
    package var form: RaisingRule.Form
    package var purpose: RaisingRule.Purpose
    package var dueAt: Date
    /// Why, and how the due time was found.
    package var because: Explanation
    package var timing: LocalizedText
}

extension PolicyPack {
    /// Whom a complaint must be raised to now.
    ///
    /// - Parameter done: Rules by which it was raised before.
    package func raisings(for graded: GradedComplaint, done: Set<String> = [], at now: Date) -> [Raising] {
        let facts = facts(graded)
        return raising.compactMap { rule in
            guard !done.contains(rule.id), let findings = rule.when.met(by: facts) else { return nil }
            let due = calendar.due(from: now, within: rule.within)
            return Raising(
                rule: rule.id, title: rule.title, to: rule.to, form: rule.form, purpose: rule.purpose,
                dueAt: due.dueAt, because: explanation("raising.\(rule.id)", rule.title, findings: findings),
                timing: due.explanation)
        }
    }

    /// Whether a closed complaint's result is made public, until when and where (W24); nil when it is not.
    package func publication(
        for graded: GradedComplaint, closedAt: Date
    ) -> (dueAt: Date, place: LocalizedText, because: Explanation)? {
        guard let publication, let findings = publication.when.met(by: facts(graded)) else { return nil }
        let title = LocalizedText(zhHans: "处理结果须向社会公布", en: "The result is made public")
        return (
            calendar.due(from: closedAt, within: publication.within).dueAt, publication.place,
            explanation("publication", title, findings: findings)
        )
    }

    /// Who follows a complaint from the start, and why (S16); nil when nobody does.
    package func followers(of graded: GradedComplaint) -> (by: [String], because: Explanation)? {
        guard let followed = supervision?.followed, let findings = followed.when.met(by: facts(graded)) else {
            return nil
        }
        let title = LocalizedText(zhHans: "重点关注跟进", en: "Followed from above")
        return (followed.by, explanation("supervision.followed", title, findings: findings))
    }

    /// The rule for work orders that come by a channel (V01).
    package func upstream(channel: String) -> UpstreamRule? { upstream.first { $0.channel == channel } }

    /// The want of parts that a complaint or warning is about (V04), and why; nil when it is about none.
    package func partsCase(for graded: GradedComplaint) -> (terms: WarningTerms.Parts, because: Explanation)? {
        guard let parts = warnings?.parts, let findings = parts.when.met(by: facts(graded)) else { return nil }
        let title = LocalizedText(
            zhHans: "缺配件，由配件部门调配、登记并跟踪", en: "For want of parts: transferred or ordered, and tracked")
        return (parts, explanation("warnings.parts", title, findings: findings))
    }

    /// Why a complaint may not be settled on the spot (M05); nil when it may.
    package func refusalOfFirstContact(_ graded: GradedComplaint, compensation: Money?) -> LocalizedText? {
        guard let firstContact else {
            return LocalizedText(zhHans: "本制度不设当场解决", en: "This procedure has no settling on the spot")
        }
        let facts = facts(graded)
        guard firstContact.when.met(by: facts) != nil else {
            let missing = firstContact.when.missing(in: facts)
            return LocalizedText(
                zhHans: "不得当场解决：\(missing.map(\.zhHans).joined(separator: "；"))",
                en: "It may not be settled on the spot: \(missing.map(\.en).joined(separator: "; "))")
        }
        guard let compensation, compensation.hundredths > (firstContact.compensationLimit?.hundredths ?? 0) else {
            return nil
        }
        let limit = firstContact.compensationLimit?.text ?? "0"
        return LocalizedText(
            zhHans: "当场补偿 \(compensation) 超出权限 \(limit)",
            en: "\(compensation) is more than the \(limit) that may be offered on the spot")
    }
}
