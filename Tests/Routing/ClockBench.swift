import Contracts
import Foundation
import Logging
import Persistence
import TestSupport
import Testing

@testable import RoutingService

/// Moves the bench's clock and lets the clocks of complaints speak.
extension RoutingBench {
    var timekeeper: Timekeeper {
        Timekeeper(store, work: desk.work, time: clock, logger: Logger(label: "test"), settling: .zero)
    }

    /// Moves the time on to an instant, `2026-11-20 15:30` in China, and has said what is due.
    func pass(to text: String) async throws {
        let instant = try #require(RFC3339.date(text.replacingOccurrences(of: " ", with: "T") + ":00+08:00"))
        clock.advance(by: instant.timeIntervalSince(clock.now()))
        _ = try await timekeeper.look()
    }

    /// Moves the time on without looking: the timekeeper does not run, or has not woken yet.
    func sleep(to text: String) throws {
        let instant = try #require(RFC3339.date(text.replacingOccurrences(of: " ", with: "T") + ":00+08:00"))
        clock.advance(by: instant.timeIntervalSince(clock.now()))
    }

    /// What was said of clocks: `sign-off 50`, `sign-off missed`.
    func fired() async throws -> [String] {
        let approaching = try await said(DeadlineApproaching.self).map { ("\($0.deadline.clock) \($0.percent)") }
        let missed = try await said(DeadlineMissed.self).map { "\($0.deadline.clock) missed" }
        return (approaching + missed).sorted()
    }

    func runningClock(_ id: String, of number: TicketNumber = Samples.number(1)) async throws -> ClockRecord {
        try #require(try await clocks(id, of: number).first { $0.stoppedAt == nil })
    }

    func clocks(_ id: String, of number: TicketNumber = Samples.number(1)) async throws -> [ClockRecord] {
        try #require(try await store.dossier(number)).clocks.filter { $0.deadline.clock == id }
    }

    /// What the history says of an event.
    func history(_ event: String, of number: TicketNumber = Samples.number(1)) async throws -> [HistoryRecord] {
        try #require(try await store.dossier(number)).history.filter { $0.event == event }
    }

    /// A message of the lead department that says something happened at a time, heard now.
    @discardableResult
    func hear(_ event: some Event, happenedAt text: String) async throws -> String {
        let instant = try #require(RFC3339.date(text.replacingOccurrences(of: " ", with: "T") + ":00+08:00"))
        let wire = try TestMessages.wire(event, about: Samples.number(1), id: UUID(), at: instant)
        return "\(try #require(try await handler.handle([wire]).first))"
    }
}
