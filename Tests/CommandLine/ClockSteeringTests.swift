import Foundation
import Runtime
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("Steering the clock of a rehearsal") struct ClockSteeringTests {
    private let folder: TemporaryFolder
    private let file: URL
    private let real = ManualClock()
    private let monday = Date(timeIntervalSince1970: 1_772_413_200)

    init() throws {
        folder = try TemporaryFolder()
        file = URL(fileURLWithPath: folder.path("clock.json"))
        try ClockSteering.start(at: monday, file: file, real: real)
    }

    private func steering() throws -> ClockSteering {
        try ClockSteering(file: file, pace: .init(slow: 60, fast: 10_000), real: real)
    }

    private func written() throws -> ClockSchedule { try ClockSchedule(json: Data(contentsOf: file)) }

    @Test func itStartsAtTheStorysTime() throws {
        #expect(try steering().now() == monday)
        real.advance(by: 10)
        #expect(try steering().now() == monday + 10)
    }

    @Test("A change is written before it holds, so that every process knows it in time")
    func slow() throws {
        var clock = try steering()
        real.advance(by: 5)
        try clock.slowDown()
        #expect(try written().segments.last?.real == real.now() + 0.15)
        #expect(clock.now() == monday + 5)
        real.advance(by: 1.15)
        #expect(abs(clock.now().timeIntervalSince(monday) - 65.15) < 0.01)
    }

    @Test("A leap ends exactly at the time that is waited for, and slowly goes on from there")
    func leap() async throws {
        var slow = try steering()
        try slow.slowDown()
        real.advance(by: 1)
        let (friday, start) = (monday + 4 * 86_400, slow)
        async let leapt: Void = {
            var clock = start
            try await clock.leap(to: friday)
        }()
        try await poll("the leap is written", within: .seconds(10), every: .milliseconds(5)) {
            try written().segments.count == 4
        }
        let schedule = try written()
        let arrival = try #require(schedule.segments.last)
        #expect(arrival.time == friday && arrival.speed == 60)
        #expect(schedule.segments[2].speed <= 10_000 && schedule.segments[2].speed > 9_900)
        #expect(schedule.time(at: arrival.real - 0.001) <= friday)
        real.advance(by: arrival.real.timeIntervalSince(real.now()) + 0.01)
        try await leapt
    }

    @Test func aTimeThatHasComeIsNotWaitedFor() async throws {
        var clock = try steering()
        try await clock.leap(to: monday - 60)
        #expect(try written().segments.count == 1)
    }

    @Test func aFileThatIsNoScheduleIsRefused() throws {
        try Data("{}".utf8).write(to: file)
        #expect(throws: CommandFailure.self) { try steering() }
    }
}
