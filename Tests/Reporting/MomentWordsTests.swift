import Contracts
import Foundation
import Hummingbird
import Logging
import Persistence
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

/// What the ticket says at each step of the document: in the pack's words, with the substance, and without ids.
@Suite("The words of a ticket's steps")
struct MomentWordsTests {
    private let folder: TemporaryFolder
    private let staff: TestStaff
    private let store: ReportingStore
    private let pack: PolicyPack
    private let number: TicketNumber
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_795_180_000))

    init() async throws {
        folder = try TemporaryFolder()
        staff = try TestStaff(folder: folder.url)
        store = try ReportingStore.temporary(folder, clock: clock)
        pack = try PolicyPack.load(
            file: BuildProducts.repository.appendingPathComponent("compose/policies/kangyu-medical.yaml").path)
        let course = try Self.course()
        number = course.number
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        _ = try await handler.handle(try course.wire())
    }

    private static let office = "general-manager-office"
    private static let system = Actor.system("kangyu-medical@1")

    /// A major complaint with its group.
    private static func course() throws -> SampleCourse {
        var course = try SampleCourse(1)
        let (quality, sales) = (try Sample.department("quality"), try Sample.department("sales"))
        var complaint = Sample.complaint()
        complaint.recordedBy = "agent"
        course.then("intake/01", Sample.received(complaint))
        course.then(
            "routing",
            ComplaintAccepted(
                round: 1, severity: .major, category: "adverse-event",
                categoryTitle: LocalizedText(zhHans: "使用安全与不良事件", en: "Safety"),
                policy: PolicyStamp(id: "kangyu-medical", version: 1), explanations: [], by: system))
        course.then("routing", try assigned(quality, sales))
        course.then(
            "routing",
            DutyFulfilled(
                department: quality, rule: "raising.major",
                title: LocalizedText(zhHans: "重大客户投诉报总经办", en: "Major complaints"), recipient: office,
                recipientTitle: LocalizedText(zhHans: "总经办", en: "Office"), form: "told", way: "电话",
                by: .staff("coordinator")))
        course.then("department/quality", CaseJoined(department: quality, lead: quality, by: .staff("quality.head")))
        course.then(
            "routing",
            CaseUrged(department: quality, clock: "solution", addressee: "quality.handler", comment: "请尽快", by: system))
        course.then(
            "department/sales",
            OpinionGiven(department: sales, lead: quality, opinion: "客户很着急", by: .staff("sales.handler")))
        try course.handle(quality)
        return course
    }

    private static func assigned(_ quality: DepartmentID, _ sales: DepartmentID) throws -> CaseAssigned {
        var assigned = try Sample.assigned("quality", at: SampleCourse.start)
        (assigned.lead, assigned.owner, assigned.severity) = (quality, "quality.handler", .major)
        assigned.departmentTitle = LocalizedText(zhHans: "质量部", en: "Quality")
        assigned.by = .staff("coordinator")
        assigned.group = HandlingGroup(
            rule: "major", title: LocalizedText(zhHans: "重大投诉处理小组", en: "Group"), lead: quality,
            leader: "quality.head", assisting: [sales], opinionsOwed: true,
            confirmations: ["quality.head", "sales.head"], management: [office])
        return assigned
    }

    private func serve<Result: Sendable>(
        as role: Role = .manager, _ work: @Sendable (HTTPClient) async throws -> Result
    ) async throws -> Result {
        let clock = clock
        let site = try Site(
            .test(service: "reporting", home: "/reporting/", staff: staff), bundles: [ReportingDesk.bundle],
            now: { clock.now() })
        let desk = ReportingDesk(
            store: store, packs: TicketPacks(titles: Titles(pack), procedure: DocumentedProcedure(pack)))
        let routes: (Router<WebContext>) -> Void = { desk.addRoutes(to: $0) }
        return try await withServer(site, routes: routes) { client in
            var client = client
            client.token = "\(role.rawValue)-token"
            return try await work(client)
        }
    }

    private func ticket(_ language: String = "zh-Hans", as role: Role = .manager) async throws -> JSONTree {
        let answer = try await serve(as: role) { client in
            try await client.get("/reporting/api/tickets/\(number)?lang=\(language)")
        }
        return try ContractJSON.decode(JSONTree.self, from: Data(answer.text.utf8))
    }

    /// Everything that is said at a step: `title｜by｜line｜line`.
    private func said(at step: String, _ ticket: JSONTree) -> [String] {
        guard case .array(let steps)? = ticket["steps"], let found = steps.first(where: { $0["step"] == .text(step) }),
            case .array(let happened)? = found["happened"]
        else { return [] }
        return happened.map { moment in
            var lines: [JSONTree] = []
            if case .array(let members)? = moment["lines"] { lines = members }
            return ([moment["title"], moment["by"]] + lines).compactMap { word in
                if case .text(let text)? = word { text } else { nil }
            }.joined(separator: "｜")
        }
    }

    @Test("K08 The group, who must take part, and who did are on the ticket by their names")
    func group() async throws {
        let said = said(at: "3.1", try await ticket())
        let assigned = try #require(said.first { $0.hasPrefix("知会责任部门") })
        #expect(assigned.contains("客户权益保障部投诉处理人员") && assigned.contains("质量部（主办）"))
        #expect(assigned.contains("处理小组：重大投诉处理小组；组长：质量部负责人"))
        #expect(assigned.contains("须参加的负责人：质量部负责人、销售部负责人、总经办"))
        #expect(said.contains("确认参加处理小组｜质量部负责人"))
        #expect(said.contains("已报告｜客户权益保障部投诉处理人员｜报送：总经办；事项：重大客户投诉报总经办；方式：电话"))
    }

    @Test("K09 K19 Opinion, verification on site, cause and approval say what they were")
    func solution() async throws {
        let said = said(at: "3.2", try await ticket())
        #expect(said.contains("出具意见｜销售部经办人｜销售部；意见：客户很着急"))
        let found = try #require(said.first { $0.hasPrefix("调查完成") })
        #expect(found.contains("现场确认：客户家中") && found.contains("根本原因：复核缺失"))
        let drafted = try #require(said.first { $0.hasPrefix("制定解决方案") })
        #expect(drafted.contains("处理措施：补送一箱，方案1") && drafted.contains("补偿：¥10.00"))
        #expect(said.contains("方案批准｜总经办｜方案 1；审批：总经办审批；签字：李总"))
        #expect(said.contains { $0.hasPrefix("督办") && $0.contains("督办对象：质量部经办人｜请尽快") })
    }

    @Test("K10 K12 K15 What the customer was told, answered and thought is on the ticket")
    func customer() async throws {
        let ticket = try await ticket()
        let told = said(at: "3.3", ticket)
        #expect(told.contains("方案确定，待告知客户｜方案 1"))
        #expect(told.contains("与投诉人沟通方案｜客户权益保障部回访人员｜方案 1；方式：当面；共同参加：组长"))
        #expect(said(at: "4.2", ticket) == ["投诉人不同意｜客户｜方案 1；客户意见：太少；客户诉求：两箱；答复凭证：电话记录"])
        let called = said(at: "5.1", ticket)
        #expect(called.contains { $0.contains("问题已解决：否；满意度：不满意 (2 / 5)") && $0.contains("处理是否及时：3 / 5") })
        #expect(called.contains("安抚沟通｜质量部经办人｜已致歉"))
        #expect(called.contains { $0.hasPrefix("反馈责任部门重新处理") && $0.contains("质量部；处理轮次：2") })
        #expect(said(at: "5.2", ticket).first == "办结｜客户权益保障部回访人员｜结果：客户满意；满意度：满意 (4 / 5)；处理轮次：2")
    }

    @Test("No id stands where a word belongs, in either language", arguments: ["zh-Hans", "en"])
    func words(language: String) async throws {
        let ticket = try await ticket(language)
        let ids =
            Array(pack.people.keys) + pack.departments.map(\.id.text) + pack.clocks.map { "clocks.\($0.id)" }
            + ["kangyu-medical@1", "satisfied", "raising."]
        let all = pack.steps.flatMap { said(at: $0.number, ticket) }
        #expect(all.count > 15)
        for line in all where language == "zh-Hans" {
            #expect(ids.filter { line.contains($0) }.isEmpty, "\(line)")
        }
        for line in all where language == "en" {
            #expect(!line.contains("quality.h") && !line.contains("kangyu-medical@1"), "\(line)")
        }
        #expect(ticket["form"]?["zh-Hans"] == .text("客户投诉处理单"))
    }

    @Test("M18 Who may not see the person does not read of them at a step either")
    func masked() async throws {
        let masked = try await ticket(as: .operator)
        let lines = pack.steps.flatMap { said(at: $0.number, masked) }
        for secret in ["王小明", "13812345678"] { #expect(!lines.contains { $0.contains(secret) }) }
        let open = said(at: "1.1", try await ticket())
        #expect(open.contains { $0.contains("王小明") })
    }

    @Test("The page shows the steps with the same words")
    func page() async throws {
        let page = try await serve {
            try await $0.get("/reporting/tickets/\(number)", headers: ["Accept": "text/html"])
        }
        #expect(page.text.contains("《投诉回访情况记录表》"))
        #expect(page.text.contains("签字：李总"))
        #expect(page.text.contains("本投诉不适用"))
        #expect(!page.text.contains("quality.head"))
    }
}

