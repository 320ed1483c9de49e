import Contracts
import Foundation
import TestSupport
import Testing

@testable import DepartmentService

/// What a customer who declines asks for instead reaches the department with the objection (客户诉求; M17).
@Suite("What customers ask for instead")
struct CounterRequestTests {
    private static let declined = WorkNotice.declined(version: 1, objection: "等得太久", request: "退货退款")

    @Test("M17 a decline is kept with what is asked for instead, and the next solution is drafted in its view")
    func isKept() async throws {
        let test = try TestDepartment()
        try await test.bring(to: .proposed)
        #expect(try await test.hear(test.samples.event(Self.declined)) == [.handled])
        let order = try #require(try await test.order())
        #expect(order.stage.request == "退货退款")
        #expect(order.changedNeeds == "退货退款")
        let file = try #require(
            try await DepartmentStore(test.database, clock: test.clock).file(test.samples.number))
        #expect(file.history.first?.facts["needs"] == "退货退款")
        _ = try await test.does(.draft(Samples.draft))
        let after = try #require(
            try await DepartmentStore(test.database, clock: test.clock).file(test.samples.number))
        #expect(after.solutions.map(\.request) == [nil, "退货退款"])
        #expect(after.order.changedNeeds == "退货退款", "it stands until the customer says otherwise")
    }

    @Test("M17 a decline without another request leaves what was known") func nothingElse() throws {
        let order = try Samples().order(.proposed)
        let progressed = try order.decide(
            .report(note: "进展", expectedBy: nil, needs: "先修好"), by: Samples.handler, at: Samples.now
        ).order
        let declined = try progressed.decide(
            .declined(version: 1, objection: "太慢"), by: .customer, at: Samples.now
        ).order
        #expect(declined.stage.request == nil)
        #expect(declined.changedNeeds == "先修好")
    }

    @Test("M17 a dispute and its ruling keep it too") func ruling() throws {
        let order = try Samples().order(.proposed)
        let disputed = try order.decide(
            .disputed(version: 1, objection: "还是不够", request: "换同型号新机"), by: .customer, at: Samples.now)
        #expect(disputed.history.first?.facts["needs"] == "换同型号新机")
        #expect(disputed.order.changedNeeds == "换同型号新机")
        let ruled = try disputed.order.decide(
            .ruled(version: 1, .revise, reason: "应予更换"), by: .staff("sun"), at: Samples.now
        ).order
        #expect(ruled.changedNeeds == "换同型号新机")
        let declined = try order.decide(Self.declined, by: .customer, at: Samples.now).order
        let ruledAfter = try declined.decide(
            .ruled(version: 1, .revise, reason: "应予退货"), by: .staff("sun"), at: Samples.now
        ).order
        #expect(ruledAfter.stage.request == "退货退款")
    }

    @Test("M17 the page and the API show it", arguments: ["zh-Hans", "en"])
    func isShown(_ language: String) async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .proposed)
        #expect(try await test.department.hear(test.department.samples.event(Self.declined)) == [.handled])
        try await test.serve { client in
            let wang = try await client.named("wang")
            let page = try await wang.get("\(test.page())?lang=\(language)").text
            let words = language == "en" ? "The customer asks for: 退货退款" : "客户新的诉求：退货退款"
            #expect(page.contains("等得太久"))
            #expect(page.contains(words))
            let answer = try await wang.get(test.api()).json
            let versions = try #require(answer["solutions"] as? [[String: Any]])
            #expect(versions.first?["request"] as? String == "退货退款")
            #expect(versions.first?["remark"] as? String == "等得太久")
            #expect(answer["changedNeeds"] as? String == "退货退款")
        }
    }
}
