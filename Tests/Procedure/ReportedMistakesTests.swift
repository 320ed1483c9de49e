import Contracts
import Foundation
import Testing

@testable import Procedure

/// What users of other systems have reported about their clocks, each as a case that must come out right here.
@Suite("Mistakes that other systems' users reported")
struct ReportedMistakesTests {
    let calendar: WorkingCalendar
    let pack: PolicyPack

    init() throws {
        calendar = try Samples.officeCalendar()
        pack = try Samples.pack()
    }

    private func due(_ start: String, _ allowance: Allowance, _ calendar: WorkingCalendar? = nil) throws -> String {
        let calendar = calendar ?? self.calendar
        return calendar.text(calendar.due(from: try Samples.local(start), within: allowance).dueAt)
    }

    @Test("A lunch break ignored (frappe/helpdesk #2212, chatwoot #14009)")
    func lunchBreak() throws {
        #expect(try due("2026-11-17 11:30", .workingTime(3600)) == "2026-11-17 14:00")
        #expect(try due("2026-11-17 12:30", .workingTime(3600)) == "2026-11-17 14:30")
        let noon = calendar.workingTime(
            from: try Samples.local("2026-11-17 11:00"), to: try Samples.local("2026-11-17 14:30"))
        #expect(noon == 2 * 3600)
    }

    @Test("23:59 loses a minute (zammad #3180)")
    func lastMinuteOfTheDay() throws {
        var around = calendar
        around.hours = Dictionary(
            uniqueKeysWithValues: (1...7).map { ($0, [WorkingHours("00:00-24:00")].compactMap(\.self)) })
        around.holidays = [:]
        around.makeUpDays = [:]
        #expect(try due("2026-11-17 23:58", .workingTime(240), around) == "2026-11-18 00:02")
        #expect(try due("2026-11-17 23:59", .elapsed(60)) == "2026-11-18 00:00")
        let week = around.workingTime(
            from: try Samples.local("2026-11-16 00:00"), to: try Samples.local("2026-11-23 00:00"))
        #expect(week == 7 * 86_400)
    }

    @Test("Reminders at midnight and on weekends (zammad #4432)", arguments: [20, 50, 80])
    func reminders(percent: Int) throws {
        let start = try Samples.local("2026-11-20 17:30")
        for allowance in [Allowance.workingTime(4 * 3600), .workingDays(3), .sameDay] {
            let due = calendar.due(from: start, within: allowance).dueAt
            let warning = calendar.instant(percent: percent, from: start, dueAt: due, within: allowance)
            let hours = calendar.intervals(on: calendar.day(of: warning))
            #expect(hours.contains { $0.start <= warning && warning <= $0.end }, "\(calendar.text(warning))")
        }
    }

    @Test("The update clock overriding the first-response clock (zammad #5177)")
    func independentClocks() throws {
        let heardAt = try Samples.local("2026-11-17 10:00")
        let first = try #require(pack.deadlines(startedBy: Clock.heard, at: heardAt, severity: nil).first)
        let later = try Samples.local("2026-11-17 15:00")
        let started = pack.deadlines(startedBy: "case.assigned", at: later, severity: .general)
        #expect(!started.isEmpty)
        // What starts later is another clock, and the event that starts it stops the first one in no way.
        #expect(!started.map(\.clock).contains(first.clock))
        let clock = try #require(pack.clock(first.clock))
        #expect(!clock.isStopped(by: "case.assigned"))
        #expect(pack.deadline(of: clock, from: heardAt, severity: .major)?.dueAt == first.dueAt)
    }

    @Test("Paused time lost when the clock changes (glpi #6902)")
    func changedClock() throws {
        let start = try Samples.local("2026-11-17 10:00")
        let pause = DateInterval(
            start: try Samples.local("2026-11-18 17:00"), end: try Samples.local("2026-11-19 10:00"))
        let solution = try #require(pack.clock("solution"))
        // It is found to be grave while it waits: the shorter limit gets the same pause back.
        let general = try #require(pack.deadline(of: solution, from: start, severity: .general, pauses: [pause]))
        let major = try #require(pack.deadline(of: solution, from: start, severity: .major, pauses: [pause]))
        #expect(calendar.text(general.dueAt) == "2026-11-23 18:00")
        #expect(calendar.text(major.dueAt) == "2026-11-19 18:00")
    }

    @Test("Wrong unless certain weekdays are set (osTicket #6739)", arguments: 1...127)
    func anyWeekdays(mask: Int) throws {
        var some = calendar
        some.holidays = [:]
        some.makeUpDays = [:]
        some.hours = [:]
        let worked = (1...7).filter { mask & (1 << ($0 - 1)) != 0 }
        for weekday in worked { some.hours[weekday] = [WorkingHours("09:00-17:00")].compactMap(\.self) }
        // From a Monday before work, as many working days as the week has besides Monday, and all of the next week.
        let count = worked.count { $0 > 1 } + worked.count
        let due = some.due(from: try Samples.local("2026-11-16 08:00"), within: .workingDays(count)).dueAt
        let last = try #require(worked.last)
        #expect(some.text(due) == "\(CalendarDay(year: 2026, month: 11, day: 22 + last)) 17:00")
        #expect(some.measure(.workingDays, from: try Samples.local("2026-11-16 08:00"), to: due) == Double(count))
    }

    @Test(
        "A clock that goes on after the end (chatwoot #10178), and a merged ticket that escalates (Znuny #200)",
        arguments: ["complaint.closed", "complaint.withdrawn", "complaint.merged"])
    func endsStopEveryClock(event: String) {
        #expect(!pack.clocks.isEmpty)
        for clock in pack.clocks { #expect(clock.isStopped(by: event), "\(clock.id)") }
    }

    @Test("An elapsed-time clock run on working hours (glpi #15429)")
    func elapsedStaysElapsed() throws {
        #expect(try due("2026-11-20 17:00", .elapsed(36 * 3600)) == "2026-11-22 05:00")
        #expect(try due("2026-09-30 17:00", .elapsed(7 * 86_400)) == "2026-10-07 17:00")
        let warning = calendar.instant(
            percent: 50, from: try Samples.local("2026-11-20 17:00"),
            dueAt: try Samples.local("2026-11-22 05:00"), within: .elapsed(36 * 3600))
        #expect(calendar.text(warning) == "2026-11-21 11:00")
    }
}
