import Contracts

/// One field compared with what the pack names.
package struct ConditionTest: Hashable, Sendable {
    package var field: FactField
    package var comparison: Comparison

    package init(field: FactField, comparison: Comparison) {
        self.field = field
        self.comparison = comparison
    }

    /// How a field is compared. Money is in hundredths.
    package enum Comparison: Hashable, Sendable {
        case isOneOf([String])
        case isNoneOf([String])
        case atLeast(Int)
        case atMost(Int)
        case above(Int)
        case below(Int)
        /// At least one of the words, or of the markers.
        case contains([Keyword])
        case containsAll([Keyword])
        /// Characters, white space at the ends not counted.
        case lengthAtLeast(Int)
        case isTrue(Bool)
        case exists(Bool)
    }

    func met(by facts: ComplaintFacts) -> ConditionFindings? {
        switch comparison {
        case .contains(let keywords): return found(keywords, in: facts, all: false)
        case .containsAll(let keywords): return found(keywords, in: facts, all: true)
        case .isOneOf(let values): return finding(facts, when: facts.choices(field).contains(where: values.contains))
        case .isNoneOf(let values): return finding(facts, when: !facts.choices(field).contains(where: values.contains))
        case .atLeast(let limit): return finding(facts, when: number(facts) { $0 >= limit })
        case .atMost(let limit): return finding(facts, when: number(facts) { $0 <= limit })
        case .above(let limit): return finding(facts, when: number(facts) { $0 > limit })
        case .below(let limit): return finding(facts, when: number(facts) { $0 < limit })
        case .lengthAtLeast(let length): return finding(facts, when: trimmedLength(facts) >= length)
        case .isTrue(let wanted): return finding(facts, when: facts.truth(field) == wanted)
        case .exists(let wanted): return finding(facts, when: exists(facts) == wanted)
        }
    }

    private func finding(_ facts: ComplaintFacts, when isMet: Bool) -> ConditionFindings? {
        guard isMet else { return nil }
        let shown = facts.shown(field)
        let requirement = requirement(facts)
        let phrase =
            switch field.nature {
            case .money, .count:
                LocalizedText(zhHans: "\(requirement.zhHans)（为 \(shown)）", en: "\(requirement.en) (it is \(shown))")
            case .choice, .markers, .truth, .text: requirement
            }
        return ConditionFindings(facts: [field.rawValue: shown], phrases: [phrase])
    }

    private func found(_ keywords: [Keyword], in facts: ComplaintFacts, all: Bool) -> ConditionFindings? {
        let found: [Keyword]
        if field.nature == .markers {
            let flags = Set(facts.complaint.flags)
            found = keywords.filter { flags.contains($0.text) }
        } else {
            let text = facts.searchText(field)
            found = keywords.filter { $0.isFound(in: text) }
        }
        guard all ? found.count == keywords.count : !found.isEmpty else { return nil }
        let titles = found.map { keyword in
            field.nature == .markers
                ? MarkerWords.title(keyword.text) : LocalizedText(zhHans: keyword.text, en: keyword.text)
        }
        return ConditionFindings(
            facts: [field.rawValue: found.map(\.text).joined(separator: ", ")],
            phrases: [
                LocalizedText(
                    zhHans: "\(field.title.zhHans)中有\(titles.map { "“\($0.zhHans)”" }.joined(separator: "、"))",
                    en: "\(field.title.en) mention \(titles.map { "“\($0.en)”" }.joined(separator: ", "))")
            ])
    }

    private func number(_ facts: ComplaintFacts, _ test: (Int) -> Bool) -> Bool {
        facts.number(field).map(test) ?? false
    }

    private func trimmedLength(_ facts: ComplaintFacts) -> Int {
        let text = (facts.text(field) ?? "").drop(while: \.isWhitespace)
        return text.count - text.reversed().prefix(while: \.isWhitespace).count
    }

    private func exists(_ facts: ComplaintFacts) -> Bool {
        switch field.nature {
        case .choice: !facts.choices(field).isEmpty
        case .money, .count: facts.number(field) != nil
        case .markers: !facts.complaint.flags.isEmpty
        case .truth: true
        case .text: trimmedLength(facts) > 0
        }
    }

    /// What the test asks for, in words.
    func requirement(_ facts: ComplaintFacts) -> LocalizedText {
        let (zh, en) = (field.title.zhHans, field.title.en)
        switch comparison {
        case .isOneOf(let values):
            let list = choices(values, facts)
            return LocalizedText(zhHans: "\(zh)为\(list.zhHans)", en: "\(en) is \(list.en)")
        case .isNoneOf(let values):
            let list = choices(values, facts)
            return LocalizedText(zhHans: "\(zh)不为\(list.zhHans)", en: "\(en) is not \(list.en)")
        case .atLeast(let limit): return bounded("不低于", "is at least", limit)
        case .atMost(let limit): return bounded("不超过", "is at most", limit)
        case .above(let limit): return bounded("高于", "is above", limit)
        case .below(let limit): return bounded("低于", "is below", limit)
        case .contains(let words), .containsAll(let words):
            let (chinese, english) = (examples(of: words, inChinese: true), examples(of: words, inChinese: false))
            return LocalizedText(
                zhHans: "\(zh)中提到\(chinese.shown.joined(separator: "、"))\(chinese.more ? "等" : "")",
                en: "\(en) mention \(english.shown.joined(separator: ", "))\(english.more ? " or the like" : "")")
        case .lengthAtLeast(let length):
            return LocalizedText(zhHans: "\(zh)不少于 \(length) 字", en: "\(en) has at least \(length) characters")
        case .isTrue(let wanted):
            return wanted ? field.title : LocalizedText(zhHans: "非：\(zh)", en: "not so: \(en)")
        case .exists(let wanted):
            return wanted
                ? LocalizedText(zhHans: "已填写\(zh)", en: "\(en) is given")
                : LocalizedText(zhHans: "未填写\(zh)", en: "\(en) is not given")
        }
    }

    /// A few of the words that would do: of those of the reader's language, where the pack has any.
    private func examples(of words: [Keyword], inChinese: Bool) -> (shown: [String], more: Bool) {
        let titles = words.map { word in
            guard field.nature == .markers else { return word.text }
            let title = MarkerWords.title(word.text)
            return inChinese ? title.zhHans : title.en
        }
        let own = titles.filter { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == inChinese }
        let shown = (own.isEmpty ? titles : own).prefix(3).map { "“\($0)”" }
        return (shown, titles.count > shown.count)
    }

    private func choices(_ values: [String], _ facts: ComplaintFacts) -> LocalizedText {
        let titles = values.map { facts.title(field, $0) }
        return LocalizedText(
            zhHans: titles.map(\.zhHans).joined(separator: "或"), en: titles.map(\.en).joined(separator: " or "))
    }

    private func bounded(_ zh: String, _ en: String, _ limit: Int) -> LocalizedText {
        let cents = limit % 100
        let number = field.nature == .money ? "\(limit / 100).\(cents < 10 ? "0" : "")\(cents)" : "\(limit)"
        return LocalizedText(zhHans: "\(field.title.zhHans)\(zh) \(number)", en: "\(field.title.en) \(en) \(number)")
    }
}
