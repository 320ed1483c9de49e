import Foundation

/// A short text in the two languages that the product speaks.
public struct LocalizedText: Hashable, Sendable, Codable {
    public var zhHans: String
    public var en: String

    public init(zhHans: String, en: String) {
        self.zhHans = zhHans
        self.en = en
    }

    /// The text for a language tag: `en` for anything that begins with "en", Chinese otherwise.
    public func text(for language: String) -> String { language.hasPrefix("en") ? en : zhHans }

    private enum CodingKeys: String, CodingKey {
        case zhHans = "zh-Hans"
        case en
    }
}
