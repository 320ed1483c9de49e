import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("Decisions of the pack")
struct DecisionTests {
    let pack: PolicyPack

    init() throws {
        pack = try Samples.pack()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var narrative = "收到的手机第二天就黑屏了"
        var amount: String?
        var affected: Int?
        var flags: [String] = []
        var category = "product-quality"
        let severity: Severity
        let urgency: Urgency
        let rule: String

        var testDescription: String { "\(rule) \(amount ?? "") \(affected ?? 0) \(flags)" }
    }

    static let grades: [Case] = [
        Case(severity: .general, urgency: .normal, rule: "ordinary"),
        Case(amount: "999.99", severity: .general, urgency: .normal, rule: "ordinary"),
        Case(amount: "1000", severity: .important, urgency: .normal, rule: "notable-amount"),
        Case(amount: "9999.99", severity: .important, urgency: .normal, rule: "notable-amount"),
        Case(amount: "10000.00", severity: .major, urgency: .urgent, rule: "large-amount"),
        Case(affected: 2, severity: .general, urgency: .normal, rule: "ordinary"),
        Case(affected: 3, severity: .important, urgency: .normal, rule: "several-affected"),
        Case(affected: 10, severity: .major, urgency: .urgent, rule: "many-affected"),
        Case(flags: ["angry"], severity: .important, urgency: .urgent, rule: "intense"),
        Case(flags: ["media"], severity: .major, urgency: .urgent, rule: "public"),
        Case(flags: ["injury"], severity: .major, urgency: .emergency, rule: "harm"),
        Case(amount: "20000", flags: ["injury"], severity: .major, urgency: .emergency, rule: "harm"),
        Case(narrative: "热水器使用中突然起火", severity: .major, urgency: .emergency, rule: "harm"),
        Case(narrative: "The charger exploded on my desk", severity: .major, urgency: .emergency, rule: "harm"),
        Case(narrative: "再不解决我就打12315", severity: .major, urgency: .urgent, rule: "public"),
        Case(narrative: "吃出一只虫子", category: "food-safety", severity: .important, urgency: .urgent, rule: "food-safety"),
    ]

    @Test("Grading takes the first rule that is met and says which", arguments: grades)
    func grading(_ example: Case) throws {
        let complaint = try Samples.complaint(
            example.narrative, amount: example.amount, affected: example.affected, flags: example.flags)
        let grading = pack.grade(complaint, category: example.category)
        #expect(grading.severity == example.severity)
        #expect(grading.urgency == example.urgency)
        #expect(grading.explanation.rule == "grading.\(example.rule)")
    }

    @Test("An explanation shows the values that met the rule, in both languages")
    func explanation() throws {
        let explanation = pack.grade(try Samples.complaint(amount: "12000.00"), category: nil).explanation
        #expect(explanation.facts == ["amount": "12000.00"])
        #expect(explanation.text.zhHans == "重大投诉——涉及金额巨大：涉及金额不低于 10000.00（为 12000.00）")
        #expect(explanation.text.en == "Major: A very large amount: amount is at least 10000.00 (it is 12000.00)")
    }

    @Test("A complete record is judged valid")
    func valid() throws {
        guard case .valid(let explanations) = pack.judge(try Samples.complaint()) else {
            Issue.record("undecided")
            return
        }
        #expect(explanations.map(\.rule) == ["judgement.complete-record"])
        #expect(explanations[0].facts["contact"] == "✓")
    }

    @Test("What is incomplete, no complaint, or sensitive waits for a person, with the reason")
    func undecided() throws {
        let cases: [(Complaint, String)] = [
            (try Samples.complaint(phone: nil), "有联系方式"), (try Samples.complaint("差 "), "不少于 6 字"),
            (try Samples.complaint(kind: .enquiry), "来件类型为投诉或抱怨预警"),
            (try Samples.complaint(confirmed: false), "已复述确认"),
            (try Samples.complaint(flags: ["media"]), "标记中有“媒体关注”"),
        ]
        for (complaint, expected) in cases {
            guard case .undecided(let why) = pack.judge(complaint) else {
                Issue.record("decided: \(expected)")
                continue
            }
            #expect(why.contains { $0.text.zhHans.contains(expected) }, "\(why)")
            #expect(why.allSatisfy { !$0.text.en.isEmpty })
        }
    }

