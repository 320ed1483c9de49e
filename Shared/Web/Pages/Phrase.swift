import Contracts

/// Something to say to a person, before it is known in which language: a key of the translations, with values for the
/// places in braces. `Phrase("validation.tooLong", ["limit": "200"])` → "最多 200 个字符".
package struct Phrase: Sendable, Hashable {
    package var key: String
    package var values: [String: String]
    /// Values that have a name in each language.
    package var titles: [String: LocalizedText]

    package init(_ key: String, _ values: [String: String] = [:], titles: [String: LocalizedText] = [:]) {
        self.key = key
        self.values = values
        self.titles = titles
    }
}
