import Contracts
import Foundation

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

    /// When `percent` of a clock's time has run: for a warning. Clocks that count working time warn within it, never
    /// at midnight or on a day off.
    ///
    /// - Parameter dueAt: The clock's due time, with pauses and extensions.
    package func instant(
        percent: Int, from start: Date, dueAt: Date, within allowance: Allowance, pauses: [DateInterval] = []
    ) -> Date {
        let share = Double(min(max(percent, 0), 100)) / 100
        let merged = Self.merged(pauses, from: start)
        if allowance.kind == .elapsed {
            let total = elapsedTime(from: start, to: dueAt, pauses: merged)
            return RFC3339.toMillisecond(elapsed(total * share, from: start, pauses: merged))
        }
        let total = workingTime(from: start, to: dueAt, pauses: merged)
        var account = WorkingTimeAccount()
        return RFC3339.toMillisecond(working(total * share, from: start, pauses: merged, account: &account))
    }

    private func elapsed(_ seconds: TimeInterval, from start: Date, pauses: [DateInterval]) -> Date {
        pauses.reduce(start.addingTimeInterval(seconds)) { due, pause in
            pause.start < due.addingTimeInterval(-Self.precision) ? due.addingTimeInterval(pause.duration) : due
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
                if remaining < Self.precision { return piece.start.addingTimeInterval(taken) }
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
            let counts = counts(day, pauses: pauses)
            note(day, isCounted: counts, in: &account)
            remaining -= counts ? 1 : 0
            if remaining == 0, let end = end(of: day) { return end }
            day = day.next
        }
        return start.addingTimeInterval(Double(count) * 86400)
    }

    private func sameDay(from start: Date, pauses: [DateInterval], account: inout WorkingTimeAccount) -> Date {
        var day = day(of: start)
        let limit = horizon(from: day)
        while day < limit {
            if let end = end(of: day), start < end, counts(day, pauses: pauses) {
                note(day, isCounted: true, in: &account)
                return end
            }
            note(day, isCounted: false, in: &account)
            day = day.next
        }
        return start
    }

    /// True for a working day whose hours do not end while the clock stands still.
    func counts(_ day: CalendarDay, pauses: [DateInterval]) -> Bool {
        guard !pauses.isEmpty else { return isWorked(day) }
        guard let end = end(of: day) else { return false }
        return !pauses.contains { $0.start < end && end <= $0.end }
    }

    /// The working intervals of a day after `start`, with the pauses cut out.
    func pieces(of day: CalendarDay, after start: Date, pauses: [DateInterval]) -> [DateInterval] {
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

    /// Binary fractions of seconds add up to a little more or less; a millisecond is the product's precision.
    static var precision: TimeInterval { 0.0005 }

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
}
