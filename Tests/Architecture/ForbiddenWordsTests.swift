import Testing

/// What would end the process, or hide an error, is not written.
@Suite struct ForbiddenWordsTests {
    struct Rule: Sendable, CustomTestStringConvertible {
        var name: String
        var pattern: @Sendable (Substring) -> Bool
        var testDescription: String { name }
    }

    static let rules = [
        Rule(name: "try!") { $0.contains("try!") },
        Rule(name: "as!") { $0.contains(/\bas!/) },
        Rule(name: "a forced unwrap") { $0.contains(/[A-Za-z0-9_)\]]!(?!=)/) },
        Rule(name: "fatalError") { $0.contains(/\bfatalError\(/) },
        Rule(name: "preconditionFailure") { $0.contains(/\b(precondition|preconditionFailure|assertionFailure)\(/) },
        Rule(name: "XCTest") { $0.contains(/\bimport XCTest\b/) },
        Rule(name: "print in a service") { $0.contains(/^\s*(print|dump|debugPrint)\(/) },
    ]

    @Test("The sources never write", arguments: rules)
    func forbidden(rule: Rule) throws {
        let files = Repository.swiftFiles(below: "Shared", "Services")
        try #require(files.count > 100)
        for file in files {
            if rule.name == "print in a service", file.path.hasPrefix("Services/CommandLine/") { continue }
            for line in file.code {
                #expect(!rule.pattern(line.text[...]), "\(file.path):\(line.number) has \(rule.name)")
            }
        }
    }

    @Test("Whatever is unchecked says why it is safe")
    func unchecked() {
        for file in Repository.swiftFiles(below: "Shared", "Services") {
            let lines = file.lines
            for (index, line) in lines.enumerated() where file.code[index].text.contains("@unchecked Sendable") {
                let isExplained = lines[max(0, index - 8)..<index].contains { $0.text.contains("//") }
                #expect(isExplained, "\(file.path):\(line.number) does not say why")
            }
        }
    }

    @Test("Tests never wait for time to pass")
    func sleepingTests() {
        for file in Repository.swiftFiles(below: "Tests") where !file.path.hasPrefix("Tests/Load/") {
            for line in file.code {
                #expect(!line.text.contains(/\b(usleep|Thread\.sleep)\b/), "\(file.path):\(line.number) sleeps")
            }
        }
    }
}
