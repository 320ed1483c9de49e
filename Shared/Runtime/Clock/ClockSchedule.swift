import Contracts
import Foundation

/// How a clock that is steered from outside runs: from each real instant on, at which time it stands and how fast it
/// goes. Rehearsals of a procedure let minutes pass slowly while people act, and weeks quickly while everybody waits.
///
/// All processes that read the same schedule agree on the time at every real instant, as long as a change is written
/// before the instant from which it holds.
struct ClockSchedule: Hashable, Sendable, Codable {
    struct Segment: Hashable, Sendable, Codable {
        /// From when on this holds, by the real clock.
        var real: Date
        /// The time of the clock at that instant.
        var time: Date
        /// Seconds of the clock in a real second; above 0.
        var speed: Double
    }

    /// In the order of their real instants; never empty.
    let segments: [Segment]

    /// - Throws: `ClockScheduleProblem` for a schedule by which the clock would stand still or go back.
    init(_ segments: [Segment]) throws(ClockScheduleProblem) {
        guard !segments.isEmpty else { throw ClockScheduleProblem(explanation: "it has no segment") }
        for segment in segments where !(segment.speed > 0 && segment.speed <= 10_000_000) {
            throw ClockScheduleProblem(explanation: "the speed \(segment.speed) is not above 0, at most 10000000")
        }
        for (earlier, later) in zip(segments, segments.dropFirst()) {
            let reached = Self.time(at: later.real, in: earlier)
            // Times are written to the millisecond.
            guard later.real > earlier.real, later.time >= reached.addingTimeInterval(-0.001 * (1 + earlier.speed))
            else {
                throw ClockScheduleProblem(
                    explanation: "at \(RFC3339.text(later.real)) the clock would go back to \(RFC3339.text(later.time))"
                )
            }
        }
        self.segments = segments
    }

    init(json: Data) throws {
        let file = try ContractJSON.decode([Segment].self, from: json)
        try self.init(file)
    }

    /// What the clock says at a real instant.
    func time(at real: Date) -> Date {
        let current = segments.last { $0.real <= real } ?? segments[0]
        return Self.time(at: max(real, current.real), in: current)
    }

    /// When, by the real clock, the clock will say a time; an instant that has passed when it says so already.
    func real(at time: Date) -> Date {
        let current = segments.last { $0.time <= time } ?? segments[0]
        return current.real.addingTimeInterval(max(0, time.timeIntervalSince(current.time)) / current.speed)
    }

    private static func time(at real: Date, in segment: Segment) -> Date {
        segment.time.addingTimeInterval(real.timeIntervalSince(segment.real) * segment.speed)
    }
}

/// Why a schedule is none.
struct ClockScheduleProblem: Error, Hashable, CustomStringConvertible {
    var explanation: String
    var description: String { "the clock's schedule is not usable: \(explanation)" }
}
