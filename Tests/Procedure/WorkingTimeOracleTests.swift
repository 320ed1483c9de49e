import Contracts
import Foundation
import Testing

@testable import Procedure

/// The same questions to the calendar and to a table of every working minute of 2025 and 2026.
@Suite("Working time, against a table of minutes")
struct WorkingTimeOracleTests {
    private static let table = MinuteTable()
    let calendar: WorkingCalendar

    init() throws {
        calendar = try Samples.officeCalendar()
    }

    @Test("100,000 random clocks of all kinds are due at the same minute", arguments: 0..<4)
    func randomClocks(quarter: Int) {
        var random = SeededGenerator(seed: 2025 + UInt64(quarter))
        var compared = 0
        while compared < 25_000 {
            let start = Int.random(in: 0..<MinuteTable.count, using: &random)
            let allowance = Self.allowance(&random)
            guard let expected = Self.table.due(from: start, within: allowance) else { continue }
            let due = calendar.due(from: MinuteTable.date(start), within: allowance).dueAt
            compared += 1
            guard due == MinuteTable.date(expected) else {
                Issue.record("\(calendar.text(MinuteTable.date(start))) + \(allowance): \(calendar.text(due))")
                return
            }
        }
    }

    @Test("Clocks that stood still up to four times are due at the same minute")
    func randomPauses() {
        var random = SeededGenerator(seed: 33)
        var compared = 0
        while compared < 10_000 {
            let start = Int.random(in: 0..<MinuteTable.count, using: &random)
            let allowance = Self.allowance(&random)
            let pauses = Self.pauses(around: start, &random)
            guard let expected = Self.table.due(from: start, within: allowance, pauses: pauses) else { continue }
            let intervals = pauses.map {
                DateInterval(start: MinuteTable.date($0.lowerBound), end: MinuteTable.date($0.upperBound))
            }
            let due = calendar.due(
                from: MinuteTable.date(start), within: allowance, pauses: intervals.shuffled(using: &random)
            ).dueAt
            compared += 1
            guard due == MinuteTable.date(expected) else {
                Issue.record("\(calendar.text(MinuteTable.date(start))) + \(allowance), \(intervals)")
                return
            }
        }
    }

    @Test("From every day of two years, 1 to 60 working days end on the same day")
    func everyDay() {
        for day in 0..<730 {
            let start = day * 1440 + (day * 611) % 1440
            let count = day % 60 + 1
            guard let expected = Self.table.due(from: start, within: .workingDays(count)) else { continue }
            let due = calendar.due(from: MinuteTable.date(start), within: .workingDays(count)).dueAt
            #expect(due == MinuteTable.date(expected), "\(calendar.text(MinuteTable.date(start))) + \(count)")
        }
    }

    @Test("The working time between two instants is the number of minutes between them in the table")
    func measuring() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let from = Int.random(in: 0..<MinuteTable.count, using: &random)
            let to = min(MinuteTable.count, from + Int.random(in: 0..<60 * 1440, using: &random))
            let measured = calendar.workingTime(from: MinuteTable.date(from), to: MinuteTable.date(to))
            #expect(measured == Double(Self.table.worked(from, to) * 60))
        }
    }

    @Test("A year of 365 days has 104 days of weekends and 13 of holidays, whichever days are exchanged")
    func workedDays() {
        #expect(Self.table.days.count { $0 < 365 } == 248)
        #expect(Self.table.days.count { $0 >= 365 } == 248)
        for day in 0..<730 {
            let isWorked = calendar.isWorked(calendar.day(of: MinuteTable.date(day * 1440)))
            #expect(isWorked == Self.table.days.contains(day), "day \(day)")
        }
    }

    private static func allowance(_ random: inout SeededGenerator) -> Allowance {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .elapsed(Int.random(in: 1...86_400, using: &random) * 60)
        case 1: .sameDay
        case 2: .workingTime(Int.random(in: 1...60 * 450, using: &random) * 60)
        case 3: .workingTime(Int.random(in: 1...900, using: &random) * 60)
        default: .workingDays(Int.random(in: 1...60, using: &random))
        }
    }

    /// Up to four, in order and apart.
    private static func pauses(around start: Int, _ random: inout SeededGenerator) -> [Range<Int>] {
        var from = start - 1000
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in
            from += Int.random(in: 1...3000, using: &random)
            let pause = from..<(from + Int.random(in: 1...4000, using: &random))
            from = pause.upperBound
            return pause
        }
    }
}
