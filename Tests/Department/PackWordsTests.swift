import Contracts
import Foundation
import TestSupport
import Testing

@testable import DepartmentService

/// The pages speak in the words of the policy pack that comes with the case, and mask what the pack masks.
@Suite("The pack's words and masks")
struct PackWordsTests {
    private static let words = CaseWords(
        severities: ["important": LocalizedText(zhHans: "重大投诉", en: "Grave complaint")],
        channel: LocalizedText(zhHans: "服务热线", en: "Service hotline"),
        clocks: ["sign-off": LocalizedText(zhHans: "签收", en: "Acknowledgement")],
        people: [
            "wang": LocalizedText(zhHans: "质量部经办人", en: "Quality (handler)"),
            "zhao": LocalizedText(zhHans: "质量部负责人", en: "Head of Quality"),
            "lin": LocalizedText(zhHans: "第一责任人甲", en: "First responsible"),
        ])

    private static let complainant = Complainant(
        name: "陈女士", phone: "13800138000", email: "chen@example.com", address: "北京市海淀区中关村大街 1 号")

    private static let masks = ["handler": ["address", "email"], "head": ["address"], "manager": [], "supervisor": []]

    /// A case in investigation, marked and urged.
    private func desk(
        _ masks: [String: [String]]? = PackWordsTests.masks, group: HandlingGroup? = nil, role: CaseRole = .lead
    ) async throws -> TestDesk {
        let test = try TestDesk()
        var assigned = test.department.samples.assigned(role: role, group: group, words: Self.words, masks: masks)
        assigned.complaint.complainant = Self.complainant
        assigned.complaint.flags = ["injury", "own-mark"]
        assigned.explanations[0].facts = [
            "kind": "complaint", "flags": "injury", "urgency": "emergency", "contact": "✓",
        ]
        #expect(try await test.department.hear(assigned) == [.handled])
        return test
    }

    @Test(
        "people, severities, channels, marks and clocks by their names, in both languages",
        arguments: [
            (
                "zh-Hans",
                [
                    "质量部经办人", "第一责任人甲", "重大投诉", "服务热线", "有人受伤 · own-mark", "来件类型：投诉", "时限：签收",
                    "紧急程度：特急", "有联系方式：是",
                ]
            ),
            (
                "en",
                [
                    "Quality (handler)", "First responsible", "Grave complaint", "Service hotline",
                    "somebody was hurt · own-mark", "kind: complaint", "Acknowledgement",
                    "urgency: emergency", "reach the customer: yes",
                ]
            ),
        ])
    func names(_ language: String, _ expected: [String]) async throws {
        let test = try await desk()
        _ = try await test.department.hear(
            CaseUrged(
                department: test.department.samples.quality, clock: "sign-off", comment: "请签收", by: .staff("gu")))
        _ = try await test.department.does(.acknowledge)
        try await test.serve { client in
            let wang = try await client.named("wang")
            let page = try await wang.get("\(test.page())?lang=\(language)").text
            for words in expected { #expect(page.contains(words), "\(words)") }
            #expect(!page.contains("kind = "))
            let list = try await wang.get("/departments/quality/?lang=\(language)").text
            // On the row and in the filter.
            #expect(list.components(separatedBy: expected[2]).count == 3)
        }
    }

    @Test(
        "W10 V08 what a service writes of a clock that ran out is read in the reader's language",
        arguments: ["zh-Hans", "en"])
    func urgings(_ language: String) async throws {
        let (chinese, english) = (["请尽快办理", "公司管理层", "到期而未完成"], ["Please go on", "Management", "has not been done"])
        let (expected, others) = language == "en" ? (english, chinese) : (chinese, english)
        let test = try await desk()
        let quality = test.department.samples.quality
        let system = Actor.system("service-standard@1")
        let urging = LocalizedText(zhHans: "「签收」已到期，请尽快办理。", en: "“Acknowledgement” was due. Please go on.")
        let reason = LocalizedText(zhHans: "「签收」已到期而未完成", en: "“Acknowledgement” was due and has not been done")
        let level = LocalizedText(zhHans: "公司管理层", en: "Management")
        _ = try await test.department.hear(
            CaseUrged(department: quality, clock: "sign-off", comment: urging.zhHans, text: urging, by: system))
        _ = try await test.department.hear(
            CaseEscalated(
                department: quality, level: level.zhHans, levelTitle: level, reason: reason.zhHans, text: reason,
                clock: "sign-off", by: system))
        try await test.serve { client in
            let wang = try await client.named("wang")
            let page = try await wang.get("\(test.page())?lang=\(language)").text
            for words in expected { #expect(page.contains(words), "\(words)") }
            for words in others { #expect(!page.contains(words), "\(words)") }
            #expect(!page.contains("said.") && !page.contains("⟦"))
            let list = try await wang.get("/departments/quality/?lang=\(language)").text
            #expect(list.contains(expected[1]) && !list.contains(others[1]))
        }
    }

    @Test(
        "M18 each role sees what the pack lets it see, on the page and through the API",
        arguments: [
            ("wang", ["phone", "name"]), ("zhao", ["phone", "name", "email"]), ("gu", []), ("ma", []),
        ])
    func masks(_ person: String, _ seen: [String]) async throws {
        let test = try await desk()
        let values = [
            "name": "陈女士", "phone": "13800138000", "email": "chen@example.com", "address": "中关村大街 1 号",
        ]
        try await test.serve { client in
            let reader = try await client.named(person)
            for text in [try await reader.get(test.page()).text, try await reader.get(test.api()).text] {
                for (field, value) in values {
                    #expect(text.contains(value) == seen.contains(field), "\(person) \(field)")
                }
            }
        }
    }

    @Test("M18 who has to sign sees what the pack lets their role see") func signing() async throws {
        let test = try await desk()
        for command in [WorkCommand.acknowledge, .investigate(Samples.findings), .draft(Samples.dearDraft)] {
            _ = try await test.department.does(command)
        }
        try await test.serve { client in
            // Management stands in for the head; supervision only looks.
            let signs = try await client.named("ma").get(test.page()).text
            #expect(signs.contains("13800138000"))
            let looks = try await client.named("gu").get(test.page()).text
            #expect(!looks.contains("13800138000"))
        }
    }

    @Test("K08 K09 an assisting department sees who takes part, and what everybody owes") func group() async throws {
        let samples = try Samples()
        let group = HandlingGroup(
            rule: "major", title: LocalizedText(zhHans: "处理小组", en: "Handling group"), lead: samples.logistics,
            leader: "zhou", assisting: [samples.quality], opinionsOwed: true, confirmations: ["zhou", "zhao"],
            management: ["general-manager"])
        let test = try await desk(group: group, role: .assisting)
        let order = try #require(try await test.department.order())
        #expect(order.waits == [.opinion(samples.quality), .participation("zhao")])
        _ = try await test.department.does(.acknowledge)
        try await test.serve { client in
            let wang = try await client.named("wang")
            let page = try await wang.get("\(test.page())?lang=zh-Hans").text
            for words in ["zhou", "general-manager", "在其本部门确认", "本部门还须提出专业意见", "物流部牵头，须提出处理方案"] {
                #expect(page.contains(words), "\(words)")
            }
            _ = try await test.department.does(.advise(opinion: "与本部门无关"))
            let after = try await wang.get("\(test.page())?lang=zh-Hans").text
            #expect(after.contains("本部门已提出专业意见"))
            #expect(!after.contains("本部门还须提出专业意见"))
        }
    }
}
