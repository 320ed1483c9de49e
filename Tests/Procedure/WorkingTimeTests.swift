import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("Working time")
struct WorkingTimeTests {
    let calendar: WorkingCalendar

    init() throws {
        calendar = try Samples.officeCalendar()
    }

    /// Start, allowance, due; local times in Shanghai.
    static let dueTimes: [(String, String, String)] = [
        // Elapsed hours run through lunch, nights and holidays.
        ("2026-11-20 17:00", "36 hours", "2026-11-22 05:00"),
        ("2026-09-30 17:30", "2 hours", "2026-09-30 19:30"),
        ("2026-11-20 23:59", "1 minute", "2026-11-21 00:00"),
        // Working hours leave out lunch, nights and the weekend.
        ("2026-11-17 11:00", "2 working hours", "2026-11-17 14:30"),
        ("2026-11-17 12:15", "1 working hour", "2026-11-17 14:30"),
        ("2026-11-17 09:00", "3 working hours", "2026-11-17 12:00"),
        ("2026-11-20 16:00", "4 working hours", "2026-11-23 11:00"),
        ("2026-11-21 10:00", "30 working minutes", "2026-11-23 09:30"),
        // From before National Day into the make-up Saturday after it.
        ("2026-09-30 17:00", "4 working hours", "2026-10-08 12:00"),
        ("2026-10-09 17:00", "4 working hours", "2026-10-10 12:00"),
        // Working days: the day of the start never counts.
        ("2026-11-17 08:00", "1 working day", "2026-11-18 18:00"),
        ("2026-11-17 23:30", "1 working day", "2026-11-18 18:00"),
        ("2026-11-20 10:00", "3 working days", "2026-11-25 18:00"),
        ("2026-11-21 10:00", "1 working day", "2026-11-23 18:00"),
        ("2026-09-30 10:00", "3 working days", "2026-10-10 18:00"),
        ("2026-02-13 10:00", "2 working days", "2026-02-24 18:00"),
        ("2025-09-30 10:00", "2 working days", "2025-10-10 18:00"),
        ("2025-12-31 10:00", "1 working day", "2026-01-04 18:00"),
        // The same day, or the next working one when it starts after hours.
        ("2026-11-17 08:00", "same day", "2026-11-17 18:00"),
        ("2026-11-17 12:30", "same day", "2026-11-17 18:00"),
        ("2026-11-17 18:00", "same day", "2026-11-18 18:00"),
        ("2026-11-20 18:01", "same day", "2026-11-23 18:00"),
        ("2026-10-01 10:00", "same day", "2026-10-08 18:00"),
    ]

    @Test("is due when the calendar says so", arguments: dueTimes)
    func due(start: String, allowance: String, expected: String) throws {
        let allowance = try #require(Allowance(allowance))
        let due = calendar.due(from: try Samples.local(start), within: allowance)
        #expect(calendar.text(due.dueAt) == expected)
        #expect(due.explanation.zhHans.contains("至 \(expected) 止"))
        #expect(due.explanation.en.contains("ends \(expected)"))
    }

    @Test("Every weekday can start a clock", arguments: 16...22)
    func weekdays(day: Int) throws {
        let due = calendar.due(from: try Samples.local("2026-11-\(day) 10:00"), within: .workingDays(5))
        // Monday to Friday end on the same weekday a week later; the weekend on the next Friday.
        #expect(calendar.day(of: due.dueAt) == CalendarDay(year: 2026, month: 11, day: day < 21 ? day + 7 : 27))
    }

    @Test("A shift until 24:00 loses no minute")
    func lastMinute() throws {
        var around = calendar
        around.hours = Dictionary(
            uniqueKeysWithValues: (1...7).map { ($0, [WorkingHours("00:00-24:00")].compactMap(\.self)) })
        around.holidays = [:]
        let due = around.due(from: try Samples.local("2026-11-17 12:00"), within: .workingTime(24 * 3600))
        #expect(around.text(due.dueAt) == "2026-11-18 12:00")
        let day = around.workingTime(
            from: try Samples.local("2026-11-17 00:00"), to: try Samples.local("2026-11-18 00:00"))
        #expect(day == 86400)
    }

