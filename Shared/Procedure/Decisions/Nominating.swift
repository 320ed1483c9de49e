import Contracts
import Foundation

/// A closed complaint that is to become a case (K17, S13).
package struct CaseNomination: Hashable, Sendable {
    /// The case rule's id.
    package var rule: String
    package var title: LocalizedText
    /// A sign-in name.
    package var approver: String
    /// Departments, escalation targets, parties outside.
    package var recipients: [String]
    package var because: Explanation
}

/// A report that is due: for which time, by when.
package struct ReportDue: Hashable, Sendable {
    package var report: String
    /// From the first midnight of the period until the first after it.
    package var period: DateInterval
    package var dueAt: Date
    package var explanation: LocalizedText
}

extension PolicyPack {
    /// The cases that a closed complaint is to become.
    package func nominations(for graded: GradedComplaint) -> [CaseNomination] {
        let facts = facts(graded)
        return cases.compactMap { rule in
            guard let findings = rule.when.met(by: facts) else { return nil }
            let recipients = rule.recipients.isEmpty ? departments.map(\.id.text) : rule.recipients
            return CaseNomination(
                rule: rule.id, title: rule.title, approver: rule.approver, recipients: recipients,
                because: explanation("cases.\(rule.id)", rule.title, findings: findings))
        }
    }

    /// True, with why, when a closed complaint must lead to an improvement measure (M19, V11).
    package func improvementNeeded(for graded: GradedComplaint) -> Explanation? {
        guard let when = improvement?.when, let findings = when.met(by: facts(graded)) else { return nil }
        let title = LocalizedText(zhHans: "须制定整改措施", en: "An improvement measure is needed")
        return explanation("improvement", title, findings: findings)
    }

    /// Why a complaint counts for nobody's assessment; nil when it counts.
    package func exclusionFromAssessment(_ graded: GradedComplaint) -> Explanation? {
        guard let when = assessment?.excluded, let findings = when.met(by: facts(graded)) else { return nil }
        let title = LocalizedText(zhHans: "不计入考核", en: "Not counted in the assessment")
        return explanation("assessment.excluded", title, findings: findings)
    }

    /// A report about the last period that ended by `now`.
    package func due(_ report: ReportRule, at now: Date) -> ReportDue? {
        let calendar = civilCalendar
        let parts = calendar.dateComponents([.year, .month], from: now)
        guard let year = parts.year, let month = parts.month else { return nil }
        let first = (month - 1) / report.every.months * report.every.months + 1
        guard let end = calendar.date(from: DateComponents(year: year, month: first)),
            let start = calendar.date(byAdding: .month, value: -report.every.months, to: end)
        else { return nil }
        // The period ends with the midnight that begins the next: its last instant is the start of the time allowed.
        let due = self.calendar.due(from: end.addingTimeInterval(-1), within: report.within)
        return ReportDue(
            report: report.id, period: DateInterval(start: start, end: end), dueAt: due.dueAt,
            explanation: due.explanation)
    }

    /// When a closed complaint's personal data are erased; nil when the pack says nothing.
    package func erasure(closedAt: Date) -> (personalData: Date, evidence: Date)? {
        guard let retention else { return nil }
        func end(_ span: RetentionTerms.Span) -> Date {
            let component: Calendar.Component =
                switch span.unit {
                case .days: .day
                case .months: .month
                case .years: .year
                }
            return civilCalendar.date(byAdding: component, value: span.count, to: closedAt) ?? .distantFuture
        }
        return (end(retention.personalData), end(retention.evidence))
    }

    /// The days of the pack's time zone.
    private var civilCalendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}
