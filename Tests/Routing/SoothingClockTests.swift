import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import RoutingService

/// A customer who says in a callback that they are not satisfied is talked with first (安抚), and called again (再次回访). That
/// has a time of its own, so that nothing lies for ever between two calls. Rules K15, S11.
@Suite("The clock of soothing")
struct SoothingClockTests {
    private let quality = Samples.department("product-quality")
    private let bench: RoutingBench

    init() throws {
        bench = try RoutingBench { pack in
            guard var clock = pack.clock("callback") else { return }
            (clock.id, clock.starts) = ("soothing", Clock.dissatisfied)
            clock.title = LocalizedText(zhHans: "安抚与再次回访", en: "Soothing")
            clock.stops = ["callback.completed", "rework.ordered", "case.cancelled"]
            clock.escalation = .next
            pack.clocks.append(clock)
        }
    }

    private func call(_ satisfaction: Int, soothes: Bool? = nil) -> CallbackCompleted {
        CallbackCompleted(
            solved: satisfaction > 3, satisfaction: satisfaction, soothes: soothes, by: .staff("caller"))
    }

    private func standing() async throws -> [String] {
        try await bench.clocks("soothing").map { clock in clock.stoppedBy ?? "runs" }
    }

    private var rework: ReworkOrdered {
        ReworkOrdered(department: quality, round: 2, reason: "仍不满意", by: .staff("caller"))
    }

    @Test("K15 it starts with the dissatisfied answer, and not with one that leads to rework or closes")
    func starts() async throws {
        try await bench.bring(to: .callback)
        #expect(try await standing() == [])
        try await bench.hear(call(2, soothes: true))
        #expect(try await standing() == ["runs"])
        #expect(try await bench.clocks("callback").map(\.stoppedBy) == ["callback.completed"])
        bench.clock.advance(by: 60)
        try await bench.hear(call(2))
        try await bench.hear(rework)
        #expect(try await standing() == ["callback.completed"])
    }

    @Test("rework without another call stops it too, and so does the end")
    func stops() async throws {
        for end in [rework as any Event, ComplaintWithdrawn(by: .customer)] {
            let other = try SoothingClockTests()
            try await other.bench.bring(to: .callback)
            try await other.bench.hear(call(1, soothes: true))
            other.bench.clock.advance(by: 60)
            try await other.bench.hear(end)
            #expect(try await other.standing() == ["\(type(of: end).type.noun).\(type(of: end).type.verb)"])
        }
    }

    @Test("K15 when it runs out, who handled it is urged, and it goes up a level")
    func missed() async throws {
        try await bench.bring(to: .callback)
        try await bench.hear(call(2, soothes: true))
        let before = try await bench.said(CaseUrged.self).count
        try await bench.pass(to: "2026-11-23 17:59")
        #expect(try await !bench.fired().contains("soothing missed"))
        try await bench.pass(to: "2026-11-23 18:00")
        #expect(try await bench.fired().contains("soothing missed"))
        let urged = try await bench.said(CaseUrged.self).dropFirst(before)
        #expect(urged.map(\.clock) == ["soothing"])
        #expect(urged.map(\.department) == [quality])
        #expect(try await bench.said(CaseEscalated.self).map(\.clock) == ["soothing"])
        let page = try await bench.store.supervision(SupervisionFilter(holder: "callback", alert: .missed))
        #expect(page.clocks.map(\.clock.deadline.clock).contains("soothing"))
    }

    @Test("K15 the department that is urged for it works by it, and hears that it stopped")
    func told() async throws {
        try await bench.bring(to: .callback)
        let before = try await bench.said(DeadlineMoved.self).count
        try await bench.hear(call(2, soothes: true))
        bench.clock.advance(by: 60)
        try await bench.hear(call(2))
        let told = try await bench.said(DeadlineMoved.self).dropFirst(before).filter { $0.deadline.clock == "soothing" }
        #expect(told.map(\.department) == [quality, quality])
        #expect(told.map(\.startedBy) == [Clock.dissatisfied, nil])
        #expect(told.map(\.stoppedBy) == [nil, "callback.completed"])
    }

    @Test("the first call heard after the second and the rework: it ran from the one to the other")
    func overtaken() async throws {
        try await bench.bring(to: .callback)
        try bench.sleep(to: "2026-11-20 16:00")
        try await bench.hear(call(2), happenedAt: "2026-11-20 15:00")
        try await bench.hear(rework, happenedAt: "2026-11-20 15:00")
        try await bench.hear(call(2, soothes: true), happenedAt: "2026-11-20 14:00")
        let runs = try await bench.clocks("soothing")
        #expect(runs.map { RFC3339.text($0.deadline.startedAt) } == ["2026-11-20T06:00:00.000Z"])
        #expect(runs.compactMap(\.stoppedAt).map(RFC3339.text) == ["2026-11-20T07:00:00.000Z"])
    }

    @Test(
        "every shipped pack that soothes has it",
        arguments: ["kangyu-medical", "sunshine-property", "dealer-aftersales"])
    func shipped(name: String) throws {
        let pack = try RoutingBench(pack: name).pack
        #expect(pack.callback.sootheFirst)
        let clock = try #require(pack.clocks.first { $0.starts == Clock.dissatisfied })
        #expect(clock.isStopped(by: "callback.completed") && clock.isStopped(by: "rework.ordered"))
        #expect(clock.urges != .nobody && clock.escalation != nil)
    }
}
