import Contracts

/// What services write is kept in both languages, and read in the reader's.
package enum TwoLanguages {
    /// A title on one line, Chinese first.
    static func joined(_ text: LocalizedText) -> String { "\(text.zhHans) / \(text.en)" }

    /// The reader's half of such a line; the whole of what is kept in one language.
    package static func text(_ line: String, for language: String) -> String {
        let titles = line.components(separatedBy: " / ")
        return (language.hasPrefix("zh") ? titles.first : titles.last) ?? line
    }
}

extension HistoryEntry {
    private static let said = "said."

    /// The same entry with what a service wrote; a person's own words are its text alone.
    func saying(_ text: LocalizedText?) -> HistoryEntry {
        guard let text else { return self }
        var entry = self
        entry.facts[Self.said + "zh-Hans"] = text.zhHans
        entry.facts[Self.said + "en"] = text.en
        return entry
    }

    /// Its words for a reader of a language.
    package func text(for language: String) -> String? {
        facts[Self.said + (language.hasPrefix("zh") ? "zh-Hans" : "en")] ?? text
    }

    /// Its facts without what is in the words.
    package var shownFacts: [String: String] { facts.filter { !$0.key.hasPrefix(Self.said) } }
}
