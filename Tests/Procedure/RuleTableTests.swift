import Foundation
import Testing
import Yams

@testable import Procedure

/// `docs/rules.yaml`, the project's own table of the documents' rules.
@Suite("The table of rules")
struct RuleTableTests {
    struct Table: Decodable {
        struct Document: Decodable {
            var pack: String
        }
        struct Rule: Decodable {
            var id: String
            var stage: String
            var zhHans: String
            var en: String
            var keys: [String]?

            enum CodingKeys: String, CodingKey {
                case id, stage, en, keys
                case zhHans = "zh-Hans"
            }
        }
        var documents: [String: Document]
        var rules: [Rule]
    }

    let table: Table

    init() throws {
        let file = Samples.compose.appending(path: "../docs/rules.yaml")
        table = try YAMLDecoder().decode(Table.self, from: String(contentsOf: file, encoding: .utf8))
    }

    @Test("names the 92 rules of the five documents once, each in both languages")
    func complete() {
        let counts = [("K", 19), ("M", 19), ("W", 24), ("S", 17), ("V", 13)]
        let expected = counts.flatMap { letter, count in
            (1...count).map { letter + ($0 < 10 ? "0\($0)" : "\($0)") }
        }
        #expect(table.rules.map(\.id) == expected)
        #expect(table.rules.allSatisfy { !$0.zhHans.isEmpty && !$0.en.isEmpty })
        let stages: Set = ["intake", "routing", "department", "callback", "reporting", "all"]
        #expect(table.rules.allSatisfy { stages.contains($0.stage) })
    }

    @Test("leads to places that the document's pack has", arguments: ["K", "M", "W", "S", "V"])
    func places(letter: String) throws {
        let name = try #require(table.documents[letter]?.pack)
        let file = Samples.compose.appending(path: "policies/\(name).yaml")
        let log = LoadingLog()
        let root = try composeYAML(String(contentsOf: file, encoding: .utf8), file: name, log: log)
        for rule in table.rules where rule.id.hasPrefix(letter) {
            for key in rule.keys ?? [] {
                let value = YAMLValue(node: Node(key), path: "", file: rule.id, log: log)
                #expect(value.place(in: root) == key, "\(rule.id): \(key)")
            }
        }
        #expect(log.problems.isEmpty)
    }

    @Test("knows which rules a pack's comments name", arguments: Samples.packs)
    func comments(name: String) throws {
        let file = Samples.compose.appending(path: "policies/\(name).yaml")
        let letter = try #require(table.documents.first { $0.value.pack == name }?.key)
        let text = try String(contentsOf: file, encoding: .utf8)
        let known = Set(table.rules.map(\.id))
        let named = Set(
            text.split(separator: "\n").filter { $0.contains("#") }
                .flatMap { $0.matches(of: /\b[KMWSV][0-9]{2}\b/).map { String($0.output) } })
        #expect(named.isSubset(of: known))
        #expect(named.filter { $0.hasPrefix(letter) }.count >= 8, "\(named.sorted())")
    }
}
