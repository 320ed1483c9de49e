import Foundation

/// A test that names rules of the documents.
struct NamingTest: Hashable, Sendable {
    /// The module of the test, for example `Procedure`.
    var module: String
    var file: String
    /// What the test calls itself, or its function.
    var title: String
    var rules: [String]
}

/// Finds the tests that name rules: by the id of a rule in the text or the arguments of `@Test`, or in the text of
/// `@Suite` for a suite of its own. An id in a comment or in a test's body is no claim.
enum RuleMentions {
    nonisolated(unsafe) private static let id = /\b[KMWSV][0-9]{2}\b/
    nonisolated(unsafe) private static let literal = /"((?:[^"\\]|\\.)*)"/

    static func find(in file: SourceFile) -> [NamingTest] {
        var found: [NamingTest] = []
        var attribute: [Substring] = []
        for line in file.lines.map(\.text) {
            let words = line.trimmingCharacters(in: .whitespaces)
            if attribute.isEmpty, !words.hasPrefix("@Test"), !words.hasPrefix("@Suite") { continue }
            guard let end = words.firstMatch(of: /\b(?:func|struct|enum|final class|class) +(`[^`]+`|\w+)/) else {
                attribute.append(Substring(words))
                continue
            }
            attribute.append(Substring(words[..<end.range.lowerBound]))
            if let test = test(attribute.joined(separator: "\n"), function: String(end.output.1), file) {
                found.append(test)
            }
            attribute = []
        }
        return found
    }

    private static func test(_ attribute: String, function: String, _ file: SourceFile) -> NamingTest? {
        let texts = attribute.matches(of: literal).map { String($0.output.1) }
        let rules = Set(texts.flatMap { $0.matches(of: id).map { String($0.output) } })
        guard !rules.isEmpty else { return nil }
        let isTitled = attribute.contains(/^@(Test|Suite)\(\s*"/)
        let words = file.path.split(separator: "/")
        return NamingTest(
            module: words.count > 2 ? String(words[1]) : "", file: file.path,
            title: isTitled ? texts[0] : function, rules: rules.sorted())
    }
}
