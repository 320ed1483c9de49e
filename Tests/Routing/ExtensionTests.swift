import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import RoutingService

/// The solution clock of an ordinary complaint is due on Wednesday, 25 November 2026 at 18:00, and may be extended by
/// three working days by the department's head.
@Suite("Extensions with approval")
struct ExtensionTests {
    let bench: RoutingBench
    let desk: ExtensionDesk
    let quality = Samples.department("product-quality")
    private let handler = ExtensionActor(
        name: "li.na", department: Samples.department("product-quality"), isHead: false, isSupervisor: false)
    private let head = ExtensionActor(
        name: "head", department: Samples.department("product-quality"), isHead: true, isSupervisor: false)
    private let otherHead = ExtensionActor(
        name: "other", department: Samples.department("finance"), isHead: true, isSupervisor: false)
    private let supervisor = ExtensionActor(name: "gu", department: nil, isHead: false, isSupervisor: true)

    init() throws {
        bench = try RoutingBench()
        desk = ExtensionDesk(store: bench.store, work: bench.desk.work)
    }

    private func ask(
        _ allowance: Allowance = .workingDays(2), clock: String = "solution", by actor: ExtensionActor
    ) async throws -> ExtensionRecord {
        try await desk.ask(Samples.number(1), clock: clock, for: allowance, reason: "等待检测", by: actor)
    }

    private func decide(_ id: Int64, _ isGranted: Bool = true, by actor: ExtensionActor) async throws {
        _ = try await desk.decide(Samples.number(1), request: id, isGranted: isGranted, comment: "同意", by: actor)
    }

    @Test("The handler asks, the head grants, and the clock is due later, with the reason in its explanation")
    func granted() async throws {
        try await bench.receive()
        let request = try await ask(by: handler)
        #expect(try await RFC3339.text(bench.runningClock("solution").deadline.dueAt) == "2026-11-25T10:00:00.000Z")
        try await decide(request.id, by: head)
        let clock = try await bench.runningClock("solution")
        #expect(RFC3339.text(clock.deadline.dueAt) == "2026-11-27T10:00:00.000Z")
        #expect(clock.deadline.explanation.zhHans.contains("获准延期"))
        try await bench.pass(to: "2026-11-25 18:30")
        #expect(try await !bench.fired().contains("solution missed"))
        try await bench.pass(to: "2026-11-27 18:00")
        #expect(try await bench.fired().contains("solution missed"))
        #expect(try await bench.history("extension.granted").map(\.detail) == ["提出处理方案 · 2 个工作日 · 同意"])
    }

    @Test("A refused request changes nothing but the record; another may be asked for")
    func refused() async throws {
        try await bench.receive()
        let request = try await ask(by: handler)
        try await decide(request.id, false, by: head)
        #expect(try await RFC3339.text(bench.runningClock("solution").deadline.dueAt) == "2026-11-25T10:00:00.000Z")
        #expect(try await bench.store.dossier(Samples.number(1))?.extensions.map(\.standing) == [.refused])
        _ = try await ask(.workingDays(1), by: handler)
    }

    @Test("Nobody grants their own request, nor that of another department; a supervisor may")
    func entitlement() async throws {
        try await bench.receive()
        await #expect(throws: ExtensionRejection.notYours) { try await ask(by: otherHead) }
        let request = try await ask(by: head)
        await #expect(throws: ExtensionRejection.ownRequest) { try await decide(request.id, by: head) }
        await #expect(throws: ExtensionRejection.notEntitled) { try await decide(request.id, by: otherHead) }
        await #expect(throws: ExtensionRejection.notEntitled) { try await decide(request.id, by: handler) }
        try await decide(request.id, by: supervisor)
        await #expect(throws: ExtensionRejection.alreadyDecided) { try await decide(request.id, false, by: supervisor) }
    }

