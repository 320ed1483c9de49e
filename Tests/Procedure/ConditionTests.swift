import Contracts
import Testing

@testable import Procedure

@Suite("Conditions")
struct ConditionTests {
    @Test(
        "Words are found as people write them",
        arguments: [
            ("退款", "我要求全额退款!", true), ("退款", "我要求退一部分款", false), ("ＡＢＣ", "型号 abc-1", true), ("abc", "型号ＡＢＣ", true),
            ("rude", "The driver was RUDE.", true), ("rude", "prudent crude", false), ("late", "It came late", true),
            ("late", "later", false), ("refund*", "not refunded", true), ("refund*", "a prefund", false),
            ("refund", "退款refund啊", true), ("hung up", "She hung  up", false), ("hung up", "she hung and upped", false),
            ("hung up", "she hung\tup", true), ("12315", "打12315投诉", true), ("12315", "订单号9123150", false),
        ])
    func keywords(word: String, text: String, isFound: Bool) throws {
        #expect(try #require(Keyword(word)).isFound(in: SearchText(text)) == isFound)
    }

    @Test("What a condition asks for is told in one language at a time, and marks by their names")
    func languages() throws {
        let facts = ComplaintFacts(try Samples.complaint())
        func missing(_ field: FactField, _ comparison: ConditionTest.Comparison) throws -> LocalizedText {
            try #require(Condition.test(ConditionTest(field: field, comparison: comparison)).missing(in: facts).first)
        }
        let words = ["起火", "fire", "冒烟", "smoke*"].compactMap { Keyword($0) }
        let named = try missing(.words, .contains(words))
        #expect(named.zhHans == "客户陈述中提到“起火”、“冒烟”等")
        #expect(named.en.contains("“fire”") && !named.en.contains("起火"))
        let marked = try missing(.flags, .contains(["media", "authority"].compactMap { Keyword($0) }))
        #expect(marked.zhHans == "标记中提到“媒体关注”、“主管部门介入”")
        #expect(marked.en == "flags mention “media attention”, “brought to an authority”")
        #expect(try missing(.language, .isOneOf(["en"])) == LocalizedText(zhHans: "语言为英文", en: "language is English"))
    }

    @Test("There is no empty word", arguments: ["", " ", "*", "　"])
    func emptyKeyword(text: String) {
        #expect(Keyword(text) == nil)
    }

    @Test("all, any and not")
    func combinations() throws {
        let facts = ComplaintFacts(try Samples.complaint(amount: "50", flags: ["angry"]))
        let cheap = Condition.test(ConditionTest(field: .amount, comparison: .below(10000)))
        let dear = Condition.test(ConditionTest(field: .amount, comparison: .atLeast(10000)))
        let angry = Condition.test(
            ConditionTest(field: .flags, comparison: .contains([Keyword("angry")].compactMap(\.self))))
        #expect(Condition.all([cheap, angry]).met(by: facts)?.facts == ["amount": "50", "flags": "angry"])
        #expect(Condition.all([dear, angry]).met(by: facts) == nil)
        #expect(Condition.any([dear, angry]).met(by: facts)?.facts == ["flags": "angry"])
        #expect(Condition.any([dear]).met(by: facts) == nil)
        #expect(Condition.not(dear).met(by: facts)?.facts == ["amount": "50"])
        #expect(Condition.not(cheap).met(by: facts) == nil)
        #expect(Condition.all([dear, .not(cheap)]).missing(in: facts).count == 2)
    }

    @Test("An amount that is not known meets no bound, and meets 'exists: false'")
    func unknownAmount() throws {
        let facts = ComplaintFacts(try Samples.complaint())
        for comparison in [
            ConditionTest.Comparison.atLeast(0), .atMost(1_000_000), .above(0), .below(1), .exists(true),
        ] {
            #expect(ConditionTest(field: .amount, comparison: comparison).met(by: facts) == nil)
        }
        #expect(ConditionTest(field: .amount, comparison: .exists(false)).met(by: facts) != nil)
    }

    @Test("The words of the customer are not copied into facts, only what was recognised")
    func confidentiality() throws {
        let facts = ComplaintFacts(try Samples.complaint("我叫王芳，身份证号是秘密"))
        let test = ConditionTest(field: .narrative, comparison: .lengthAtLeast(3))
        #expect(test.met(by: facts)?.facts == ["narrative": "…"])
    }
}
