import Foundation
import Procedure

/// China's office hours of 2025 and 2026 reckoned in quite another way, to compare with: every working minute in one
/// table, and due times found by counting in it.
///
/// Shares nothing with what it checks: the days off and the days worked are written down here once more, from the
/// notices of the State Council's General Office; weekdays come from counting days; Beijing time has no summer time, so
/// that minutes are plain numbers since 2025-01-01 00:00 there.
struct MinuteTable {
    /// 2025-01-01 00:00 in Beijing, in seconds since 1970.
    private static let epoch = 1_735_660_800
    private static let monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// First day off, last day off, as month * 100 + day; for 2025 and 2026.
    private static let daysOff = [
        [(101, 101), (128, 131), (201, 204), (404, 406), (501, 505), (531, 531), (601, 602), (1001, 1008)],
        [(101, 103), (215, 223), (404, 406), (501, 505), (619, 621), (925, 927), (1001, 1007)],
    ]
    private static let daysWorked = [
        [126, 208, 427, 928, 1011], [104, 214, 228, 509, 920, 1010],
    ]

    /// Each working minute, ascending.
    let minutes: [Int]
    /// The minute at which each working day ends, ascending.
    let dayEnds: [Int]
    /// For each working day its place among all days.
    let days: [Int]

    init() {
        var minutes: [Int] = []
        var dayEnds: [Int] = []
        var days: [Int] = []
        var place = 0
        for year in 0...1 {
            for (month, length) in Self.monthLengths.enumerated() {
                for day in 1...length {
                    if Self.isWorked(year, (month + 1) * 100 + day, place) {
                        minutes += (540..<720).map { place * 1440 + $0 } + (810..<1080).map { place * 1440 + $0 }
                        dayEnds.append(place * 1440 + 1080)
                        days.append(place)
                    }
                    place += 1
                }
            }
        }
        (self.minutes, self.dayEnds, self.days) = (minutes, dayEnds, days)
    }

    /// 2025-01-01 was a Wednesday: the fourth and fifth day from it are the weekend.
    private static func isWorked(_ year: Int, _ day: Int, _ place: Int) -> Bool {
        if daysWorked[year].contains(day) { return true }
        if daysOff[year].contains(where: { $0.0 <= day && day <= $0.1 }) { return false }
        return ![3, 4].contains(place % 7)
    }

    static func date(_ minute: Int) -> Date { Date(timeIntervalSince1970: Double(epoch + minute * 60)) }

    /// How many minutes of two years there are.
    static let count = 730 * 1440

    /// When a clock is due; nil when that is after 2026. Pauses must be in order and apart from each other.
    func due(from start: Int, within allowance: Allowance, pauses: [Range<Int>] = []) -> Int? {
        switch allowance {
        case .elapsed(let seconds):
            return smallest { minute in minute - start - paused(start, minute, pauses) { $1 - $0 } >= seconds / 60 }
        case .workingTime(let seconds):
            return smallest { minute in
                worked(start, minute) - paused(start, minute, pauses, worked) >= seconds / 60
            }
        case .workingDays(let count):
            let ends = dayEnds.suffix(from: Self.index(of: start / 1440 + 1, in: days))
            let counted = pauses.isEmpty ? ends : ends.filter { !endsWithin(pauses, $0, start) }[...]
            return counted.dropFirst(count - 1).first
        case .sameDay:
            return dayEnds.first { $0 > start && !endsWithin(pauses, $0, start) }
        }
    }

    private func endsWithin(_ pauses: [Range<Int>], _ end: Int, _ start: Int) -> Bool {
        pauses.contains { max($0.lowerBound, start) < end && end <= $0.upperBound }
    }

    /// Working minutes between two minutes.
    func worked(_ from: Int, _ to: Int) -> Int {
        max(0, Self.index(of: to, in: minutes) - Self.index(of: from, in: minutes))
    }

    private func paused(
        _ start: Int, _ minute: Int, _ pauses: [Range<Int>], _ length: (Int, Int) -> Int
    ) -> Int {
        pauses.reduce(0) { sum, pause in
            let (from, to) = (max(pause.lowerBound, start), min(pause.upperBound, minute))
            return from < to ? sum + length(from, to) : sum
        }
    }

    /// How many of ascending numbers come before one.
    private static func index(of number: Int, in numbers: [Int]) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first minute at which something holds that holds ever after.
    private func smallest(_ holds: (Int) -> Bool) -> Int? {
        var (low, high) = (0, Self.count)
        guard holds(high) else { return nil }
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
