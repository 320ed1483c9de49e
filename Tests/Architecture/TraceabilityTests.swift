import Foundation
import Testing

/// Every rule of the documents is named by a test, and the list of who tries what is up to date.
@Suite struct TraceabilityTests {
    @Test func everyRuleHasATest() throws {
        let document = try TraceabilityDocument()
        #expect(document.rules.count == 92)
        #expect(document.untested == [])
    }

    @Test func noTestNamesARuleThatDoesNotExist() throws {
        let document = try TraceabilityDocument()
        #expect(Set(document.tests.keys).subtracting(document.rules.map(\.id)) == [])
    }

    @Test func documentIsUpToDate() throws {
        let path = "docs/traceability.md"
        let text = try TraceabilityDocument().text
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] == "1" {
            try text.write(to: Repository.root.appending(path: path), atomically: true, encoding: .utf8)
        }
        #expect(try Repository.text(path) == text, "WRITE_DOCS=1 swift test --filter TraceabilityTests writes it")
    }

    @Test("A rule counts as named in a test's title or arguments, not in comments or bodies")
    func mentions() {
        let quote = "\""
        let text = """
            // K01
            @Suite(\(quote)K02 all of it\(quote))
            struct A {
                @Test(
                    \(quote)says K03\(quote),
                    arguments: [(\(quote)K04\(quote), 1)])
                func b() { _ = \(quote)K05\(quote) }
                @Test func c() { _ = \(quote)K06\(quote) }
            }
            """
        let found = RuleMentions.find(in: SourceFile(path: "Tests/X/Y.swift", text: text))
        #expect(found.map(\.rules) == [["K02"], ["K03", "K04"]])
        #expect(found.map(\.title) == ["K02 all of it", "says K03"])
    }
}
