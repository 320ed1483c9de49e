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

    /// The day on which an instant falls in the calendar's time zone.
    package func day(of date: Date) -> CalendarDay {
        let parts = gregorian.dateComponents([.year, .month, .day], from: date)
        return CalendarDay(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    }

    /// The working intervals of a day as instants.
    func intervals(on day: CalendarDay) -> [DateInterval] {
        hours(on: day).compactMap { hours in
            guard let start = instant(day, minutes: hours.start), let end = instant(day, minutes: hours.end),
                start < end
            else { return nil }
            return DateInterval(start: start, end: end)
        }
    }

    /// When the working hours of a day end; nil on a day off.
    func end(of day: CalendarDay) -> Date? { intervals(on: day).last?.end }

    /// An instant as `2026-10-01 18:00` in the calendar's time zone.
    func text(_ date: Date) -> String {
        let parts = gregorian.dateComponents([.hour, .minute], from: date)
        return "\(day(of: date)) " + String(format: "%02d:%02d", parts.hour ?? 0, parts.minute ?? 0)
    }

    /// 24:00 is the next day's midnight, so that no minute is lost and summer time is the zone's business.
    private func instant(_ day: CalendarDay, minutes: Int) -> Date? {
        let onNextDay = minutes == 1440
        let day = onNextDay ? day.next : day
        let minutes = onNextDay ? 0 : minutes
        return gregorian.date(
            from: DateComponents(
                year: day.year, month: day.month, day: day.day, hour: minutes / 60, minute: minutes % 60))
    }

    private var gregorian: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}