    @Test("The reason, the customer's own summary, weighs more than the narrative")
    func reasonWeighsMore() throws {
        let narrative = "快递送到时晚了，包装也破损"
        #expect(pack.categorise(try Samples.complaint(narrative))?.category.id == "delivery")
        let complaint = try Samples.complaint(narrative, reason: "客服态度粗鲁")
        #expect(pack.categorise(complaint)?.category.id == "service-attitude")
    }

    @Test("What is asked for decides the category only when nothing else does")
    func requestDecidesLast() throws {
        let cold = try Samples.complaint("收到的手机第二天就黑屏了", request: "全额退款,赔偿,补偿")
        #expect(pack.categorise(cold)?.category.id == "product-quality")
        let vague = try Samples.complaint("我对这次购买的结果表示遗憾", request: "退款")
        #expect(pack.categorise(vague)?.category.id == "charge-dispute")
    }

    @Test("A major complaint is assisted, a large one by Finance too; the lead does not assist itself")
    func assisting() throws {
        let complaint = try Samples.complaint(amount: "50000")
        let assignment = try #require(
            pack.assign(
                complaint, number: Samples.number(), category: "charge-dispute", severity: .major, at: complaint.heardAt
            ))
        #expect(assignment.department.text == "finance")
        #expect(assignment.assisting.map(\.text) == ["customer-service"])
        #expect(assignment.authority.approvalRequired && assignment.authority.compensationLimit == nil)
        #expect(assignment.authority.stages?.map(\.level) == ["head", "head", "management"])
        #expect(assignment.explanations.map(\.rule).first == "categories.charge-dispute.department")
        #expect(assignment.explanations.contains { $0.rule == "assignment.major-group" })
    }

    @Test("A category within another inherits its department and meets conditions on it")
    func nested() throws {
        #expect(pack.category("food-safety")?.department.text == "product-quality")
        let facts = ComplaintFacts(try Samples.complaint(), categories: pack.lineage(of: "food-safety").map(\.id))
        let test = ConditionTest(field: .category, comparison: .isOneOf(["product-quality"]))
        #expect(Condition.test(test).met(by: facts) != nil)
    }

    @Test("Sensitive complaints are not assigned without a person", arguments: ["media", "authority", "injury"])
    func notAutomatic(flag: String) throws {
        let complaint = try Samples.complaint(flags: [flag])
        let assignment = pack.assign(
            complaint, number: try Samples.number(), category: "delivery", severity: .major, at: complaint.heardAt)
        #expect(assignment?.isAutomatic == false)
    }

    @Test("A category that the pack does not know is nobody's")
    func unknownCategory() throws {
        let complaint = try Samples.complaint()
        #expect(
            pack.assign(
                complaint, number: try Samples.number(), category: "weather", severity: .general, at: complaint.heardAt)
                == nil)
    }

    @Test(
        "The clocks of an assignment are due by severity",
        arguments: [
            (Severity.general, "2026-11-17 15:30", "2026-11-20 18:00"),
            (.important, "2026-11-17 12:00", "2026-11-19 18:00"),
            (.major, "2026-11-17 11:00", "2026-11-18 18:00"),
        ])
    func clocks(severity: Severity, signOff: String, solution: String) throws {
        let deadlines = pack.deadlines(
            startedBy: "case.assigned", at: try Samples.local("2026-11-17 10:00"), severity: severity)
        let due = Dictionary(uniqueKeysWithValues: deadlines.map { ($0.clock, pack.calendar.text($0.dueAt)) })
        #expect(due == ["sign-off": signOff, "solution": solution])
    }

    @Test("First responsible persons take turns by ticket")
    func turns() throws {
        var pack = pack
        pack.departments[0].owners = ["a", "b"]
        let owners = try (1...4).map { pack.owner(in: pack.departments[0].id, for: try Samples.number($0)) }
        #expect(owners == ["b", "a", "b", "a"])
    }
}
