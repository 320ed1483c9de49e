import Contracts
import Foundation
import Testing

@testable import Procedure

/// What holds for every clock, tried on random ones: to the millisecond, on calendars that nobody has.
@Suite("Working time: what always holds")
struct WorkingTimePropertyTests {
    /// A clock on a calendar.
    struct Sample {
        var calendar: WorkingCalendar
        var start: Date
        var allowance: Allowance
        var pauses: [DateInterval]

        var due: Date { calendar.due(from: start, within: allowance, pauses: pauses).dueAt }

        /// True from the beginning to the end of a working interval, which may be midnight.
        func isWithinWorkingTime(_ instant: Date) -> Bool {
            [instant, instant.addingTimeInterval(-0.001)].contains { moment in
                calendar.intervals(on: calendar.day(of: moment)).contains { $0.start <= instant && instant <= $0.end }
            }
        }

        /// Seconds, or a number of working days.
        var length: Double {
            switch allowance {
            case .elapsed(let seconds), .workingTime(let seconds): Double(seconds)
            case .workingDays(let days): Double(days)
            case .sameDay: 0
            }
        }
    }

    private let office: WorkingCalendar

    init() throws {
        office = try Samples.officeCalendar()
    }

    @Test("Adding and then measuring gives back the duration", arguments: 1...4 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) {
        check(seed) { sample, _ in
            if sample.allowance == .sameDay { return true }
            let measured = sample.calendar.measure(
                sample.allowance.kind, from: sample.start, to: sample.due, pauses: sample.pauses)
            return measured == sample.length
        }
    }

    @Test("What starts later is due no earlier", arguments: 5...8 as ClosedRange<UInt64>)
    func monotoneInStart(seed: UInt64) {
        check(seed) { sample, random in
            var later = sample
            later.start += Double(Int.random(in: 0...400_000_000, using: &random)) / 1000
            return sample.due <= later.due
        }
    }

    @Test("What may take longer is due no earlier", arguments: 9...12 as ClosedRange<UInt64>)
    func monotoneInDuration(seed: UInt64) {
        check(seed) { sample, random in
            let more = Int.random(in: 1...50, using: &random)
            var longer = sample
            switch sample.allowance {
            case .elapsed(let seconds): longer.allowance = .elapsed(seconds + more * 60)
            case .workingTime(let seconds): longer.allowance = .workingTime(seconds + more * 60)
            case .workingDays(let days): longer.allowance = .workingDays(days + more)
            case .sameDay: return true
            }
            return sample.due <= longer.due
        }
    }

    @Test(
        "No clock ends outside working time, except one of elapsed time",
        arguments: 13...16 as ClosedRange<UInt64>)
    func endsWithinWorkingTime(seed: UInt64) {
        check(seed) { sample, _ in
            sample.allowance.kind == .elapsed || sample.isWithinWorkingTime(sample.due)
        }
    }

    @Test("No clock ends while it stands still", arguments: 17...20 as ClosedRange<UInt64>)
    func neverEndsInAPause(seed: UInt64) {
        check(seed) { sample, _ in
            let due = sample.due
            return !sample.pauses.contains { max($0.start, sample.start) < due && due < $0.end }
        }
    }

    @Test("A pause split in two changes nothing, and neither does the order", arguments: 21...24 as ClosedRange<UInt64>)
    func splitPauses(seed: UInt64) {
        check(seed) { sample, random in
            var split = sample
            split.pauses = sample.pauses.flatMap { pause -> [DateInterval] in
                let length = Int((pause.duration * 1000).rounded())
                let middle = pause.start + Double(Int.random(in: 0...length, using: &random)) / 1000
                return [DateInterval(start: pause.start, end: middle), DateInterval(start: middle, end: pause.end)]
            }.shuffled(using: &random)
            return sample.due == split.due
                && sample.calendar.due(from: sample.start, within: sample.allowance, pauses: sample.pauses)
                    == split.calendar.due(from: split.start, within: split.allowance, pauses: split.pauses)
        }
    }

