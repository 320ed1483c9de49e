import Foundation

/// Instants as text: RFC 3339, always with an offset. Precision is the millisecond everywhere in the product.
public enum RFC3339 {
    /// In UTC with milliseconds: `2026-11-21T01:30:00.000Z`.
    public static func text(_ date: Date) -> String {
        // The formatter cuts off what is finer than a millisecond, and a binary fraction may lie just below its millisecond.
        toMillisecond(date).addingTimeInterval(0.0002)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads a time with or without a fraction of a second; the offset is required.
    public static func date(_ text: String) -> Date? {
        if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text) {
            return toMillisecond(date)
        }
        return (try? Date.ISO8601FormatStyle().parse(text)).map(toMillisecond)
    }

    /// The instant without what is finer than a millisecond, so that it survives being written as text.
    public static func toMillisecond(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