extension SampleCourse {
    /// Found, approved, presented, declined, accepted, reworked and closed.
    fileprivate mutating func handle(_ quality: DepartmentID) throws {
        then(
            "department/quality",
            CaseInvestigated(
                department: quality, findings: "漏发一箱", directCause: "拣货漏件", rootCause: "复核缺失", responsibility: "仓库",
                by: .staff("quality.handler"),
                siteVisit: SiteVisit(place: "客户家中", at: Self.start, people: "质量部、销售部")))
        then("department/quality", SolutionDrafted(department: quality, solution: drafted(1), needs: "重大"))
        let level = SolutionApproval(
            level: "office", title: LocalizedText(zhHans: "总经办审批", en: "Office"), by: "general-manager-office",
            at: Self.start, signature: "李总")
        then(
            "department/quality",
            SolutionApproved(
                department: quality, version: 1, by: .staff("general-manager-office"), approvals: [level]))
        let title = LocalizedText(zhHans: "质量部", en: "Quality")
        then(
            "department/quality",
            SolutionProposed(department: quality, departmentTitle: title, solution: drafted(1)))
        then(
            "callback",
            SolutionPresented(
                department: quality, version: 1, way: "visit", at: Self.start, with: "组长", by: Sample.caller))
        let evidence = AnswerEvidence(kind: .phone, person: "王小明", at: Self.start)
        then(
            "callback",
            SolutionDeclined(
                department: quality, version: 1, objection: "太少", request: "两箱", evidence: evidence, by: .customer))
        let promptness = CallbackAnswer(
            question: "promptness", title: LocalizedText(zhHans: "处理是否及时", en: "Prompt?"), scale: "oneToFive",
            answer: "3")
        then(
            "callback",
            CallbackCompleted(
                solved: false, satisfaction: 2, comment: "还是坏的", way: "phone", answers: [promptness],
                by: Sample.caller))
        then("callback", CustomerSoothed(round: 1, person: "quality.handler", note: "已致歉", by: Sample.caller))
        then("callback", ReworkOrdered(department: quality, round: 2, reason: "仍不满意", by: Sample.caller))
        then(
            "callback",
            ComplaintClosed(department: quality, outcome: .satisfied, satisfaction: 4, rounds: 2, by: Sample.caller))
    }

    private func drafted(_ version: Int) -> Solution {
        var solution = Sample.solution(version)
        solution.draftedBy = "quality.handler"
        return solution
    }
}
