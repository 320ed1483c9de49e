import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import RoutingService

/// The work is done, and its result is owed within 36 hours: the medical-device maker's clock on the bench's complaint.
@Suite("The time for reporting a result")
struct ResultClockTests {
    private let bench: RoutingBench
    private let quality = Samples.department("product-quality")

    init() throws {
        let maker = try RoutingBench(pack: "kangyu-medical").pack
        let result = try #require(maker.clock("result"))
        bench = try RoutingBench { $0.clocks.append(result) }
    }

    private func completed(_ time: String) throws -> SolutionCompleted {
        SolutionCompleted(
            department: quality, version: 1, completedAt: try #require(RFC3339.date(time)), by: .staff("li.na"))
    }

    private func implemented(_ time: String) throws -> SolutionImplemented {
        SolutionImplemented(
            department: quality, version: 1, outcome: "已换", completedAt: try #require(RFC3339.date(time)),
            by: .staff("li.na"))
    }

    @Test("K13 The 36 hours count from when the work was done, not from when that was said")
    func countsFromTheWork() async throws {
        try await bench.bring(to: .implementing)
        try bench.sleep(to: "2026-11-23 18:00")
        try await bench.hear(completed("2026-11-23T10:00:00+08:00"), happenedAt: "2026-11-23 18:00")
        let running = try await bench.runningClock("result")
        #expect(RFC3339.text(running.deadline.dueAt) == "2026-11-24T14:00:00.000Z")
        let file = try #require(try await bench.store.dossier(Samples.number(1))).record.file
        #expect(StateName(file.state) == .implementing)
        try await bench.pass(to: "2026-11-24 22:00")
        #expect(try await bench.fired().contains("result missed"))
    }

    @Test("K13 Reported in time, it is kept; both said at once and too late, it is missed")
    func both() async throws {
        try await bench.bring(to: .implementing)
        try bench.sleep(to: "2026-11-25 18:00")
        try await bench.hear(completed("2026-11-23T10:00:00+08:00"), happenedAt: "2026-11-25 18:00")
        try await bench.hear(implemented("2026-11-23T10:00:00+08:00"), happenedAt: "2026-11-25 18:00")
        _ = try await bench.timekeeper.look()
        #expect(try await bench.fired().contains("result missed"))

        let other = try ResultClockTests()
        try await other.bench.bring(to: .implementing)
        try other.bench.sleep(to: "2026-11-24 18:00")
        try await other.bench.hear(completed("2026-11-24T10:00:00+08:00"), happenedAt: "2026-11-24 18:00")
        try await other.bench.hear(implemented("2026-11-24T10:00:00+08:00"), happenedAt: "2026-11-24 18:00")
        try await other.bench.pass(to: "2026-12-04 18:00")
        #expect(!(try await other.bench.fired().contains("result missed")))
    }

    @Test("K13 Heard after the report, or before the proposal, it starts nothing that is over")
    func outOfOrder() async throws {
        try await bench.bring(to: .callback)
        try await bench.hear(completed("2026-11-20T10:00:00+08:00"), happenedAt: "2026-11-20 10:00")
        #expect(try await bench.clocks("result").filter { $0.stoppedAt == nil }.isEmpty)
    }
}
