import Contracts

/// What a complaint is about, and by which words that was recognised (M09, W03).
package struct Categorisation: Hashable, Sendable {
    package var category: Category
    package var explanation: Explanation
}

extension PolicyPack {
    /// The category whose keywords the customer used most; words in the reason (投诉事由) count three times, as they are
    /// the customer's own summary. Of equals the first in the pack wins. What is asked for (退货, refund) says little about
    /// what went wrong, so it decides only when nothing else does. Nil when no keyword occurs: a person decides.
    package func categorise(_ complaint: Complaint) -> Categorisation? {
        let told = [(SearchText(complaint.reason ?? ""), 3), (SearchText(complaint.narrative), 1)]
        return categorise(told) ?? categorise([(SearchText(complaint.request ?? ""), 1)])
    }

    private func categorise(_ texts: [(text: SearchText, weight: Int)]) -> Categorisation? {
        var best: (category: Category, words: [Keyword], score: Int)?
        for category in categories {
            let found = category.keywords.compactMap { keyword -> (keyword: Keyword, weight: Int)? in
                texts.first { keyword.isFound(in: $0.text) }.map { (keyword, $0.weight) }
            }
            let distinct = found.filter { word in !found.contains { word.keyword.isPart(of: $0.keyword) } }
            let score = distinct.reduce(0) { $0 + $1.weight }
            if score > (best?.score ?? 0) { best = (category, distinct.map(\.keyword), score) }
        }
        guard let best else { return nil }
        let words = best.words.map(\.text)
        let text = LocalizedText(
            zhHans: "按关键词归入「\(best.category.title.zhHans)」：\(words.map { "“\($0)”" }.joined(separator: "、"))",
            en: "“\(best.category.title.en)” by keyword: \(words.map { "“\($0)”" }.joined(separator: ", "))")
        let explanation = Explanation(
            rule: "categories.\(best.category.id)", text: text, facts: ["words": words.joined(separator: ", ")])
        return Categorisation(category: best.category, explanation: explanation)
    }

    /// Why a complaint is in the category for everything else.
    package var unrecognised: Explanation {
        Explanation(
            rule: "categories.\(otherCategory.id)",
            text: LocalizedText(
                zhHans: "未识别出任何类别的关键词，归入「\(otherCategory.title.zhHans)」",
                en: "No keyword of any category was recognised: “\(otherCategory.title.en)”"))
    }
}
