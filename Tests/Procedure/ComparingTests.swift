import Foundation
import Testing

@testable import Procedure

@Suite("Comparing two packs")
struct ComparingTests {
    private func differences(_ edits: (String, String)...) throws -> [String] {
        var text = WholePack.text
        for (original, replacement) in edits {
            try #require(text.contains(original))
            text = text.replacingOccurrences(of: original, with: replacement)
        }
        return try WholePack.load().differences(to: PolicyPack.parse(text, file: "edited.yaml")).map(\.description)
    }

    @Test("A pack says the same as itself, whatever its comments and layout")
    func same() throws {
        #expect(try differences() == [])
        #expect(
            try differences(
                ("currency: CNY", "# money\ncurrency:   CNY"), ("[phone, email, address]", "[address, phone, email]"))
                == [])
    }

    @Test(
        "A changed value is one difference, at the place where the pack has it",
        arguments: [
            ("rulingAfter: 2", "rulingAfter: 3", "~ returns.rulingAfter: 2 → 3"),
            ("within: 2 hours", "within: 3 hours", "~ clocks.sign-off.within: 2 hours → 3 hours"),
            ("atLeast: 100}", "atLeast: 90}", "~ grading.large.when: amount atLeast 100.00 → amount atLeast 90.00"),
            ("compensationLimit: 500,", "compensationLimit: 600,", "~ authority.general.compensationLimit: 500 → 600"),
            ("compensationAbove: 800", "compensationAbove: 900", "~ approval.rules.big.compensationAbove: 800 → 900"),
            (
                "handler: [phone, email, address]", "handler: [phone]",
                "~ privacy.masks.handler: address, email, phone → phone"
            ),
            (
                "{zh-Hans: 小规程, en: A small procedure}", "{zh-Hans: 小规程, en: Rules}",
                "~ document: 小规程 / A small procedure → 小规程 / Rules"
            ),
            ("urgency: urgent}", "urgency: emergency}", "~ grading.large.urgency: urgent → emergency"),
        ])
    func changed(original: String, replacement: String, expected: String) throws {
        #expect(try differences((original, replacement)) == [expected])
    }

    @Test("What one has as a whole and the other has not is one difference")
    func whole() throws {
        let sales = ", {id: sales, title: {zh-Hans: 销售部, en: Sales}, head: he}"
        #expect(try differences((sales, "")) == ["- departments.sales: Sales"])
        let products = "products: [{id: pump, title: {zh-Hans: 泵, en: Pump}}]\n"
        #expect(try differences((products, "")) == ["- products.pump: Pump"])
    }

    @Test("The order of grading rules is a difference, for the first that is met decides")
    func order() throws {
        let large =
            "  - {id: large, title: {zh-Hans: 大额, en: Large}, when: {field: amount, atLeast: 100}, severity: major, urgency: urgent}\n"
        let angry =
            "  - {id: angry, title: {zh-Hans: 激烈, en: Angry}, when: {field: flags, contains: angry}, severity: general, urgency: urgent}\n"
        let base = WholePack.text.replacingOccurrences(of: large, with: large + angry)
        let swapped = WholePack.text.replacingOccurrences(of: large, with: angry + large)
        let differences = try PolicyPack.parse(base, file: "a.yaml").differences(
            to: PolicyPack.parse(swapped, file: "b.yaml"))
        #expect(differences.map(\.description) == ["~ grading.(order): large, angry, rest → angry, large, rest"])
    }

    @Test("Shipped packs differ from one another, and each place leads somewhere", arguments: Samples.packs)
    func shipped(name: String) throws {
        let pack = try Samples.pack(name)
        #expect(pack.differences(to: pack).isEmpty)
        #expect(try !pack.differences(to: WholePack.load()).isEmpty)
        #expect(PackOutline(pack).values.values.allSatisfy { !$0.contains("Optional(") && !$0.contains("Procedure.") })
    }
}
