import Contracts
import Foundation

/// How long a clock may run.
package enum Allowance: Hashable, Sendable {
    /// Elapsed time, nights and holidays included, in seconds.
    case elapsed(Int)
    /// Time within working hours, in seconds.
    case workingTime(Int)
    /// Until the end of the Nth working day after the day of the start, which is never counted.
    case workingDays(Int)
    /// Until the end of that day's working hours, or of the next working day's when it starts after them.
    case sameDay

    /// Reads `30 minutes`, `2 hours`, `7 days` (elapsed, of 24 hours), `30 working minutes`, `4 working hours`,
    /// `3 working days`, `same day`. Fails for anything else, and for a time of zero.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        if words == ["same", "day"] {
            self = .sameDay
            return
        }
        guard let first = words.first, let count = Int(first), (1...100_000).contains(count) else { return nil }
        switch words.dropFirst().joined(separator: " ") {
        case "minute", "minutes": self = .elapsed(count * 60)
        case "hour", "hours": self = .elapsed(count * 3600)
        case "day", "days": self = .elapsed(count * 86400)
        case "working minute", "working minutes": self = .workingTime(count * 60)
        case "working hour", "working hours": self = .workingTime(count * 3600)
        case "working day", "working days": self = .workingDays(count)
        default: return nil
        }
    }

    /// As it is written, in the smallest unit that fits: `90 minutes`, `4 working hours`, `3 working days`.
    package var text: String {
        func counted(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
        func time(_ seconds: Int, _ prefix: String) -> String {
            seconds % 3600 == 0 ? counted(seconds / 3600, prefix + "hour") : counted(seconds / 60, prefix + "minute")
        }
        return switch self {
        case .elapsed(let seconds):
            seconds % 86_400 == 0 ? counted(seconds / 86_400, "day") : time(seconds, "")
        case .workingTime(let seconds): time(seconds, "working ")
        case .workingDays(let days): counted(days, "working day")
        case .sameDay: "same day"
        }
    }

    /// In words: `3 个工作日`, `3 working days`.
    package var title: LocalizedText {
        switch self {
        case .elapsed(let seconds): Span.words(seconds)
        case .workingTime(let seconds):
            LocalizedText(
                zhHans: "\(Span.words(seconds).zhHans)（工作时间）", en: "\(Span.words(seconds).en) of working time")
        case .workingDays(let days):
            LocalizedText(zhHans: "\(days) 个工作日", en: days == 1 ? "1 working day" : "\(days) working days")
        case .sameDay: LocalizedText(zhHans: "当日内", en: "the same day")
        }
    }
}

/// Seconds in words.
enum Span {
    static func words(_ seconds: Int) -> LocalizedText {
        let (hours, minutes, rest) = (seconds / 3600, seconds % 3600 / 60, seconds % 60)
        var chinese: [String] = []
        var english: [String] = []
        for (count, zh, en) in [(hours, "小时", "hour"), (minutes, "分钟", "minute"), (rest, "秒", "second")]
        where count > 0 {
            chinese.append("\(count) \(zh)")
            english.append("\(count) \(en)\(count == 1 ? "" : "s")")
        }
        guard !chinese.isEmpty else { return LocalizedText(zhHans: "0 分钟", en: "0 minutes") }
        return LocalizedText(zhHans: chinese.joined(separator: " "), en: english.joined(separator: " "))
    }
}
