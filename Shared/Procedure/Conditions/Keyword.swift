/// A word to look for in what a customer said.
///
/// Chinese is matched anywhere, as it has no spaces. A word in Latin letters is matched as a whole word; with `*` at its
/// end, also as the beginning of one: `refund*` finds `refunded`. Letter case and full-width forms make no difference.
package struct Keyword: Hashable, Sendable, CustomStringConvertible {
    /// As the pack writes it.
    package let text: String
    private let bytes: [UInt8]
    private let startsWord: Bool
    private let endsWord: Bool

    /// Fails when nothing would be left to look for.
    package init?(_ text: String) {
        let isPrefix = text.hasSuffix("*")
        let bytes = SearchText.normalised(isPrefix ? String(text.dropLast()) : text)
        guard let first = bytes.first, let last = bytes.last, bytes.contains(where: { $0 != SearchText.space }) else {
            return nil
        }
        self.text = text
        self.bytes = bytes
        startsWord = SearchText.isWordByte(first)
        endsWord = SearchText.isWordByte(last) && !isPrefix
    }

    package var description: String { text }

    /// True when everything that this word is found by is part of `other`.
    func isPart(of other: Keyword) -> Bool {
        bytes.count < other.bytes.count && SearchText(bytes: other.bytes).range(of: bytes, from: 0) != nil
    }

    func isFound(in text: SearchText) -> Bool {
        var start = 0
        while let found = text.range(of: bytes, from: start) {
            let before = found > 0 ? text.bytes[found - 1] : SearchText.space
            let after = found + bytes.count
            let next = after < text.bytes.count ? text.bytes[after] : SearchText.space
            if !(startsWord && SearchText.isWordByte(before)) && !(endsWord && SearchText.isWordByte(next)) {
                return true
            }
            start = found + 1
        }
        return false
    }
}

/// Text prepared for looking words up: UTF-8, lower case, full-width forms as their usual ones. UTF-8 can be searched
/// byte by byte: a character never begins in the middle of another.
package struct SearchText: Hashable, Sendable {
    static let space = UInt8(ascii: " ")

    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Self.normalised(text)
    }

    func range(of needle: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        let last = bytes.count - needle.count
        return bytes.withUnsafeBufferPointer { haystack in
            var place = start
            while place <= last {
                if haystack[place] == first {
                    var matched = 1
                    while matched < needle.count, haystack[place + matched] == needle[matched] { matched += 1 }
                    if matched == needle.count { return place }
                }
                place += 1
            }
            return nil
        }
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    static func normalised(_ text: String) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x3000, 0x09...0x0D: scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFF01 + 0x21)))
            default: scalars.append(scalar)
            }
        }
        return Array(String(scalars).lowercased().utf8)
    }
}
