import Contracts
import Foundation
import Messaging
import Persistence
import TestSupport
import Testing

@testable import RoutingService

/// Complaints are received on Friday, 20 November 2026 at 10:00 in China and assigned at once. The sign-off clock of an
/// ordinary complaint runs for four working hours, until 15:30; it warns at 12:00 and 14:42.
@Suite("Clocks that fire")
struct ClockFiringTests {
    let bench: RoutingBench
    let quality = Samples.department("product-quality")
    private let acknowledged: CaseAcknowledged

    init() throws {
        bench = try RoutingBench()
        acknowledged = CaseAcknowledged(
            department: Samples.department("product-quality"), assignment: 1, by: .staff("li.na"))
    }

    @Test("Each warning and the end are said once, at their time, and not before")
    func order() async throws {
        try await bench.receive()
        try await bench.pass(to: "2026-11-20 11:59")
        #expect(try await bench.fired() == [])
        try await bench.pass(to: "2026-11-20 12:00")
        #expect(try await bench.fired() == ["sign-off 50"])
        #expect(try await bench.runningClock("sign-off").alert == .approaching)
        try await bench.pass(to: "2026-11-20 12:00")
        try await bench.pass(to: "2026-11-20 14:42")
        #expect(try await bench.fired() == ["sign-off 50", "sign-off 80"])
        try await bench.pass(to: "2026-11-20 15:30")
        try await bench.pass(to: "2026-11-20 15:31")
        #expect(try await bench.fired() == ["sign-off 50", "sign-off 80", "sign-off missed"])
        #expect(try await bench.runningClock("sign-off").next == nil)
        let missed = try #require(try await bench.said(DeadlineMissed.self).first)
        #expect(missed.department == quality)
        #expect(RFC3339.text(missed.deadline.dueAt) == "2026-11-20T07:30:00.000Z")
    }

    @Test("A clock that ran out urges whom the pack says; it is in the history with the time at which it ran out (W10)")
    func urging() async throws {
        try await bench.receive()
        try await bench.pass(to: "2026-11-20 15:40")
        let urged = try await bench.said(CaseUrged.self)
        #expect(urged.map(\.clock) == ["sign-off"])
        #expect(urged.map(\.addressee) == ["product-quality.head"])
        #expect(urged.first?.by == .system("service-standard@\(bench.pack.stamp.version)"))
        #expect(urged.first?.comment.contains("2026-11-20 15:30") == true)
        #expect(try await bench.history("deadline.missed").map { RFC3339.text($0.at) } == ["2026-11-20T07:30:00.000Z"])
        #expect(try await bench.history("deadline.approaching").map(\.detail) == ["sign-off 50", "sign-off 80"])
        #expect(try await bench.history("case.urged").count == 1)
        // The sign-off is not raised to anybody; the solution is, and its owner is urged.
        #expect(try await bench.said(CaseEscalated.self).isEmpty)
        try await bench.pass(to: "2026-11-25 18:00")
        let solution = try await bench.said(CaseUrged.self).filter { $0.clock == "solution" }
        #expect(solution.map(\.addressee) == ["product-quality.handler"])
        let escalated = try await bench.said(CaseEscalated.self)
        #expect(escalated.map(\.level) == ["公司管理层"])
        #expect(try await bench.history("case.escalated").count == 1)
    }

    @Test("Whoever reads of an urging or a raising reads it in their language, whatever the complaint's is")
    func bothLanguages() async throws {
        try await bench.receive()
        try await bench.pass(to: "2026-11-25 18:00")
        let urged = try #require(try await bench.said(CaseUrged.self).first)
        #expect(urged.text?.zhHans == urged.comment)
        #expect(urged.text?.en == "“Acknowledgement” was due 2026-11-20 15:30. Please go on with it without delay.")
        let escalated = try #require(try await bench.said(CaseEscalated.self).first)
        #expect(escalated.levelTitle == LocalizedText(zhHans: "公司管理层", en: "Management"))
        #expect(escalated.text?.zhHans == escalated.reason)
        let words = try #require(try await bench.history("case.escalated").first?.words)
        #expect(words.zhHans.hasPrefix("公司管理层：「") && words.en.hasPrefix("Management: “"))
        let staff = try TestStaff(folder: bench.folder.url.appending(path: "staff"))
        try await bench.serve(staff: staff) { client async throws in
            let (english, chinese) = ("Please go on with it", "请尽快办理")
            for (language, word, other) in [("en", english, chinese), ("zh-Hans", chinese, english)] {
                var client = try await client.signedIn(as: .supervisor)
                client.cookies["redress_language"] = language
                let page = try await client.get("/routing/complaints/\(Samples.number(1))").text
                #expect(page.contains(word) && !page.contains(other), "\(language)")
            }
        }
    }

