import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Runtime
import ServiceLifecycle
import TestSupport
import Testing

@testable import Persistence
@testable import RoutingService

@Suite("The timekeeper")
struct TimekeeperTests {
    let bench: RoutingBench

    init() throws {
        bench = try RoutingBench()
    }

    /// Runs a timekeeper while something is done.
    private func running(_ keeper: Timekeeper, _ work: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keeper.run() }
            try await work()
            group.cancelAll()
        }
    }

    /// Waits for something to become true; a machine that is busy gets its time.
    private func eventually(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while try await !condition() {
            try #require(ContinuousClock.now < end, "it did not happen")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("It wakes for a clock that starts while it sleeps, and speaks when the time comes")
    func wakes() async throws {
        let bench = bench
        try await running(bench.timekeeper) {
            try await bench.receive()
            bench.clock.advance(by: 2 * 3600)
            try await eventually { try await bench.fired() == ["sign-off 50"] }
            // It sleeps for the next warning; a complaint that comes meanwhile has an earlier one.
            try await bench.receive(Samples.complaint(amount: "20000", at: bench.clock.now()), about: Samples.number(2))
            bench.clock.advance(by: 2 * 3600)
            try await eventually { try await bench.said(DeadlineApproaching.self).count >= 2 }
        }
    }

    @Test("Under an accelerated clock it speaks within a second of real time", arguments: [60.0, 3600, 86_400])
    func accelerated(speed: Double) async throws {
        // Other tests that keep the machine busy may delay a round, a wrong reckoning delays every one.
        let end = ContinuousClock.now + .seconds(60)
        var late = try await round(speed: speed)
        while late >= 1, ContinuousClock.now < end { late = try await round(speed: speed) }
        #expect(late < 1, "\(late) s late")
    }

    /// How late, in seconds of real time, the latest of three moments within 0.3 seconds was said.
    private func round(speed: Double) async throws -> Double {
        let folder = try TemporaryFolder()
        let clock = ServiceClock(CommonConfiguration.Clock(start: ManualClock().now(), speed: speed))
        let database = try ServiceDatabase(
            path: folder.path("routing.sqlite"), source: RoutingStore.source, clock: clock,
            migrate: RoutingMigrations.register)
        let keeper = Timekeeper(
            RoutingStore(database), work: CaseWork(pack: bench.pack), time: clock, logger: Logger(label: "test"),
            settling: .zero)
        let number = Samples.number(1)
        try await database.write { [pack = bench.pack] unit in
            try ClockSamples.complaint(number, at: unit.now, in: unit.db)
            try ClockSamples.clock(
                number, from: unit.now, for: 0.3 * speed, warnings: [50, 80], pack: pack, in: unit.db)
        }
        try await running(keeper) {
            try await eventually { try await ClockSamples.fired(in: database) == 3 }
        }
        let late = try await ClockSamples.lateness(in: database) / speed
        #expect(late >= 0)
        return late
    }

    @Test("100,000 running clocks cost nothing noticeable: the tick is as quick as with a few")
    func manyClocks() async throws {
        let now = bench.clock.now()
        try await bench.store.database.write { [pack = bench.pack] unit in
            try ClockSamples.fill(clocks: 100_000, complaints: 20_000, due: 100, at: now, pack: pack, in: unit.db)
        }
        let keeper = bench.timekeeper
        bench.clock.advance(by: -1)
        let watch = ContinuousClock()
        let idle = try await watch.measure {
            for _ in 0..<200 { _ = try await keeper.look() }
        }
        #expect(try await bench.said().isEmpty)
        bench.clock.advance(by: 1)
        let busy = try await watch.measure { _ = try await keeper.look() }
        #expect(try await bench.said(DeadlineMissed.self).count == 100)
        print("100,000 clocks: a tick with nothing due takes \(idle / 200), with 100 due \(busy)")
        #expect(idle / 200 < .milliseconds(20))
        #expect(busy < .seconds(5))
        let plan = try await bench.store.database.read { db in
            try StoreProbe.plan("SELECT min(nextAt) FROM clock WHERE nextAt > ?", [Date.distantBeginning], in: db)
        }
        #expect(plan.contains { $0.contains("clock_next") }, "\(plan)")
    }

    @Test("One clock that cannot speak does not silence the others, and tries again later")
    func poisoned() async throws {
        for counter in 1...2 { try await bench.receive(about: Samples.number(counter)) }
        try await bench.store.database.write { unit in
            try unit.db.execute(
                sql: "UPDATE complaint SET record = 'nonsense' WHERE number = ?", arguments: [Samples.number(1).text])
        }
        try await bench.pass(to: "2026-11-20 12:00")
        #expect(try await bench.fired() == ["sign-off 50"])
        #expect(try await bench.store.nextClockInstant() == bench.clock.now() + 60)
    }

    @Test("Clocks of a store from before speak when they are due")
    func migration() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("routing.sqlite")
        let queue = try DatabaseQueue(path: path)
        var migrator = DatabaseMigrator()
        SharedMigrations.register(in: &migrator)
        RoutingMigrations.register(in: &migrator)
        try migrator.migrate(queue, upTo: "routing 1: complaint, clock, pause, custody, history, tally")
        let now = bench.clock.now()
        try await queue.write { db in
            try ClockSamples.firstComplaint(Samples.number(1), at: now, in: db)
            try db.execute(
                sql: """
                    INSERT INTO clock (number, clock, titleChinese, titleEnglish, startedAt, dueAt, explanationChinese,
                        explanationEnglish, stops) VALUES (?, 'solution', '方案', 'Solution', ?, ?, '', '', 'solution.proposed')
                    """, arguments: [Samples.number(1).text, now, now + 60])
        }
        try queue.close()
        let database = try ServiceDatabase(
            path: path, source: RoutingStore.source, clock: bench.clock, migrate: RoutingMigrations.register)
        let keeper = Timekeeper(
            RoutingStore(database), work: CaseWork(pack: bench.pack), time: bench.clock, logger: Logger(label: "test"),
            settling: .zero)
        #expect(try await keeper.look() == now + 60)
        bench.clock.advance(by: 60)
        #expect(try await keeper.look() == nil)
        #expect(try await ClockSamples.fired(in: database) == 1)
    }
}
