import Foundation

/// Text as a full-text index can find it, Chinese included.
///
/// Chinese is written without spaces, and its commonest words have two characters, which an index of trigrams cannot
/// find. So a run of Chinese is indexed as overlapping pairs, and as its last character alone (我要退款 → 我要 要退 退款
/// 款): a search of one character is a search for pairs that begin with it, a longer one is a phrase of pairs.
/// Words of other scripts and numbers stay whole.
enum SearchText {
    /// The tokens of a text, separated by spaces.
    static func tokens(_ text: String) -> String {
        runs(text).map { run in
            switch run {
            case .word(let word): word
            case .ideographs(let characters):
                (pairs(characters) + [String(characters.suffix(1))]).joined(separator: " ")
            }
        }.joined(separator: " ")
    }

    /// The expression for SQLite's FTS5 that finds what contains every part of a text; absent when there is nothing to
    /// look for. No character of the text has a meaning for the index: everything stands in quotation marks.
    static func query(_ text: String) -> String? {
        let parts = runs(text).map { run in
            switch run {
            case .word(let word): "\"\(word)\"*"
            case .ideographs(let characters) where characters.count == 1: "\"\(String(characters))\"*"
            case .ideographs(let characters): "\"\(pairs(characters).joined(separator: " "))\""
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    private enum Run {
        case word(String)
        case ideographs([Character])
    }

    private static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        for character in text.lowercased() {
            if isIdeograph(character) {
                if case .ideographs(let characters) = runs.last {
                    runs[runs.count - 1] = .ideographs(characters + [character])
                } else {
                    runs.append(.ideographs([character]))
                }
            } else if character.isLetter || character.isNumber {
                if case .word(let word) = runs.last, !word.isEmpty {
                    runs[runs.count - 1] = .word(word + String(character))
                } else {
                    runs.append(.word(String(character)))
                }
            } else {
                runs.append(.word(""))
            }
        }
        return runs.filter { if case .word(let word) = $0 { !word.isEmpty } else { true } }
    }

    private static func pairs(_ characters: [Character]) -> [String] {
        zip(characters, characters.dropFirst()).map { "\($0)\($1)" }
    }

    /// Chinese characters, Japanese syllables and Korean ones alike: scripts without spaces between words.
    private static func isIdeograph(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
            || (0xAC00...0xD7AF).contains(scalar.value)
    }
}