    @Test("While nobody in a department has it, nobody is urged")
    func atTheDesk() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.pass(to: "2026-11-20 15:30")
        #expect(try await bench.fired().contains("judgement missed"))
        #expect(try await bench.said(CaseUrged.self).isEmpty)
        #expect(try await bench.said(DeadlineMissed.self).first?.department == nil)
    }

    enum Order: CaseIterable {
        case stopFirst, clockFirst
    }

    @Test("A clock fires while its stop is on the wire: both orders end in the same state", arguments: Order.allCases)
    func race(order: Order) async throws {
        try await bench.receive()
        try bench.sleep(to: "2026-11-20 15:31")
        switch order {
        case .stopFirst:
            try await bench.hear(acknowledged, happenedAt: "2026-11-20 15:29")
            _ = try await bench.timekeeper.look()
            #expect(try await bench.said(DeadlineMissed.self).isEmpty)
            #expect(try await bench.history("deadline.kept").isEmpty)
        case .clockFirst:
            _ = try await bench.timekeeper.look()
            try await bench.hear(acknowledged, happenedAt: "2026-11-20 15:29")
            // What was said stays in the record, and so does that it was kept after all.
            #expect(try await bench.said(DeadlineMissed.self).count == 1)
            #expect(try await bench.history("deadline.kept").map(\.detail) == ["sign-off"])
        }
        let clock = try #require(try await bench.clocks("sign-off").first)
        #expect(clock.stoppedAt.map(RFC3339.text) == "2026-11-20T07:29:00.000Z")
        #expect(!clock.isMissed(at: bench.clock.now()))
        #expect(!clock.missStands)
        #expect(clock.next == nil)
        #expect(try await bench.state() == .investigating)
        #expect(try await bench.store.supervision(SupervisionFilter()).clocks.isEmpty)
    }

    @Test("A stop that happened too late is a miss in both orders, said once", arguments: Order.allCases)
    func lateStop(order: Order) async throws {
        try await bench.receive()
        try bench.sleep(to: "2026-11-20 15:45")
        if order == .clockFirst { _ = try await bench.timekeeper.look() }
        try await bench.hear(acknowledged, happenedAt: "2026-11-20 15:40")
        _ = try await bench.timekeeper.look()
        let clock = try #require(try await bench.clocks("sign-off").first)
        #expect(clock.isMissed(at: bench.clock.now()))
        #expect(try await bench.said(DeadlineMissed.self).count == 1)
        #expect(try await bench.history("deadline.missed").map { RFC3339.text($0.at) } == ["2026-11-20T07:30:00.000Z"])
        // Where it was stopped already there is nothing to urge.
        #expect(try await bench.said(CaseUrged.self).count == (order == .clockFirst ? 1 : 0))
    }

    @Test(
        "A complaint that is merged, withdrawn or closed never fires, though its time had come (Znuny #200, chatwoot #10178)",
        arguments: [StateName.merged, .withdrawn, .closed], Order.allCases)
    func ended(state: StateName, order: Order) async throws {
        try await bench.receive()
        try await bench.receive(about: Samples.number(2))
        if order == .stopFirst { try bench.sleep(to: "2026-11-30 18:00") }
        switch state {
        case .withdrawn: try await bench.hear(ComplaintWithdrawn(by: .customer))
        case .closed: try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")))
        default:
            _ = try await bench.desk.merge(Samples.number(1), into: Samples.number(2), reason: "重复", by: "c")
        }
        try await bench.hear(ComplaintWithdrawn(by: .customer), about: Samples.number(2))
        try await bench.pass(to: "2026-12-31 18:00")
        #expect(try await bench.fired() == [])
        #expect(try await bench.said(CaseUrged.self).isEmpty)
        #expect(try await bench.store.nextClockInstant() == nil)
    }

    @Test("An acknowledgement that the investigation has overtaken still stops its clock")
    func overtaken() async throws {
        try await bench.receive()
        try bench.sleep(to: "2026-11-20 15:00")
        let investigated = CaseInvestigated(
            department: quality, findings: "屏幕排线松动", directCause: "排线", rootCause: "工艺", responsibility: "供应商",
            by: .staff("li.na"))
        try await bench.hear(investigated, happenedAt: "2026-11-20 14:00")
        try await bench.hear(acknowledged, happenedAt: "2026-11-20 11:00")
        #expect(try await bench.clocks("sign-off").allSatisfy { $0.stoppedBy == "case.acknowledged" })
        try await bench.pass(to: "2026-11-20 16:00")
        #expect(try await bench.said(DeadlineMissed.self).isEmpty)
    }

    @Test("Other clocks run on when one starts or stops (zammad #5177)")
    func independent() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        let before = try await bench.runningClock("first-feedback").deadline
        _ = try await bench.desk.judge(
            Samples.number(1), JudgementOrder(verdict: .valid, reason: "属实", severity: .major), by: "c")
        let order = AssignmentOrder(department: quality, reason: "质量")
        _ = try await bench.desk.assign(Samples.number(1), order, by: "c", isSupervisor: false)
        #expect(try await bench.runningClock("first-feedback").deadline == before)
    }

    @Test("What was due while Routing did not run is said after its restart, once, in order")
    func restart() async throws {
        try await bench.receive()
        try bench.sleep(to: "2026-11-20 16:00")
        let again = RoutingStore(
            try ServiceDatabase(
                path: bench.folder.path("routing.sqlite"), source: RoutingStore.source, clock: bench.clock,
                migrate: RoutingMigrations.register))
        let keeper = Timekeeper(
            again, work: CaseWork(pack: bench.pack), time: bench.clock, logger: .init(label: "test"), settling: .zero)
        // What was late at the start waits while the news that may have stopped it is heard.
        let later = try await keeper.look(notBefore: bench.clock.now())
        #expect(try await bench.fired() == [])
        #expect(try #require(later) > bench.clock.now())
        _ = try await keeper.look()
        _ = try await keeper.look()
        #expect(
            try await bench.said().suffix(4) == [
                "deadline.approaching", "deadline.approaching", "deadline.missed", "case.urged",
            ])
    }
}
