import Foundation

/// The two languages that the product speaks.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case zhHans = "zh-Hans"
    case en

    /// The BCP 47 tag, as in `<html lang>` and in `Complaint.language`.
    package var tag: String { rawValue }

    /// The language of a tag such as `zh`, `zh-CN` or `en-GB`; absent for a language that we do not speak.
    package init?(tag: some StringProtocol) {
        switch tag.lowercased().split(separator: "-").first {
        case "zh": self = .zhHans
        case "en": self = .en
        default: return nil
        }
    }

    /// Chooses the language of a request: what the address asks for, then the cookie, then the browser, then Chinese.
    package static func choose(query: String?, cookie: String?, acceptLanguage: String?) -> Language {
        query.flatMap { Language(tag: $0) } ?? cookie.flatMap { Language(tag: $0) }
            ?? acceptLanguage.flatMap(preferred) ?? .zhHans
    }

    /// The best language in an `Accept-Language` header (RFC 9110 section 12.5.4); absent when it names none of ours.
    package static func preferred(in header: String) -> Language? {
        var best: (language: Language, quality: Double)?
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
        }
        return best?.language
    }
}
