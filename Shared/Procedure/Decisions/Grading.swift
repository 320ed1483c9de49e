import Contracts

/// How grave and how pressing a complaint is, and why (M07, M08).
package struct Grading: Hashable, Sendable {
    package var severity: Severity
    package var urgency: Urgency
    package var importance: Importance
    package var explanation: Explanation
}

extension PolicyPack {
    /// Grades by the first rule that is met. The last rule has no condition, so there is always one.
    package func grade(
        _ complaint: Complaint, category: String?, course: CourseSoFar = CourseSoFar()
    ) -> Grading {
        let facts = facts(complaint, category: category, course: course)
        for rule in grading {
            guard let when = rule.when else { return grading(by: rule, findings: ConditionFindings()) }
            if let findings = when.met(by: facts) { return grading(by: rule, findings: findings) }
        }
        // Only a pack that was not loaded can have no last rule; the gravest is then the safe answer.
        let text = LocalizedText(zhHans: "分级规则均不适用", en: "no grading rule applies")
        return Grading(
            severity: .major, urgency: .urgent, importance: .important,
            explanation: Explanation(rule: "grading", text: text))
    }

    private func grading(by rule: GradingRule, findings: ConditionFindings) -> Grading {
        let severity = title(of: rule.severity)
        let title = LocalizedText(
            zhHans: "\(severity.zhHans)——\(rule.title.zhHans)", en: "\(severity.en): \(rule.title.en)")
        return Grading(
            severity: rule.severity, urgency: rule.urgency, importance: rule.importance,
            explanation: explanation("grading.\(rule.id)", title, findings: findings))
    }
}
