import Contracts

/// Reads conditions: `{all: […]}`, `{any: […]}`, `{not: …}`, `{field: amount, atLeast: 10000}`.
extension YAMLValue {
    /// - Parameter stage: What is known when the condition is asked; a condition on more does not load.
    func condition(when stage: FactStage) -> Condition? {
        let comparisons = [
            "is", "isOneOf", "isNoneOf", "atLeast", "atMost", "above", "below", "contains", "containsAll",
            "lengthAtLeast", "isTrue", "exists",
        ]
        guard let mapping = mapping(["all", "any", "not", "field"] + comparisons) else { return nil }
        guard !mapping.entries.isEmpty else {
            report("the condition is empty: it would always be met")
            return nil
        }
        if mapping.entries.keys.contains("field") { return test(mapping, comparisons, when: stage).map(Condition.test) }
        guard mapping.entries.count == 1, let (key, value) = mapping.entries.first else {
            report("a condition is one of 'all', 'any', 'not', or a 'field' with one comparison")
            return nil
        }
        switch key {
        case "all": return value.list { $0.condition(when: stage) }.map(Condition.all)
        case "any": return value.list { $0.condition(when: stage) }.map(Condition.any)
        case "not": return value.condition(when: stage).map(Condition.not)
        default:
            report("'\(key)' needs a 'field' to compare")
            return nil
        }
    }

    private func test(
        _ mapping: YAMLMapping, _ comparisons: [String], when stage: FactStage
    ) -> ConditionTest? {
        let field = mapping.required("field")?.choice(FactField.self)
        let others = mapping.entries.filter { $0.key != "field" }
        guard others.count == 1, let (name, value) = others.first, comparisons.contains(name) else {
            report("a field needs exactly one comparison of \(comparisons.joined(separator: ", "))")
            return nil
        }
        guard let field else { return nil }
        guard field.knownFrom <= stage else {
            mapping.optional("field")?.report(
                "'\(field.rawValue)' is not known before the complaint is \(field.knownFrom.phrase): the condition would "
                    + "never be met here")
            return nil
        }
        guard field.allowedComparisons.contains(name) else {
            let allowed = field.allowedComparisons.joined(separator: ", ")
            value.report("'\(field.rawValue)' cannot be compared with '\(name)'; it knows \(allowed)")
            return nil
        }
        let comparison = value.comparison(name, field: field)
        switch comparison {
        case .contains(let words) where field == .flags, .containsAll(let words) where field == .flags:
            log.ask(for: words)
        default: break
        }
        return comparison.map { ConditionTest(field: field, comparison: $0) }
    }

    private func comparison(_ name: String, field: FactField) -> ConditionTest.Comparison? {
        switch name {
        case "is": choiceValue(of: field).map { .isOneOf([$0]) }
        case "isOneOf": oneOrMore { $0.choiceValue(of: field) }.map { .isOneOf($0) }
        case "isNoneOf": oneOrMore { $0.choiceValue(of: field) }.map { .isNoneOf($0) }
        case "atLeast": bound(field).map { .atLeast($0) }
        case "atMost": bound(field).map { .atMost($0) }
        case "above": bound(field).map { .above($0) }
        case "below": bound(field).map { .below($0) }
        case "contains": oneOrMore { $0.keyword() }.map { .contains($0) }
        case "containsAll": oneOrMore { $0.keyword() }.map { .containsAll($0) }
        case "lengthAtLeast": integer(in: 1...100_000).map { .lengthAtLeast($0) }
        case "isTrue": boolean().map { .isTrue($0) }
        default: boolean().map { .exists($0) }
        }
    }

    private func bound(_ field: FactField) -> Int? {
        field.nature == .money ? money()?.hundredths : integer(in: 0...1_000_000_000)
    }

    func keyword() -> Keyword? {
        guard let text = scalar("a word") else { return nil }
        guard let keyword = Keyword(text) else {
            report("'\(text)' is no word to look for")
            return nil
        }
        return keyword
    }

    private func choiceValue(of field: FactField) -> String? {
        switch field {
        case .kind: choice(ComplaintKind.self)?.rawValue
        case .channel: reference(to: .channel)
        case .category: reference(to: .category)
        case .severity: reference(to: .severity)
        case .urgency: choice(Urgency.self)?.rawValue
        case .importance: choice(Importance.self)?.rawValue
        case .outcome: choice(ClosingOutcome.self)?.rawValue
        default: scalar("a value of '\(field.rawValue)'")
        }
    }
}

extension FactField {
    /// The comparisons that make sense for the field's nature.
    var allowedComparisons: [String] {
        switch nature {
        case .choice: ["is", "isOneOf", "isNoneOf", "exists"]
        case .money, .count: ["atLeast", "atMost", "above", "below", "exists"]
        case .markers: ["contains", "containsAll", "exists"]
        case .truth: ["isTrue"]
        case .text: ["contains", "containsAll", "lengthAtLeast", "exists"]
        }
    }
}
