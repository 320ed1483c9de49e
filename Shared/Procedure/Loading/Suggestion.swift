/// The known word nearest to a mistyped one, for messages such as "did you mean 'warn'?".
package enum Suggestion {
    /// `, did you mean '…'?` or, when nothing is near, `; known: …`; empty when nothing is known.
    package static func text(for word: String, among known: some Collection<String>) -> String {
        let near = known.map { ($0, distance(word, $0)) }.filter { $0.1 <= max(1, word.count / 3) }
        if let best = near.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) { return ", did you mean '\(best.0)'?" }
        return known.isEmpty ? "" : "; known: \(known.sorted().joined(separator: ", "))"
    }

    /// How many letters must be changed, added or removed to turn one word into the other.
    private static func distance(_ left: String, _ right: String) -> Int {
        let columns = Array(right)
        var previous = Array(0...columns.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in columns.enumerated() {
                let substitution = previous[column] + (letter == other ? 0 : 1)
                current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous.last ?? 0
    }
}
