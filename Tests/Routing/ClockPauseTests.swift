import Contracts
import Foundation
import TestSupport
import Testing

@testable import RoutingService

/// The solution clock of an ordinary complaint runs for three working days from Friday, 20 November 2026: until
/// Wednesday the 25th at 18:00. It may pause (W18).
@Suite("Clocks that wait for the customer")
struct ClockPauseTests {
    let bench: RoutingBench
    let quality = Samples.department("product-quality")

    init() throws {
        bench = try RoutingBench()
    }

    private func ask(_ request: Int = 1) async throws {
        try await bench.hear(
            InformationRequested(department: quality, request: request, question: "发票?", by: .staff("li.na")))
    }

    private func answer(_ request: Int = 1) async throws {
        try await bench.hear(InformationProvided(department: quality, request: request, answer: "附上", by: .customer))
    }

    private func receive() async throws {
        try await bench.receive()
        try await bench.hear(CaseAcknowledged(department: quality, assignment: 1, by: .staff("li.na")))
    }

    @Test("While the customer is asked the clock stands still and says nothing; afterwards the time is given back")
    func standsStill() async throws {
        try await receive()
        try bench.sleep(to: "2026-11-23 10:00")
        try await ask()
        let paused = try await bench.runningClock("solution")
        #expect(paused.pausedAt == bench.clock.now())
        #expect(paused.next == nil)
        try await bench.pass(to: "2026-11-30 10:00")
        #expect(try await bench.fired() == [])
        #expect(try await !bench.runningClock("solution").isMissed(at: bench.clock.now()))
        try await answer()
        // Five working days ended meanwhile; 30 November, 1 and 2 December count.
        let moved = try await bench.runningClock("solution")
        #expect(RFC3339.text(moved.deadline.dueAt) == "2026-12-02T10:00:00.000Z")
        #expect(moved.pausedAt == nil)
        #expect(moved.deadline.explanation.zhHans.contains("其间暂停"))
        try await bench.pass(to: "2026-12-02 17:59")
        #expect(try await !bench.fired().contains("solution missed"))
        try await bench.pass(to: "2026-12-02 18:00")
        #expect(
            try await bench.fired().filter { $0.hasPrefix("solution") } == [
                "solution 50", "solution 80", "solution missed",
            ])
    }

    @Test("Two questions at once are one pause, from the first question to the last answer")
    func overlapping() async throws {
        try await receive()
        try bench.sleep(to: "2026-11-23 10:00")
        try await ask(1)
        try bench.sleep(to: "2026-11-23 12:00")
        try await ask(2)
        try bench.sleep(to: "2026-11-24 10:00")
        try await answer(1)
        #expect(try await bench.runningClock("solution").pausedAt != nil)
        try bench.sleep(to: "2026-11-25 10:00")
        try await answer(2)
        let clock = try await bench.runningClock("solution")
        #expect(clock.pausedAt == nil)
        #expect(RFC3339.text(clock.deadline.dueAt) == "2026-11-27T10:00:00.000Z")
    }

    @Test("A clock fires while the question is on the wire: the question was asked in time, and the clock goes on")
    func askedBeforeItFired() async throws {
        try await receive()
        try await bench.pass(to: "2026-11-25 18:01")
        #expect(try await bench.fired().contains("solution missed"))
        try await bench.hear(
            InformationRequested(department: quality, request: 1, question: "发票?", by: .staff("li.na")),
            happenedAt: "2026-11-25 17:00")
        let paused = try await bench.runningClock("solution")
        #expect(paused.alert == .none)
        #expect(!paused.isMissed(at: bench.clock.now()))
        try bench.sleep(to: "2026-11-26 10:00")
        try await answer()
        // The 25th does not count any more; the clock ends a working day later, and says so then.
        #expect(try await RFC3339.text(bench.runningClock("solution").deadline.dueAt) == "2026-11-26T10:00:00.000Z")
        try await bench.pass(to: "2026-11-26 18:00")
        #expect(try await bench.said(DeadlineMissed.self).filter { $0.deadline.clock == "solution" }.count == 2)
    }

    @Test("When the department gives the complaint back, nobody waits for the answer to its question any more")
    func returned() async throws {
        try await receive()
        try bench.sleep(to: "2026-11-23 10:00")
        try await ask()
        try await bench.hear(CaseReturned(department: quality, assignment: 1, reason: "不归我们", by: .staff("li.na")))
        #expect(try await bench.store.dossier(Samples.number(1))?.waitingSince == nil)
        let order = AssignmentOrder(department: Samples.department("logistics"), reason: "配送")
        _ = try await bench.desk.assign(Samples.number(1), order, by: "c", isSupervisor: false)
        let clock = try await bench.runningClock("solution")
        #expect(clock.pausedAt == nil)
        #expect(clock.next != nil)
        // The answer comes all the same, and changes nothing.
        try await answer()
        #expect(try await bench.runningClock("solution").deadline == clock.deadline)
    }

    @Test("Custody passes to the customer who is asked, and back")
    func custody() async throws {
        try await receive()
        try bench.sleep(to: "2026-11-20 11:00")
        try await ask()
        #expect(try await bench.store.dossier(Samples.number(1))?.record.holder == "customer")
        try bench.sleep(to: "2026-11-20 14:00")
        try await answer()
        try bench.sleep(to: "2026-11-20 15:00")
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.record.holder == "product-quality")
        let charges = Charge.of(
            dossier.custody, until: bench.clock.now(), calendar: bench.pack.calendar)
        #expect(
            charges.filter { $0.elapsed > 0 } == [
                Charge(holder: "product-quality", elapsed: 2 * 3600, working: 2 * 3600),
                Charge(holder: "customer", elapsed: 3 * 3600, working: 1.5 * 3600),
            ])
    }
}