    @Test("Asking and granting twice do it once")
    func twice() async throws {
        try await bench.receive()
        let first = try await ask(by: handler)
        #expect(try await ask(by: handler).id == first.id)
        await #expect(throws: ExtensionRejection.alreadyAsked) { try await ask(.workingDays(1), by: handler) }
        try await decide(first.id, by: head)
        try await decide(first.id, by: head)
        #expect(try await bench.runningClock("solution").terms.extensions == ["2 working days"])
    }

    @Test("All together stay within what the procedure permits, and only clocks that it names are extended")
    func limits() async throws {
        try await bench.receive()
        await #expect(throws: ExtensionRejection.notExtensible) { try await ask(clock: "sign-off", by: handler) }
        await #expect(throws: ExtensionRejection.clockStopped) { try await ask(clock: "callback", by: handler) }
        await #expect(throws: ExtensionRejection.noLength) { try await ask(.sameDay, by: handler) }
        let latest = try #require(RFC3339.date("2026-11-30T18:00:00+08:00"))
        await #expect(throws: ExtensionRejection.tooLong(latest: latest)) {
            try await ask(.workingDays(4), by: handler)
        }
        let request = try await ask(.workingDays(2), by: handler)
        try await decide(request.id, by: head)
        await #expect(throws: ExtensionRejection.tooLong(latest: latest)) {
            try await ask(.workingDays(2), by: handler)
        }
        _ = try await ask(.workingDays(1), by: handler)
    }

    @Test("What is missed stays missed: it is asked before, though it may be granted after")
    func late() async throws {
        try await bench.receive()
        let request = try await ask(by: handler)
        try await bench.pass(to: "2026-11-25 18:00")
        #expect(try await bench.runningClock("solution").alert == .missed)
        try await decide(request.id, by: head)
        let clock = try await bench.runningClock("solution")
        #expect(clock.alert == .none || clock.alert == .approaching)
        #expect(!clock.isMissed(at: bench.clock.now()))
        try await bench.pass(to: "2026-11-27 18:01")
        await #expect(throws: ExtensionRejection.alreadyDue) { try await ask(.workingDays(1), by: handler) }
    }

    @Test("The clock is stopped while the request waits: there is nothing to extend")
    func stopped() async throws {
        try await bench.receive()
        let request = try await ask(by: handler)
        try await bench.hear(
            SolutionProposed(
                department: quality, departmentTitle: LocalizedText(zhHans: "质", en: "Q"),
                solution: Samples.solution(1)))
        await #expect(throws: ExtensionRejection.clockStopped) { try await decide(request.id, by: head) }
        #expect(try await bench.store.dossier(Samples.number(1))?.extensions.map(\.standing) == [.asked])
    }

    @Test("On the page more time is a number and a unit, in the reader's language; the API takes both in one text")
    func page() async throws {
        try await bench.receive()
        try await bench.serve { client in
            let staff = try await client.signedIn(as: .supervisor)
            let path = "/routing/complaints/\(Samples.number(1))/extensions"
            for (language, unit) in [("zh-Hans", "个工作小时"), ("en", "working hours")] {
                let page = try await staff.get("\(path)?lang=\(language)")
                #expect(page.text.contains(">\(unit)</option>") && !page.text.contains("⟦"))
            }
            let csrf = try #require(try await staff.get(path).hidden("csrf"))
            let form = [("csrf", csrf), ("clock", "solution"), ("reason", "等待检测")]
            let far = try await staff.post(path, form: form + [("count", "90"), ("unit", "working days")])
            #expect(far.status == 422 && far.text.contains("id=\"f-count-error\""))
            let odd = try await staff.post(path, form: form + [("count", "x"), ("unit", "weeks")])
            #expect(odd.text.contains("id=\"f-count-error\"") && odd.text.contains("id=\"f-unit-error\""))
            let asked = try await staff.post(path, form: form + [("count", "2"), ("unit", "working days")])
            #expect(asked.status == 303)
            let answer = try await client.program(.supervisor).get(
                "/routing/api/complaints/\(Samples.number(1))/extensions")
            #expect((answer.json["extensions"] as? [[String: Any]])?.first?["by"] as? String == "2 working days")
        }
    }
}
