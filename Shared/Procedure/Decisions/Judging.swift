import Contracts

/// What a pack says about a complaint's validity.
package enum PolicyJudgement: Hashable, Sendable {
    /// Valid, without a person's looking (K03).
    case valid([Explanation])
    /// A person must look: why the pack does not decide.
    case undecided([Explanation])
}

extension PolicyPack {
    /// Judges by the pack's conditions. Nothing is judged invalid by a rule; what is no complaint goes to the desk.
    package func judge(_ complaint: Complaint, course: CourseSoFar = CourseSoFar()) -> PolicyJudgement {
        let facts = facts(complaint, course: course)
        let stops = judgement.desk.compactMap { rule in
            rule.when.met(by: facts).map { explanation("judgement.\(rule.id)", rule.title, findings: $0) }
        }
        guard stops.isEmpty else { return .undecided(stops) }
        for rule in judgement.valid {
            if let findings = rule.when.met(by: facts) {
                return .valid([explanation("judgement.\(rule.id)", rule.title, findings: findings)])
            }
        }
        return .undecided(
            judgement.valid.map { rule in
                let missing = rule.when.missing(in: facts)
                let text = LocalizedText(
                    zhHans: "未满足「\(rule.title.zhHans)」：\(missing.map(\.zhHans).joined(separator: "；"))",
                    en: "“\(rule.title.en)” is not met: \(missing.map(\.en).joined(separator: "; "))")
                return Explanation(rule: "judgement.\(rule.id)", text: text)
            })
    }

    /// The rule's title with what met it.
    func explanation(_ rule: String, _ title: LocalizedText, findings: ConditionFindings) -> Explanation {
        let phrases = findings.phrases
        let text =
            phrases.isEmpty
            ? title
            : LocalizedText(
                zhHans: "\(title.zhHans)：\(phrases.map(\.zhHans).joined(separator: "；"))",
                en: "\(title.en): \(phrases.map(\.en).joined(separator: "; "))")
        return Explanation(rule: rule, text: text, facts: findings.facts)
    }
}
