import Contracts
import Foundation

/// When people work: weekly hours with several intervals a day, public holidays, and make-up working days (调休).
/// A value without a clock: every question is answered from its arguments alone.
package struct WorkingCalendar: Sendable, Hashable {
    package var id: String
    package var version: Int
    package var title: LocalizedText
    package var timeZone: TimeZone
    /// The years whose holidays are known; in others only the weekly hours speak.
    package var years: [Int]
    /// By weekday, 1 for Monday to 7 for Sunday; in order, without overlaps.
    package var hours: [Int: [WorkingHours]]
    /// Days off, with the holiday's name.
    package var holidays: [CalendarDay: LocalizedText]
    /// Days worked to make up for a holiday, with that holiday's name.
    package var makeUpDays: [CalendarDay: LocalizedText]
    /// The hours of a make-up day.
    package var makeUpHours: [WorkingHours]

    package init(
        id: String, version: Int, title: LocalizedText, timeZone: TimeZone, years: [Int], hours: [Int: [WorkingHours]],
        holidays: [CalendarDay: LocalizedText] = [:], makeUpDays: [CalendarDay: LocalizedText] = [:],
        makeUpHours: [WorkingHours] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.timeZone = timeZone
        self.years = years
        self.hours = hours
        self.holidays = holidays
        self.makeUpDays = makeUpDays
        self.makeUpHours = makeUpHours
    }

    /// The hours worked on a day; none on a day off. A make-up day is worked whatever weekday it is.
    package func hours(on day: CalendarDay) -> [WorkingHours] {
        if makeUpDays[day] != nil { return makeUpHours }
        if holidays[day] != nil { return [] }
        return hours[day.weekday] ?? []
    }

    /// True when somebody works on the day.
    package func isWorked(_ day: CalendarDay) -> Bool { !hours(on: day).isEmpty }

    /// The day on which an instant falls in the calendar's time zone.
    package func day(of date: Date) -> CalendarDay { CalendarDay(ordinal: Int((wall(date) / 86_400).rounded(.down))) }

    /// The working intervals of a day as instants.
    func intervals(on day: CalendarDay) -> [DateInterval] {
        hours(on: day).compactMap { hours in
            let (start, end) = (instant(day, minutes: hours.start), instant(day, minutes: hours.end))
            return start < end ? DateInterval(start: start, end: end) : nil
        }
    }

    /// When the working hours of a day end; nil on a day off.
    func end(of day: CalendarDay) -> Date? {
        hours(on: day).last.map { instant(day, minutes: $0.end) }
    }

    /// An instant as `2026-10-01 18:00` in the calendar's time zone.
    package func text(_ date: Date) -> String {
        let minutes = Int((wall(date) / 60).rounded(.down))
        let minuteOfDay = minutes - day(of: date).ordinal * 1440
        return "\(day(of: date)) " + String(format: "%02d:%02d", minuteOfDay / 60, minuteOfDay % 60)
    }

    /// What the clock on the wall shows, as seconds since 1970 by that clock.
    private func wall(_ date: Date) -> TimeInterval {
        date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))
    }

    /// When the clock on the wall shows a minute of a day; 1440 is the next day's midnight, so that no minute is lost.
    ///
    /// A minute that comes twice, when summer time ends, is its first; one that does not come is as much later.
    private func instant(_ day: CalendarDay, minutes: Int) -> Date {
        let wall = Double(day.ordinal * 86_400 + minutes * 60)
        func offset(_ seconds: TimeInterval) -> Double {
            Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)))
        }
        // Whatever the zone does on this day, the offsets of the days around it are those before and after.
        let (before, after) = (wall - offset(wall - 86_400), wall - offset(wall + 86_400))
        let isAfter = before != after && before + offset(before) != wall && after + offset(after) == wall
        return Date(timeIntervalSince1970: isAfter ? after : before)
    }
}
