import Foundation

/// A day of the Gregorian calendar, written `2026-10-01`.
package struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Fails when `text` is not `yyyy-MM-dd` or names a day that does not exist, such as `2026-02-30`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day after.
    package var next: CalendarDay {
        if day < Self.length(ofMonth: month, year: year) { return CalendarDay(year: year, month: month, day: day + 1) }
        if month < 12 { return CalendarDay(year: year, month: month + 1, day: 1) }
        return CalendarDay(year: year + 1, month: 1, day: 1)
    }

    /// 1 for Monday to 7 for Sunday. 1970-01-01 was a Thursday.
    package var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }

    /// Days since 1970-01-01. Years are counted from March here, so that the leap day is a year's last.
    var ordinal: Int {
        let (shiftedYear, shiftedMonth) = month < 3 ? (year - 1, month + 9) : (year, month - 3)
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return shiftedYear * 365 + leapDays + (shiftedMonth * 153 + 2) / 5 + day - 1 - 719_468
    }

    /// The day so many days after 1970-01-01; from year 1 on.
    init(ordinal: Int) {
        // 400 years have 146,097 days. Within them the corrections take out what leap days add.
        let days = ordinal + 719_468
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (dayOfYear * 5 + 2) / 153
        self.init(
            year: era * 400 + yearOfEra + (shiftedMonth < 10 ? 0 : 1),
            month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9,
            day: dayOfYear - (shiftedMonth * 153 + 2) / 5 + 1)
    }

    package var description: String { String(format: "%04d-%02d-%02d", year, month, day) }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Working hours within a day, `09:00-12:00`; minutes from midnight, the end is excluded and may be 24:00.
package struct WorkingHours: Hashable, Sendable, CustomStringConvertible {
    package let start: Int
    package let end: Int

    /// Fails when `text` is not `HH:mm-HH:mm` or ends before it starts.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
        guard parts.count == 2, let start = parts[0], let end = parts[1], start < end else { return nil }
        self.start = start
        self.end = end
    }

    package var description: String { "\(Self.text(start))-\(Self.text(end))" }

    private static func text(_ minutes: Int) -> String { String(format: "%02d:%02d", minutes / 60, minutes % 60) }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