    @Test("Time paused while the customer is asked is given back, in the clock's own kind of time")
    func pauses() throws {
        let start = try Samples.local("2026-11-17 10:00")
        let lunch = DateInterval(
            start: try Samples.local("2026-11-17 11:00"), end: try Samples.local("2026-11-17 14:00"))
        #expect(
            calendar.text(calendar.due(from: start, within: .elapsed(7200), pauses: [lunch]).dueAt)
                == "2026-11-17 15:00")
        // Of the three hours only 1.5 were working time: 11:00–12:00 and 13:30–14:00.
        #expect(
            calendar.text(calendar.due(from: start, within: .workingTime(7200), pauses: [lunch]).dueAt)
                == "2026-11-17 15:00")
        // The pause is over before the day ends: the day counts.
        #expect(
            calendar.text(calendar.due(from: start, within: .workingDays(1), pauses: [lunch]).dueAt)
                == "2026-11-18 18:00")
        let night = DateInterval(
            start: try Samples.local("2026-11-18 17:00"), end: try Samples.local("2026-11-19 10:00"))
        let due = calendar.due(from: start, within: .workingDays(1), pauses: [night])
        #expect(calendar.text(due.dueAt) == "2026-11-19 18:00")
        #expect(due.explanation.zhHans.contains("暂停 17 小时"))
    }

    @Test("Overlapping pauses are counted once, and pauses before the start or after the end not at all")
    func overlappingPauses() throws {
        let start = try Samples.local("2026-11-17 10:00")
        func pause(_ from: String, _ to: String) throws -> DateInterval {
            DateInterval(start: try Samples.local(from), end: try Samples.local(to))
        }
        let pauses = [
            try pause("2026-11-17 10:30", "2026-11-17 11:00"), try pause("2026-11-17 10:15", "2026-11-17 10:45"),
            try pause("2026-11-17 08:00", "2026-11-17 09:00"), try pause("2026-11-18 08:00", "2026-11-18 09:00"),
        ]
        let due = calendar.due(from: start, within: .elapsed(3600), pauses: pauses)
        #expect(calendar.text(due.dueAt) == "2026-11-17 11:45")
    }

    @Test("Warnings of working clocks fall within working hours, of elapsed clocks where they fall")
    func warnings() throws {
        let start = try Samples.local("2026-11-20 16:00")
        func warning(_ allowance: Allowance, _ percent: Int) -> String {
            let due = calendar.due(from: start, within: allowance).dueAt
            return calendar.text(calendar.instant(percent: percent, from: start, dueAt: due, within: allowance))
        }
        #expect(warning(.workingTime(4 * 3600), 50) == "2026-11-20 18:00")
        #expect(warning(.workingTime(4 * 3600), 80) == "2026-11-23 10:12")
        #expect(warning(.workingDays(1), 50) == "2026-11-23 11:45")
        #expect(warning(.elapsed(4 * 3600), 50) == "2026-11-20 18:00")
        #expect(warning(.elapsed(20 * 3600), 50) == "2026-11-21 02:00")
    }

    @Test("Summer time is the zone's business", arguments: [("2026-03-07 12:00", "2026-03-09 09:00")])
    func summerTime(start: String, expected: String) throws {
        var newYork = calendar
        newYork.timeZone = try #require(TimeZone(identifier: "America/New_York"))
        newYork.hours[7] = [WorkingHours("00:00-06:00")].compactMap(\.self)
        newYork.holidays = [:]
        // On 8 March 2026 the clock jumps from 02:00 to 03:00: six hours by the wall are five.
        let sunday = newYork.intervals(on: CalendarDay(year: 2026, month: 3, day: 8))
        #expect(sunday.map(\.duration) == [5 * 3600])
        let due = newYork.due(
            from: try Samples.local(start, zone: newYork.timeZone), within: .workingTime(5 * 3600 + 1))
        #expect(newYork.text(due.dueAt) == expected)
    }

    @Test("The explanation names the holiday that was left out and the make-up day that was worked")
    func explanation() throws {
        let due = calendar.due(from: try Samples.local("2026-09-30 10:00"), within: .workingDays(3))
        #expect(due.explanation.zhHans.contains("国庆节 2026-10-01–2026-10-07 不计"))
        #expect(due.explanation.zhHans.contains("2026-10-10 为国庆节调休上班"))
        #expect(due.explanation.en.contains("3 working days from 2026-09-30 10:00, that day not counted"))
        #expect(due.explanation.en.contains("cn-office@"))
    }

    @Test("A year whose holidays are unknown says so")
    func unknownYear() throws {
        let due = calendar.due(from: try Samples.local("2031-03-03 10:00"), within: .workingDays(1))
        #expect(due.explanation.en.contains("does not know the holidays of 2031"))
    }

    @Test("Days know their weekday and their successor")
    func days() throws {
        #expect(CalendarDay("2026-02-29") == nil)
        #expect(CalendarDay("2026-2-3") == nil)
        let leapDay = try #require(CalendarDay("2028-02-28")).next
        #expect(leapDay.description == "2028-02-29")
        #expect(leapDay.weekday == 2)
        #expect(try #require(CalendarDay("2025-12-31")).next.description == "2026-01-01")
        #expect(try #require(CalendarDay("2026-01-01")).weekday == 4)
    }

    @Test(
        "Allowances that mean nothing do not read",
        arguments: ["", "3", "0 hours", "-1 days", "two hours", "3 weeks", "same"])
    func unreadableAllowances(text: String) {
        #expect(Allowance(text) == nil)
    }
}