    @Test("A pause never makes a clock due earlier", arguments: 25...28 as ClosedRange<UInt64>)
    func pausesGiveTime(seed: UInt64) {
        check(seed) { sample, _ in
            var straight = sample
            straight.pauses = []
            return straight.due <= sample.due
        }
    }

    @Test("Warnings come in order, after the start and before the end, and never off work", arguments: [29, 30])
    func warnings(seed: UInt64) {
        check(seed) { sample, _ in
            let due = sample.due
            let warnings = [20, 50, 80].map {
                sample.calendar.instant(
                    percent: $0, from: sample.start, dueAt: due, within: sample.allowance, pauses: sample.pauses)
            }
            let isOrdered = warnings == warnings.sorted() && warnings.allSatisfy { sample.start <= $0 && $0 <= due }
            return isOrdered && (sample.allowance.kind == .elapsed || warnings.allSatisfy(sample.isWithinWorkingTime))
        }
    }

    /// Tries a property on 500 samples; the first that breaks it is shown.
    private func check(_ seed: UInt64, _ holds: (Sample, inout SeededGenerator) -> Bool) {
        var random = SeededGenerator(seed: seed)
        for index in 0..<500 {
            let sample = sample(&random)
            guard holds(sample, &random) else {
                Issue.record(
                    """
                    sample \(index) of seed \(seed): \(RFC3339.text(sample.start)) + \(sample.allowance), \
                    pauses \(sample.pauses), due \(RFC3339.text(sample.due)), hours \(sample.calendar.hours)
                    """)
                return
            }
        }
    }

    private func sample(_ random: inout SeededGenerator) -> Sample {
        let calendar = calendar(&random)
        // 2025-01-01 to the end of 2026, to the millisecond.
        let start = Date(
            timeIntervalSince1970: 1_735_660_800 + Double(Int.random(in: 0..<63_000_000_000, using: &random)) / 1000)
        let allowance: Allowance =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .elapsed(Int.random(in: 1...20_000, using: &random) * 60)
            case 1: .workingTime(Int.random(in: 1...5000, using: &random) * 60)
            case 2: .workingDays(Int.random(in: 1...20, using: &random))
            default: .sameDay
            }
        let pauses = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            DateInterval(
                start: start + Double(Int.random(in: -50_000_000...500_000_000, using: &random)) / 1000,
                duration: Double(Int.random(in: 0...200_000_000, using: &random)) / 1000)
        }
        return Sample(calendar: calendar, start: start, allowance: allowance, pauses: pauses)
    }

    /// The office's calendar, or one with random weekdays and hours in a zone with summer time.
    private func calendar(_ random: inout SeededGenerator) -> WorkingCalendar {
        guard Bool.random(using: &random) else { return office }
        let zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
        var calendar = office
        calendar.timeZone = zones.randomElement(using: &random).flatMap(TimeZone.init(identifier:)) ?? office.timeZone
        calendar.hours = [:]
        let shifts = ["00:00-24:00", "09:00-12:00", "13:30-18:00", "22:00-24:00", "00:00-00:30", "01:15-02:45"]
        while calendar.hours.isEmpty {
            for weekday in 1...7 where Bool.random(using: &random) {
                let chosen = shifts.filter { _ in Bool.random(using: &random) }.compactMap(WorkingHours.init)
                calendar.hours[weekday] = Self.apart(chosen)
            }
            calendar.hours = calendar.hours.filter { !$0.value.isEmpty }
        }
        return calendar
    }

    private static func apart(_ hours: [WorkingHours]) -> [WorkingHours] {
        hours.sorted { $0.start < $1.start }.reduce(into: []) { kept, next in
            if kept.last.map({ $0.end <= next.start }) ?? true { kept.append(next) }
        }
    }
}
