import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("Extensions of clocks")
struct TimeExtensionTests {
    let calendar: WorkingCalendar

    init() throws {
        calendar = try Samples.officeCalendar()
    }

    /// Start, allowance, extensions, due.
    static let extended: [(String, String, [String], String)] = [
        ("2026-11-17 10:00", "3 working days", ["2 working days"], "2026-11-24 18:00"),
        ("2026-09-28 10:00", "2 working days", ["1 working day"], "2026-10-08 18:00"),
        ("2026-11-17 10:00", "4 working hours", ["2 working hours"], "2026-11-17 17:30"),
        ("2026-11-20 16:00", "2 working hours", ["4 working hours"], "2026-11-23 14:30"),
        ("2026-11-20 17:00", "36 hours", ["12 hours"], "2026-11-22 17:00"),
        ("2026-11-20 17:00", "36 hours", ["1 working day"], "2026-11-23 18:00"),
        ("2026-11-17 10:00", "3 working days", ["1 working day", "1 working day"], "2026-11-24 18:00"),
    ]

    @Test("An extension begins where the clock was due", arguments: extended)
    func due(start: String, allowance: String, extensions: [String], expected: String) throws {
        let due = calendar.due(
            from: try Samples.local(start), within: try #require(Allowance(allowance)),
            extendedBy: extensions.compactMap(Allowance.init))
        #expect(calendar.text(due.dueAt) == expected)
        #expect(due.explanation.zhHans.contains("获准延期"))
        #expect(due.explanation.en.contains("extension granted"))
        #expect(due.explanation.zhHans.contains("至 \(expected) 止"))
    }

    @Test("Without an extension the due time is the same")
    func none() throws {
        let start = try Samples.local("2026-11-17 10:00")
        #expect(
            calendar.due(from: start, within: .workingDays(3), extendedBy: [])
                == calendar.due(from: start, within: .workingDays(3)))
    }

    @Test("Time paused during the extension is given back")
    func pausedExtension() throws {
        let start = try Samples.local("2026-11-17 10:00")
        let pause = DateInterval(
            start: try Samples.local("2026-11-19 10:00"), end: try Samples.local("2026-11-20 10:00"))
        let due = calendar.due(from: start, within: .workingDays(1), pauses: [pause], extendedBy: [.workingDays(1)])
        #expect(calendar.text(due.dueAt) == "2026-11-20 18:00")
    }

    @Test("All extensions together stay within the most that is permitted")
    func limit() throws {
        let start = try Samples.local("2026-11-17 10:00")
        func extend(_ granted: [Allowance], and requested: Allowance) throws -> String {
            let due = try calendar.due(
                from: start, within: .workingDays(3), extendedBy: granted, and: requested, atMost: .workingDays(2))
            return calendar.text(due.dueAt)
        }
        #expect(try extend([], and: .workingDays(2)) == "2026-11-24 18:00")
        #expect(try extend([.workingDays(1)], and: .workingDays(1)) == "2026-11-24 18:00")
        // 48 hours after Friday's end are Sunday: less than two working days.
        #expect(try extend([], and: .elapsed(48 * 3600)) == "2026-11-22 18:00")
        let latest = try Samples.local("2026-11-24 18:00")
        #expect(throws: ExtensionRefusal.tooLong(latest: latest)) { try extend([], and: .workingDays(3)) }
        #expect(throws: ExtensionRefusal.tooLong(latest: latest)) {
            try extend([.workingDays(1)], and: .workingDays(2))
        }
        #expect(throws: ExtensionRefusal.noLength) { try extend([], and: .sameDay) }
    }

    @Test("Warnings of an extended clock move with its end")
    func warnings() throws {
        let start = try Samples.local("2026-11-17 10:00")
        let due = calendar.due(from: start, within: .elapsed(3600), extendedBy: [.elapsed(3600)]).dueAt
        let warning = calendar.instant(percent: 50, from: start, dueAt: due, within: .elapsed(3600))
        #expect(calendar.text(warning) == "2026-11-17 11:00")
    }
}
