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
        let change = try #require(try written().segments.last)
        #expect(abs(change.real.timeIntervalSince(real.now()) - 0.15) < 0.002)
        #expect(clock.now() == monday + 5)
        real.advance(by: 1.15)
        #expect(abs(clock.now().timeIntervalSince(monday) - 65.15) < 0.01)
    }

    @Test("A leap ends exactly at the time that is waited for, and slowly goes on from there")
    func leap() throws {
        var clock = try steering()
        try clock.slowDown()
        real.advance(by: 1)
        let friday = monday + 4 * 86_400
        try clock.hurry(to: friday)
        let schedule = try written()
        try #require(schedule.segments.count == 4)
        let (departure, arrival) = (schedule.segments[2], schedule.segments[3])
        #expect(arrival.time == friday && arrival.speed == 60)
        #expect(departure.speed <= 10_000 && departure.speed > 9_900)
        #expect(schedule.time(at: arrival.real - 0.01) < friday)
        #expect(departure.real > real.now() + 0.1)
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
