import Foundation

/// A stretch of whole local days that a report is about: `start` is within, `end` is not. Days and months begin at
/// midnight in the policy pack's time zone, whatever the offset is on that day.
struct ReportPeriod: Hashable, Sendable {
    var start: Date
    var end: Date
    var timeZone: TimeZone

    /// A month as `yyyy-MM`; absent when the text is no month of the years 2000–2099.
    static func month(_ text: String, in timeZone: TimeZone) -> ReportPeriod? {
        guard let match = text.wholeMatch(of: /(20[0-9]{2})-(0[1-9]|1[0-2])/), let year = Int(match.output.1),
            let month = Int(match.output.2)
        else { return nil }
        let calendar = calendar(timeZone)
        guard let start = calendar.date(from: DateComponents(year: year, month: month)),
            let end = calendar.date(byAdding: .month, value: 1, to: start)
        else { return nil }
        return ReportPeriod(start: start, end: end, timeZone: timeZone)
    }

    /// The month of an instant, as `yyyy-MM`.
    static func monthText(of instant: Date, in timeZone: TimeZone) -> String {
        let parts = calendar(timeZone).dateComponents([.year, .month], from: instant)
        return padded(parts.year, 4) + "-" + padded(parts.month, 2)
    }

    /// The month of an instant.
    static func month(containing instant: Date, in timeZone: TimeZone) -> ReportPeriod? {
        month(monthText(of: instant, in: timeZone), in: timeZone)
    }

    /// A quarter as `yyyy-Qn`; absent when the text is no quarter of the years 2000–2099.
    static func quarter(_ text: String, in timeZone: TimeZone) -> ReportPeriod? {
        guard let match = text.wholeMatch(of: /(20[0-9]{2})-Q([1-4])/), let number = Int(match.output.2),
            let first = month("\(match.output.1)-\(padded(number * 3 - 2, 2))", in: timeZone),
            let last = month("\(match.output.1)-\(padded(number * 3, 2))", in: timeZone)
        else { return nil }
        return ReportPeriod(start: first.start, end: last.end, timeZone: timeZone)
    }

    /// The quarter of an instant, as `yyyy-Qn`.
    static func quarterText(of instant: Date, in timeZone: TimeZone) -> String {
        let parts = calendar(timeZone).dateComponents([.year, .month], from: instant)
        return padded(parts.year, 4) + "-Q\(((parts.month ?? 1) + 2) / 3)"
    }

    /// A month or a quarter.
    static func named(_ text: String, in timeZone: TimeZone) -> ReportPeriod? {
        month(text, in: timeZone) ?? quarter(text, in: timeZone)
    }

    /// The local day of an instant and those before it, `count` altogether.
    static func days(_ count: Int, until now: Date, in timeZone: TimeZone) -> ReportPeriod {
        let calendar = calendar(timeZone)
        let today = calendar.startOfDay(for: now)
        return ReportPeriod(
            start: calendar.date(byAdding: .day, value: 1 - count, to: today) ?? today,
            end: calendar.date(byAdding: .day, value: 1, to: today) ?? now, timeZone: timeZone)
    }

    /// A local day as `yyyy-MM-dd`; absent when there is no such day.
    static func day(_ text: String, in timeZone: TimeZone) -> ReportPeriod? {
        guard let match = text.wholeMatch(of: /(20[0-9]{2})-([0-9]{2})-([0-9]{2})/), let year = Int(match.output.1),
            let month = Int(match.output.2), let day = Int(match.output.3)
        else { return nil }
        let calendar = calendar(timeZone)
        let parts = DateComponents(calendar: calendar, timeZone: timeZone, year: year, month: month, day: day)
        guard parts.isValidDate, let start = calendar.date(from: parts),
            let end = calendar.date(byAdding: .day, value: 1, to: start)
        else { return nil }
        return ReportPeriod(start: start, end: end, timeZone: timeZone)
    }

    /// The local days within, in order; each as a period of its own.
    var days: [ReportPeriod] {
        let calendar = Self.calendar(timeZone)
        var days: [ReportPeriod] = []
        var start = start
        while start < end, let next = calendar.date(byAdding: .day, value: 1, to: start) {
            days.append(ReportPeriod(start: start, end: next, timeZone: timeZone))
            start = next
        }
        return days
    }

    /// The first local day as `yyyy-MM-dd`.
    var firstDay: String { Self.dayText(of: start, in: timeZone) }
    /// The last local day.
    var lastDay: String { Self.dayText(of: end.addingTimeInterval(-1), in: timeZone) }

    static func dayText(of instant: Date, in timeZone: TimeZone) -> String {
        let parts = calendar(timeZone).dateComponents([.year, .month, .day], from: instant)
        return padded(parts.year, 4) + "-" + padded(parts.month, 2) + "-" + padded(parts.day, 2)
    }

    private static func padded(_ number: Int?, _ width: Int) -> String {
        let text = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func calendar(_ timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}
