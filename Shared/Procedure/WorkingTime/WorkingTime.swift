import Contracts
import Foundation

/// When a clock must have stopped, and how that was found.
package struct DueTime: Hashable, Sendable {
    package var dueAt: Date
    /// Which days and hours counted, which did not and why, in words.
    package var explanation: LocalizedText

    package init(dueAt: Date, explanation: LocalizedText) {
        self.dueAt = dueAt
        self.explanation = explanation
    }
}

/// Working time (工作时间): pure functions of a calendar.
///
/// - Elapsed time runs through nights and holidays; working time runs within working hours only, lunch breaks excluded.
/// - Working days end with the hours of the Nth working day after the day of the start, which is never counted.
/// - Paused time is given back: elapsed and working time are extended by what of them was paused; a working day that
///   ends while the clock stands still is not counted.
extension WorkingCalendar {
    /// The instant by which a clock that starts at `start` must have stopped.
    ///
    /// - Parameter pauses: When the clock stood still; in any order, overlaps allowed.
    package func due(from start: Date, within allowance: Allowance, pauses: [DateInterval] = []) -> DueTime {
        let pauses = Self.merged(pauses, from: start)
        var account = WorkingTimeAccount()
        let dueAt =
            switch allowance {
            case .elapsed(let seconds): elapsed(Double(seconds), from: start, pauses: pauses)
            case .workingTime(let seconds): working(Double(seconds), from: start, pauses: pauses, account: &account)
            case .workingDays(let days): workingDays(days, from: start, pauses: pauses, account: &account)
            case .sameDay: sameDay(from: start, pauses: pauses, account: &account)
            }
        let paused = pauses.filter { $0.start < dueAt }.reduce(0) { $0 + $1.duration }
        return DueTime(
            dueAt: RFC3339.toMillisecond(dueAt),
            explanation: explanation(allowance, from: start, to: dueAt, paused: paused, account: account))
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
        return total
    }

    /// When `percent` of a clock's time has run: for a warning. Clocks that count working time warn within it, never
    /// at midnight or on a day off.
    package func instant(
        percent: Int, from start: Date, dueAt: Date, within allowance: Allowance, pauses: [DateInterval] = []
    ) -> Date {
        let share = Double(min(max(percent, 0), 100)) / 100
        let merged = Self.merged(pauses, from: start)
        if case .elapsed(let seconds) = allowance {
            return RFC3339.toMillisecond(elapsed(Double(seconds) * share, from: start, pauses: merged))
        }
        let total = workingTime(from: start, to: dueAt, pauses: merged)
        var account = WorkingTimeAccount()
        return RFC3339.toMillisecond(working(total * share, from: start, pauses: merged, account: &account))
    }

    private func elapsed(_ seconds: TimeInterval, from start: Date, pauses: [DateInterval]) -> Date {
        pauses.reduce(start.addingTimeInterval(seconds)) { due, pause in
            pause.start < due ? due.addingTimeInterval(pause.duration) : due
        }
    }

    private func working(
        _ seconds: TimeInterval, from start: Date, pauses: [DateInterval], account: inout WorkingTimeAccount
    ) -> Date {
        var remaining = seconds
        var day = day(of: start)
        let limit = horizon(from: day)
        while day < limit {
            note(day, isCounted: false, in: &account)
            for piece in pieces(of: day, after: start, pauses: pauses) {
                let taken = min(piece.duration, remaining)
                remaining -= taken
                account.pieces.append(DateInterval(start: piece.start, duration: taken))
                if remaining <= 0 { return piece.start.addingTimeInterval(taken) }
            }
            day = day.next
        }
        return start.addingTimeInterval(seconds)
    }

    private func workingDays(
        _ count: Int, from start: Date, pauses: [DateInterval], account: inout WorkingTimeAccount
    ) -> Date {
        var remaining = count
        var day = day(of: start).next
        let limit = horizon(from: day)
        while day < limit {
            if let end = end(of: day) {
                let stands = pauses.contains { $0.start < end && end <= $0.end }
                note(day, isCounted: !stands, in: &account)
                remaining -= stands ? 0 : 1
                if remaining == 0 { return end }
            } else {
                note(day, isCounted: false, in: &account)
            }
            day = day.next
        }
        return start.addingTimeInterval(Double(count) * 86400)
    }

    private func sameDay(from start: Date, pauses: [DateInterval], account: inout WorkingTimeAccount) -> Date {
        var day = day(of: start)
        let limit = horizon(from: day)
        while day < limit {
            if let end = end(of: day), start < end, !pauses.contains(where: { $0.start < end && end <= $0.end }) {
                note(day, isCounted: true, in: &account)
                return end
            }
            note(day, isCounted: false, in: &account)
            day = day.next
        }
        return start
    }

    /// The working intervals of a day after `start`, with the pauses cut out.
    private func pieces(of day: CalendarDay, after start: Date, pauses: [DateInterval]) -> [DateInterval] {
        intervals(on: day).flatMap { interval -> [DateInterval] in
            guard interval.end > start else { return [] }
            var pieces: [DateInterval] = []
            var from = max(interval.start, start)
            for pause in pauses where pause.end > from && pause.start < interval.end {
                if pause.start > from { pieces.append(DateInterval(start: from, end: pause.start)) }
                from = pause.end
            }
            if from < interval.end { pieces.append(DateInterval(start: from, end: interval.end)) }
            return pieces
        }
    }

    /// No clock runs for longer than fifty years; a calendar without any working time must not keep us for ever.
    private func horizon(from day: CalendarDay) -> CalendarDay {
        CalendarDay(year: day.year + 50, month: day.month, day: 1)
    }

    private func note(_ day: CalendarDay, isCounted: Bool, in account: inout WorkingTimeAccount) {
        if !years.contains(day.year) { account.unknownYears.insert(day.year) }
        if let name = makeUpDays[day] { account.makeUpDays.append((day, name)) }
        if isCounted {
            account.days.append(day)
        } else if let name = holidays[day] {
            account.holidays.append((day, name))
        }
    }

    /// Pauses in order, joined where they touch, cut off before `start`.
    private static func merged(_ pauses: [DateInterval], from start: Date) -> [DateInterval] {
        let clipped = pauses.filter { $0.end > start }.map { DateInterval(start: max($0.start, start), end: $0.end) }
        return clipped.sorted { $0.start < $1.start }.reduce(into: []) { merged, pause in
            if let last = merged.last, pause.start <= last.end {
                merged[merged.count - 1] = DateInterval(start: last.start, end: max(last.end, pause.end))
            } else {
                merged.append(pause)
            }
        }
    }
}
