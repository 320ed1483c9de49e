import Contracts
import Foundation

/// Reads a calendar from YAML, by itself in `compose/calendars/` or within a pack.
struct WorkingCalendarReader {
    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    let timeZone: TimeZone
    private var years: [Int] = []
    private var holidays: [CalendarDay: LocalizedText] = [:]
    private var makeUpDays: [CalendarDay: LocalizedText] = [:]
    private var hours: [Int: [WorkingHours]] = [:]

    init(timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    mutating func read(_ value: YAMLValue) -> WorkingCalendar? {
        let keys = ["id", "version", "title", "years", "hours", "makeUpHours", "holidays"]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.plainIdentifier()
        let version = mapping.required("version")?.integer(in: 1...1_000_000)
        let title = mapping.required("title")?.localized()
        years = mapping.required("years")?.list { $0.integer(in: 1970...2200) } ?? []
        if let value = mapping.required("hours") { readWeek(value) }
        let makeUpHours = mapping.optional("makeUpHours").flatMap(Self.readHours)
        for holiday in mapping.optional("holidays")?.list({ $0 }) ?? [] { readHoliday(holiday) }
        if !makeUpDays.isEmpty, makeUpHours == nil {
            value.report("'makeUpHours' is missing: days are worked to make up for holidays")
        }
        guard let id, let version, let title else { return nil }
        return WorkingCalendar(
            id: id, version: version, title: title, timeZone: timeZone, years: years, hours: hours, holidays: holidays,
            makeUpDays: makeUpDays, makeUpHours: makeUpHours ?? [])
    }

    private mutating func readWeek(_ value: YAMLValue) {
        guard let week = value.mapping(Self.weekdays) else { return }
        for (index, name) in Self.weekdays.enumerated() {
            if let day = week.optional(name) { hours[index + 1] = Self.readHours(day) }
        }
        if hours.isEmpty { value.report("no day has working hours") }
    }

    private static func readHours(_ value: YAMLValue) -> [WorkingHours]? {
        let hours = value.list { member -> WorkingHours? in
            guard let text = member.scalar("hours such as 09:00-12:00") else { return nil }
            guard let hours = WorkingHours(text) else {
                member.report(
                    "'\(text)' are not hours such as 09:00-12:00, which end after they start, at 24:00 at most")
                return nil
            }
            return hours
        }
        for (earlier, later) in zip(hours ?? [], (hours ?? []).dropFirst()) where later.start < earlier.end {
            value.report("\(later) begins before \(earlier) ends")
        }
        return hours
    }

    private mutating func readHoliday(_ value: YAMLValue) {
        guard let mapping = value.mapping(["name", "days", "worked"]) else { return }
        let name = mapping.required("name")?.localized() ?? LocalizedText(zhHans: "", en: "")
        for member in mapping.required("days")?.oneOrMore({ $0 }) ?? [] {
            for day in readSpan(member) where holidays.updateValue(name, forKey: day) != nil {
                member.report("\(day) is already a holiday")
            }
        }
        for member in mapping.optional("worked")?.oneOrMore({ $0 }) ?? [] {
            for day in readSpan(member) { readMakeUpDay(day, name: name, at: member) }
        }
    }

    private mutating func readMakeUpDay(_ day: CalendarDay, name: LocalizedText, at value: YAMLValue) {
        if holidays[day] != nil { value.report("\(day) is a holiday and cannot be worked") }
        if hours[day.weekday] != nil {
            value.report("\(day) is a \(Self.weekdays[day.weekday - 1]), which is worked anyway")
        }
        if makeUpDays.updateValue(name, forKey: day) != nil { value.report("\(day) is already a make-up day") }
    }

    /// `2026-10-01`, or `2026-10-01..2026-10-07` with both ends.
    private func readSpan(_ value: YAMLValue) -> [CalendarDay] {
        let expected = "a day such as 2026-10-01, or days such as 2026-10-01..2026-10-07"
        guard let text = value.scalar(expected) else { return [] }
        let ends = text.components(separatedBy: "..").map(CalendarDay.init)
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
            value.report("expected \(expected), found '\(text)'")
            return []
        }
        var days = [first]
        while let day = days.last, day < last, days.count < 400 { days.append(day.next) }
        for year in Set(days.map(\.year)) where !years.contains(year) {
            value.report("\(year) is not among the calendar's years")
        }
        return days
    }
}
