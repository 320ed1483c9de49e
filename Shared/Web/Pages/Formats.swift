import Contracts
import Foundation

/// How values are shown to people. Each makes what the partial of the same name needs.
extension PageContext {
    /// For `{{>time}}`: a time in the policy pack's time zone.
    package func time(_ date: Date) -> [String: Any] {
        ["iso": RFC3339.text(date), "text": TimeText.short(date, site.settings.timeZone, language)]
    }

    /// A time as text alone.
    package func timeText(_ date: Date) -> String { TimeText.short(date, site.settings.timeZone, language) }

    /// A day, for example `2026-11-21`.
    package func dayText(_ date: Date) -> String { TimeText.day(date, site.settings.timeZone) }

    /// For `{{>deadline}}`: when it is due, how far that is, and how pressing.
    /// - Parameters:
    ///   - startedAt: lets "soon" mean the last fifth of the time; otherwise the last four hours.
    ///   - endedAt: when the clock was stopped; absent while it runs.
    ///   - explanation: how the instant was found, shown on hover.
    package func deadline(
        dueAt: Date, startedAt: Date? = nil, endedAt: Date? = nil, title: String? = nil, explanation: String? = nil
    ) -> [String: Any] {
        let state = DeadlineState(dueAt: dueAt, startedAt: startedAt, endedAt: endedAt, now: now)
        var data = time(dueAt)
        data["state"] = state.name
        data["distance"] = text(state.key, ["distance": TimeText.distance(state.seconds, language)])
        data["title"] = title
        data["explanation"] = explanation
        return data
    }

    /// For `{{>deadline}}`: a deadline of a contract.
    package func deadline(_ deadline: Deadline, endedAt: Date? = nil) -> [String: Any] {
        self.deadline(
            dueAt: deadline.dueAt, startedAt: deadline.startedAt, endedAt: endedAt,
            title: deadline.title.text(for: language.tag), explanation: deadline.explanation.text(for: language.tag))
    }

    /// For `{{>badge}}`: a word in a colour that says how good or bad it is.
    package func badge(_ text: String, _ tone: Tone = .neutral) -> [String: Any] {
        ["text": text, "tone": tone.rawValue]
    }

    /// An amount with the currency's sign and grouped digits: `¥12,000.00`.
    package func money(_ money: Money) -> String {
        let hundredths = money.hundredths
        let digits = String(hundredths / 100)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        let fraction = String(hundredths % 100)
        return "¥\(grouped).\(fraction.count == 1 ? "0" : "")\(fraction)"
    }
}

/// How good or bad something is.
package enum Tone: String, Sendable, CaseIterable {
    case neutral, info, good, warn, bad
}

/// How pressing a deadline is.
package struct DeadlineState: Sendable, Hashable {
    /// `ok`, `soon`, `overdue` while the clock runs; `met` or `late` once it has stopped.
    package var name: String
    /// The distance between now (or the end) and the deadline, never negative.
    package var seconds: Double

    package init(dueAt: Date, startedAt: Date?, endedAt: Date?, now: Date) {
        let left = dueAt.timeIntervalSince(endedAt ?? now)
        seconds = abs(left)
        if endedAt != nil {
            name = left >= 0 ? "met" : "late"
        } else if left < 0 {
            name = "overdue"
        } else {
            let whole = startedAt.map { dueAt.timeIntervalSince($0) }
            name = left < (whole.map { $0 / 5 } ?? 4 * 3600) ? "soon" : "ok"
        }
    }

    var key: String { "deadline.\(name)" }
}

/// Times and distances in words. Written out by hand: the system's formats differ between its versions.
package enum TimeText {
    package static func short(_ date: Date, _ timeZone: TimeZone, _ language: Language) -> String {
        let parts = parts(date, timeZone)
        let clock = "\(two(parts.hour)):\(two(parts.minute))"
        switch language {
        case .zhHans: return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(clock)"
        case .en: return "\(parts.day ?? 0) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0), \(clock)"
        }
    }

    package static func day(_ date: Date, _ timeZone: TimeZone) -> String {
        let parts = parts(date, timeZone)
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }

    /// The two largest units: `2 天 3 小时`, `3 h 20 min`.
    package static func distance(_ seconds: Double, _ language: Language) -> String {
        let minutes = Int(seconds / 60)
        let values = [minutes / 1440, minutes / 60 % 24, minutes % 60]
        let units = language == .en ? ["d", "h", "min"] : ["天", "小时", "分钟"]
        guard let first = values.firstIndex(where: { $0 > 0 }) else {
            return language == .en ? "less than 1 min" : "不到 1 分钟"
        }
        return (first...min(first + 1, 2)).filter { values[$0] > 0 }.map { "\(values[$0]) \(units[$0])" }
            .joined(separator: " ")
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func parts(_ date: Date, _ timeZone: TimeZone) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
