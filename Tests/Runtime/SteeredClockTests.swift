import Contracts
import Foundation
import TestSupport
import Testing

@testable import Runtime

@Suite struct SteeredClockTests {
    private static let start = Date(timeIntervalSince1970: 1_795_000_000)
    private static let monday = Date(timeIntervalSince1970: 1_796_000_000)

    private func segment(_ real: Double, _ time: Double, _ speed: Double) -> ClockSchedule.Segment {
        .init(real: Self.start + real, time: Self.monday + time, speed: speed)
    }

    @Test func timeFollowsItsSegments() throws {
        let schedule = try ClockSchedule([segment(0, 0, 60), segment(10, 600, 36_000), segment(12, 72_600, 1)])
        let expected = [(-5.0, 0.0), (0, 0), (5, 300), (10, 600), (11, 36_600), (12, 72_600), (15, 72_603)]
        for (real, time) in expected { #expect(schedule.time(at: Self.start + real) == Self.monday + time) }
        for (real, time) in expected.dropFirst() { #expect(schedule.real(at: Self.monday + time) == Self.start + real) }
    }

    @Test(arguments: [
        "[]", "{", #"[{"real":"2026-11-21T09:00:00Z","time":"2026-11-21T09:00:00Z","speed":0}]"#,
        #"[{"real":"2026-11-21T09:00:00Z","time":"2026-11-21T09:00:00Z","speed":-1}]"#,
        """
        [{"real":"2026-11-21T09:00:00Z","time":"2026-11-21T09:00:00Z","speed":60},
         {"real":"2026-11-21T09:01:00Z","time":"2026-11-21T09:30:00Z","speed":60}]
        """,
        """
        [{"real":"2026-11-21T09:00:00Z","time":"2026-11-21T09:00:00Z","speed":60},
         {"real":"2026-11-21T09:00:00Z","time":"2026-11-21T09:00:00Z","speed":1}]
        """,
    ])
    func whatWouldStandStillOrGoBackIsRefused(json: String) {
        #expect(throws: (any Error).self) { try ClockSchedule(json: Data(json.utf8)) }
    }

    @Test func aSleeperWakesWhenTheFileMakesTimePassFaster() async throws {
        let folder = try TemporaryFolder()
        let file = URL(fileURLWithPath: folder.path("clock.json"))
        let began = Date()
        let slow = ClockSchedule.Segment(real: began, time: Self.monday, speed: 1)
        try ContractJSON.encode([slow]).write(to: file, options: .atomic)
        let clock = try ServiceClock.configured(.init(file: file.path))
        let sleeper = Task {
            try await clock.sleep(until: Self.monday + 100_000)
            return clock.now()
        }
        let change = Date() + 0.05
        let fast = ClockSchedule.Segment(
            real: change, time: Self.monday + change.timeIntervalSince(began) + 0.01, speed: 1_000_000)
        try ContractJSON.encode([slow, fast]).write(to: file, options: .atomic)
        #expect(try await sleeper.value >= Self.monday + 100_000)
        #expect(Date().timeIntervalSince(began) < 60)
        // What cannot be read changes nothing.
        try Data("oops".utf8).write(to: file, options: .atomic)
        let before = clock.now()
        try await poll("the clock goes on") { clock.now() > before }
    }

    @Test func aMissingFileStopsTheStart() {
        #expect(throws: CannotStart.self) { try ServiceClock.configured(.init(file: "/nowhere/clock.json")) }
    }
}
