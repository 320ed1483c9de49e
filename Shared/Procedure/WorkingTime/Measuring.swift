import Foundation

/// The kinds of time in which a clock can run.
package enum TimeKind: String, Hashable, Sendable, CaseIterable {
    /// Nights and holidays included; measured in seconds.
    case elapsed
    /// Within working hours; measured in seconds.
    case workingTime
    /// Measured in working days that have ended since the day of the start.
    case workingDays
}

extension Allowance {
    /// In which kind of time it counts. What is due the same day counts in working time.
    package var kind: TimeKind {
        switch self {
        case .elapsed: .elapsed
        case .workingTime, .sameDay: .workingTime
        case .workingDays: .workingDays
        }
    }
}

/// Measuring is the reverse of reckoning a due time: from a start to when it is due, the time that has run is what was
/// allowed.
extension WorkingCalendar {
    /// How much time of a kind has run between two instants, pauses taken out; 0 when `end` is not after `start`.
    ///
    /// - Returns: Seconds, to the millisecond; for working days their number.
    package func measure(
        _ kind: TimeKind, from start: Date, to end: Date, pauses: [DateInterval] = []
    ) -> TimeInterval {
        switch kind {
        case .elapsed: elapsedTime(from: start, to: end, pauses: pauses)
        case .workingTime: workingTime(from: start, to: end, pauses: pauses)
        case .workingDays: Double(workingDays(from: start, to: end, pauses: pauses))
        }
    }

    /// Seconds of elapsed time between two instants, pauses taken out.
    package func elapsedTime(from start: Date, to end: Date, pauses: [DateInterval] = []) -> TimeInterval {
        guard start < end else { return 0 }
        let paused = Self.merged(pauses, from: start).filter { $0.start < end }
            .reduce(0) { $0 + min($1.end, end).timeIntervalSince($1.start) }
        return Self.toMillisecond(end.timeIntervalSince(start) - paused)
    }

    /// Seconds of working time between two instants, pauses taken out.
    package func workingTime(from start: Date, to end: Date, pauses: [DateInterval] = []) -> TimeInterval {
        guard start < end else { return 0 }
        let pauses = Self.merged(pauses, from: start)
        var total: TimeInterval = 0
        var day = day(of: start)
        let lastDay = self.day(of: end)
        while day <= lastDay {
            for piece in pieces(of: day, after: start, pauses: pauses) where piece.start < end {
                total += min(piece.end, end).timeIntervalSince(piece.start)
            }
            day = day.next
        }
        return Self.toMillisecond(total)
    }

    /// The working days after the day of the start whose hours have ended; a day that ended in a pause is none.
    package func workingDays(from start: Date, to end: Date, pauses: [DateInterval] = []) -> Int {
        guard start < end else { return 0 }
        let pauses = Self.merged(pauses, from: start)
        var count = 0
        var day = day(of: start).next
        let lastDay = self.day(of: end)
        while day <= lastDay {
            if counts(day, pauses: pauses), day < lastDay || self.end(of: day).map({ $0 <= end }) == true { count += 1 }
            day = day.next
        }
        return count
    }

    private static func toMillisecond(_ seconds: TimeInterval) -> TimeInterval { (seconds * 1000).rounded() / 1000 }
}
