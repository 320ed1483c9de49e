import Contracts

/// A condition over a complaint's facts, as a pack writes it: `all`, `any`, `not`, or a field with a comparison. Never code.
package indirect enum Condition: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case test(ConditionTest)

    /// The facts that met the condition, or nil when it is not met.
    package func met(by facts: ComplaintFacts) -> ConditionFindings? {
        switch self {
        case .all(let conditions):
            var findings = ConditionFindings()
            for condition in conditions {
                guard let more = condition.met(by: facts) else { return nil }
                findings.merge(more)
            }
            return findings
        case .any(let conditions):
            let met = conditions.compactMap { $0.met(by: facts) }
            guard !met.isEmpty else { return nil }
            return met.reduce(into: ConditionFindings()) { $0.merge($1) }
        case .not(let condition):
            return condition.met(by: facts) == nil ? condition.shown(facts) : nil
        case .test(let test):
            return test.met(by: facts)
        }
    }

    /// What would have to be otherwise for the condition to be met, in words; empty when it is met.
    package func missing(in facts: ComplaintFacts) -> [LocalizedText] {
        guard met(by: facts) == nil else { return [] }
        switch self {
        case .all(let conditions): return conditions.flatMap { $0.missing(in: facts) }
        case .any(let conditions):
            let parts = conditions.flatMap { $0.missing(in: facts) }
            return [
                LocalizedText(
                    zhHans: parts.map(\.zhHans).joined(separator: "，或"), en: parts.map(\.en).joined(separator: ", or "))
            ]
        case .not(let condition):
            return (condition.met(by: facts)?.phrases ?? []).map {
                LocalizedText(zhHans: "不得有：\($0.zhHans)", en: "must not be so: \($0.en)")
            }
        case .test(let test): return [test.requirement(facts)]
        }
    }

    /// The facts that a condition which is not met asked about, without words.
    private func shown(_ facts: ComplaintFacts) -> ConditionFindings {
        switch self {
        case .all(let conditions), .any(let conditions):
            conditions.reduce(into: ConditionFindings()) { $0.merge($1.shown(facts)) }
        case .not(let condition): condition.shown(facts)
        case .test(let test): ConditionFindings(facts: [test.field.rawValue: facts.shown(test.field)], phrases: [])
        }
    }
}

/// What met a condition.
package struct ConditionFindings: Hashable, Sendable {
    /// The values by field, for `Explanation.facts`.
    package var facts: [String: String] = [:]
    /// The same in words.
    package var phrases: [LocalizedText] = []

    package init(facts: [String: String] = [:], phrases: [LocalizedText] = []) {
        self.facts = facts
        self.phrases = phrases
    }

    mutating func merge(_ other: ConditionFindings) {
        facts.merge(other.facts) { mine, theirs in
            mine == theirs || theirs == "…" ? mine : mine == "…" ? theirs : "\(mine), \(theirs)"
        }
        phrases += other.phrases.filter { !phrases.contains($0) }
    }
}
