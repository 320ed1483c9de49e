import Foundation
import Messaging
import Runtime

/// Steers the clock of all services by the schedule in their clock file: slowly while people act and messages travel, and
/// fast to a time that everybody waits for.
///
/// A leap is two segments, written before the first of them holds: fast up to exactly the time that is waited for, slow
/// from there on. So nothing overshoots, however late a process looks at the file.
struct ClockSteering {
    /// How the clock runs.
    struct Pace: Hashable, Sendable {
        /// Seconds of the clock in a real second while people act.
        var slow = 60.0
        /// The most while everybody waits.
        var fast = 500_000.0
    }

    /// How long before a change holds it is written, in seconds: processes look at the file within some milliseconds.
    private static let notice = 0.15
    private let file: URL
    private let pace: Pace
    private let real: any TimeSource
    private(set) var schedule: ClockSchedule

    /// Sets the clock going from a time, as services need it when they start.
    static func start(at time: Date, file: URL, real: any TimeSource = ServiceClock.real) throws {
        let segment = ClockSchedule.Segment(real: real.now(), time: time, speed: 1)
        try write(ClockSchedule([segment]), to: file)
    }

    /// Takes over a clock that was set going.
    /// - Throws: `CommandFailure` for a file that is no schedule.
    init(file: URL, pace: Pace, real: any TimeSource = ServiceClock.real) throws {
        guard let data = try? Data(contentsOf: file), let schedule = try? ClockSchedule(json: data) else {
            throw CommandFailure.refused(
                "\(file.path) is no clock file",
                advice: "redress rehearse STORY --clock-file FILE --set-clock writes one.")
        }
        (self.file, self.pace, self.real, self.schedule) = (file, pace, real, schedule)
    }

    /// What the clock says.
    func now() -> Date { Self.rounded(schedule.time(at: real.now())) }

    /// Lets the clock run as slowly as people act.
    mutating func slowDown() throws {
        let change = Self.rounded(real.now().addingTimeInterval(Self.notice))
        try append([segment(change, schedule.time(at: change), pace.slow)])
    }

    /// Lets the clock run fast until it says a time, and returns when it does. A time that has come changes nothing.
    mutating func leap(to time: Date) async throws {
        try hurry(to: time)
        try await real.sleep(until: schedule.real(at: time))
    }

    /// Writes the two segments of a leap.
    mutating func hurry(to time: Date) throws {
        let departure = Self.rounded(real.now().addingTimeInterval(Self.notice))
        let from = schedule.time(at: departure)
        let distance = time.timeIntervalSince(from)
        guard distance > 0 else { return }
        let arrival = Self.rounded(departure.addingTimeInterval(max(0.1, distance / pace.fast)))
        let speed = distance / arrival.timeIntervalSince(departure)
        try append([segment(departure, from, speed), segment(arrival, time, pace.slow)])
    }

    private func segment(_ real: Date, _ time: Date, _ speed: Double) -> ClockSchedule.Segment {
        ClockSchedule.Segment(real: real, time: time, speed: speed)
    }

    private mutating func append(_ segments: [ClockSchedule.Segment]) throws {
        schedule = try ClockSchedule(schedule.segments + segments)
        try Self.write(schedule, to: file)
    }

    private static func write(_ schedule: ClockSchedule, to file: URL) throws {
        do {
            try schedule.json().write(to: file, options: .atomic)
        } catch {
            throw CommandFailure.refused("\(file.path) cannot be written")
        }
    }

    /// To the millisecond, as times are written, and never earlier.
    private static func rounded(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded(.up) / 1000)
    }
}
