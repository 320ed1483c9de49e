/// How alike two narratives are, for the warning that somebody may have complained twice. It works for Chinese, which has
/// no spaces, because it compares pairs of neighbouring characters.
package enum Likeness {
    /// From 0 (nothing in common) to 1 (the same pairs of characters).
    package static func of(_ left: String, _ right: String) -> Double {
        let left = pairs(left)
        let right = pairs(right)
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        let common = left.intersection(right).count
        return Double(common) / Double(left.count + right.count - common)
    }

    /// From this on a narrative counts as telling the same story.
    package static let alike = 0.5

    private static func pairs(_ text: String) -> Set<String> {
        let characters = text.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(4000)
        return Set(zip(characters, characters.dropFirst()).map { "\($0)\($1)" })
    }
}

/// How the same contact is recognised however it was written.
package enum ContactKey {
    /// The last eleven digits: `+86 138-0000-0001` and `13800000001` are one telephone.
    package static func phone(_ text: String?) -> String? {
        let digits = (text ?? "").filter { ("0"..."9").contains($0) }
        return digits.isEmpty ? nil : String(digits.suffix(11))
    }

    package static func email(_ text: String?) -> String? { text?.lowercased() }
}
