import Foundation

/// Instants as text: RFC 3339, always with an offset. Precision is the millisecond everywhere in the product.
public enum RFC3339 {
    /// In UTC with milliseconds: `2026-11-21T01:30:00.000Z`.
    public static func text(_ date: Date) -> String {
        // The formatter cuts off what is finer than a millisecond, and a binary fraction may lie just below its millisecond.
        toMillisecond(date).addingTimeInterval(0.0002)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads a time with or without a fraction of a second; the offset is required. A day that no calendar has, such as 30
    /// February, is no time.
    public static func date(_ text: String) -> Date? {
        guard isDay(text.prefix(10)) else { return nil }
        if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text) {
            return toMillisecond(date)
        }
        return (try? Date.ISO8601FormatStyle().parse(text)).map(toMillisecond)
    }

    /// The parser takes 30 February for 2 March.
    private static func isDay(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// The instant without what is finer than a millisecond, so that it survives being written as text.
    public static func toMillisecond(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
