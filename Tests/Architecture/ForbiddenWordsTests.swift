import Testing

/// What would end the process, or hide an error, is not written.
@Suite struct ForbiddenWordsTests {
    /// A word, or a pattern that is looked at only where a cheap sign of it is found.
    struct Rule: Sendable, CustomTestStringConvertible {
        var name: String
        var isBroken: @Sendable (String) -> Bool
        var testDescription: String { name }
    }

    static let rules = [
        Rule(name: "try!") { $0.contains("try!") },
        Rule(name: "as!") { $0.contains(" as! ") },
        Rule(name: "a forced unwrap") { $0.contains("!") && $0.contains(/[A-Za-z0-9_)\]]!(?!=)/) },
        Rule(name: "fatalError") { $0.contains("fatalError(") },
        Rule(name: "precondition") { line in
            ["precondition(", "preconditionFailure(", "assertionFailure("].contains { line.contains($0) }
        },
        Rule(name: "XCTest") { $0.contains("import XCTest") },
    ]

    @Test("The sources never write", arguments: rules)
    func forbidden(rule: Rule) throws {
        let files = Repository.swiftFiles(below: "Shared", "Services")
        try #require(files.count > 100)
        let found = files.flatMap { file in
            file.code.filter { rule.isBroken($0.text) }.map { "\(file.path):\($0.number)" }
        }
        #expect(found.isEmpty, "\(rule.name): \(found.joined(separator: ", "))")
    }

    @Test("Whatever is unchecked says why it is safe")
    func unchecked() {
        for file in Repository.swiftFiles(below: "Shared", "Services") where file.text.contains("@unchecked Sendable") {
            let lines = file.lines
            for (index, code) in file.code.enumerated() where code.text.contains("@unchecked Sendable") {
                let isExplained = lines[max(0, index - 8)..<index].contains { $0.text.contains("//") }
                #expect(isExplained, "\(file.path):\(code.number) does not say why")
            }
        }
    }

    @Test("Tests never wait for time to pass")
    func sleepingTests() {
        let folders = Repository.swiftFiles(below: "Tests")
            .filter { !$0.path.hasPrefix("Tests/Load/") && !$0.path.hasPrefix("Tests/Architecture/") }
        for file in folders {
            for word in ["usleep(", "Thread.sleep", "sleep(1)"] { #expect(!file.text.contains(word), "\(file.path)") }
        }
    }
}
