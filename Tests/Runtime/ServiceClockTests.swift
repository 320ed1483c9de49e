import Contracts
import Foundation
import Testing

@testable import Runtime

@Suite struct ServiceClockTests {
    private func instant(_ text: String) throws -> Date { try #require(RFC3339.date(text)) }

    @Test(arguments: [
        (1.0, Duration.seconds(10), "2026-11-21T09:00:10.000Z"),
        (1.0, .microseconds(1999), "2026-11-21T09:00:00.001Z"),
        (3600.0, .seconds(24), "2026-11-22T09:00:00.000Z"),
        (0.5, .seconds(10), "2026-11-21T09:00:05.000Z"),
    ])
    func timePassesAtItsSpeed(speed: Double, elapsed: Duration, expected: String) throws {
        let start = try instant("2026-11-21T09:00:00Z")
        let clock = ServiceClock(.init(start: start, anchor: nil, speed: speed))
        #expect(clock.instant(after: elapsed) == (try instant(expected)))
    }

    @Test func aRestartGoesOnFromTheAnchor() throws {
        let configuration = CommonConfiguration.Clock(
            start: try instant("2026-11-21T09:00:00Z"), anchor: try instant("2026-01-01T00:00:00Z"), speed: 60)
        let later = ServiceClock(configuration, realNow: try instant("2026-01-01T00:10:00Z"))
        #expect(later.instant(after: .zero) == (try instant("2026-11-21T19:00:00Z")))
        let early = ServiceClock(configuration, realNow: try instant("2025-12-31T00:00:00Z"))
        #expect(early.instant(after: .zero) == (try instant("2026-11-21T09:00:00Z")))
    }

    @Test func withoutAStartItIsTheRealTime() throws {
        let real = try instant("2026-11-21T09:00:00Z")
        let clock = ServiceClock(.init(start: nil, anchor: nil, speed: 1), realNow: real)
        #expect(clock.instant(after: .seconds(1)) == real.addingTimeInterval(1))
        #expect(abs(ServiceClock.real.now().timeIntervalSinceNow) < 5)
    }

    @Test func waitsAreShorterOnAFasterClock() throws {
        let clock = ServiceClock(.init(start: try instant("2026-11-21T09:00:00Z"), anchor: nil, speed: 3600))
        let wait = clock.realWait(until: try instant("2026-11-21T11:00:00Z"))
        #expect(wait > .milliseconds(1900) && wait <= .milliseconds(2001))
        #expect(clock.realWait(until: try instant("2026-11-21T08:00:00Z")) == .zero)
    }

    @Test func afterSleepingTheInstantHasCome() async throws {
        let clock = ServiceClock(.init(start: try instant("2026-11-21T09:00:00Z"), anchor: nil, speed: 86_400))
        let tomorrow = clock.now().addingTimeInterval(3600)
        try await clock.sleep(until: tomorrow)
        #expect(clock.now() >= tomorrow)
    }
}
