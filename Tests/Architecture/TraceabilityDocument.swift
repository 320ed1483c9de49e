import Foundation
import Yams

/// `docs/traceability.md`: for each rule of the five documents what carries it, and the tests that name it.
struct TraceabilityDocument {
    struct Rule: Decodable {
        var id: String
        var stage: String
        var zhHans: String
        var en: String
        var keys: [String]?
        /// Files that carry the rule beside the pack.
        var code: [String]?

        private enum CodingKeys: String, CodingKey {
            case id, stage, en, keys, code
            case zhHans = "zh-Hans"
        }
    }

    struct Source: Decodable {
        var pack: String
        var zhHans: String
        var en: String

        private enum CodingKeys: String, CodingKey {
            case pack, en
            case zhHans = "zh-Hans"
        }
    }

    private struct Table: Decodable {
        var documents: [String: Source]
        var rules: [Rule]
    }

    let rules: [Rule]
    let tests: [String: [NamingTest]]
    private let documents: [String: Source]

    init() throws {
        let table = try YAMLDecoder().decode(Table.self, from: try Repository.text("docs/rules.yaml"))
        rules = table.rules
        documents = table.documents
        var tests: [String: [NamingTest]] = [:]
        for test in Repository.swiftFiles(below: "Tests").flatMap(RuleMentions.find) {
            for rule in test.rules { tests[rule, default: []].append(test) }
        }
        self.tests = tests
    }

    /// Rules that no test names.
    var untested: [String] { rules.map(\.id).filter { tests[$0, default: []].isEmpty } }

    var text: String {
        let sections = documents.keys.sorted { first($0) < first($1) }.map(section)
        return ([introduction] + sections).joined(separator: "\n\n") + "\n"
    }

    private func first(_ letter: String) -> Int { rules.firstIndex { $0.id.hasPrefix(letter) } ?? rules.count }

    private var introduction: String {
        """
        # Traceability

        Which part of a policy pack carries each rule of the five documents, with the code where it is much of its own, and
        which tests try it by name. The file is made from [the table of the rules](rules.yaml) and the names of the tests; a
        test fails when it is not up to date or when a rule has no test, and
        `WRITE_DOCS=1 swift test --filter TraceabilityTests` writes it again. A rule without a place in the pack is behaviour
        of the services alone.
        """
    }

    private func section(_ letter: String) -> String {
        guard let source = documents[letter] else { return "" }
        let rows = rules.filter { $0.id.hasPrefix(letter) }.map(row)
        return """
            ## \(letter): \(source.en)

            《\(source.zhHans)》, carried out by [`\(source.pack)`](../compose/policies/\(source.pack).yaml).

            | rule | says | in the pack | tests |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private func row(_ rule: Rule) -> String {
        let code = (rule.code ?? []).map { "[\(Self.name($0))](../\($0))" }
        let keys = ((rule.keys ?? []).map { "`\($0)`" } + code).joined(separator: ", ")
        let tests = Set(tests[rule.id, default: []]).sorted { ($0.file, $0.title) < ($1.file, $1.title) }
            .map { "[\($0.module)](../\($0.file)): \(Self.plain($0.title))" }
        let says = "\(rule.en). \(rule.zhHans)"
        return "| \(rule.id) | \(Self.plain(says)) | \(keys) | \(tests.joined(separator: "<br>")) |"
    }

    /// `Sampling` of `Services/Routing/…/Sampling.swift`.
    private static func name(_ path: String) -> String {
        String(path.split(separator: "/").last?.split(separator: ".").first ?? "")
    }

    /// Text that stays within its cell.
    private static func plain(_ text: String) -> String {
        text.replacing("\\\"", with: "\"").replacing("|", with: "\\|")
    }
}
