import Contracts
import Cryptography
import Foundation
import Procedure

/// A draw of complaints for inspection (抽查; W20) that anybody can repeat.
///
/// Every complaint is ranked by the SHA-256 of `seed:number`, and the lowest ranks are drawn. The seed is chosen by the
/// program when the sample is drawn and written down with it, so that nobody picks what is inspected, and
/// `printf '%s' "$seed:$number" | sha256sum` finds the same complaints again.
struct SampleDraw: Hashable, Sendable {
    var seed: String
    /// How many are drawn; all when there are fewer.
    var size: Int

    /// As it stands in the store and on pages: 16 hexadecimal digits.
    static func newSeed() -> String { Hex.text(SecureRandom.bytes(8)) }

    /// In the order of their ranks.
    func drawn(from population: [TicketNumber]) -> [TicketNumber] {
        population.map { (rank: rank(of: $0), number: $0) }
            .sorted { ($0.rank, $0.number.text) < ($1.rank, $1.number.text) }
            .prefix(size).map(\.number)
    }

    func rank(of number: TicketNumber) -> String { SHA256.hex("\(seed):\(number)") }
}

/// What an inspection of one complaint came to.
struct InspectionResult: Hashable, Sendable {
    enum Verdict: String, Sendable, CaseIterable {
        /// Record, progress and result are in order (合格).
        case inOrder
        /// Something is to be put right, in words (发现问题).
        case finding
    }

    var verdict: Verdict
    /// What was found; for `finding` alone.
    var finding: String?
}

/// Why the group cannot inspect what it wants to.
enum InspectionRejection: Error, Hashable, Sendable {
    /// The period has not begun.
    case notBegun
    /// No complaint was closed or in progress that has not been drawn yet.
    case nothingToDraw
    /// Somebody else has drawn in between: the sample with this number exists.
    case drawnMeanwhile
    case unknownSample
    /// The complaint is not among those drawn.
    case notDrawn
    /// A notice was ordered because of the result, which stays as it is.
    case alreadyOrdered
}

/// A stretch of whole local days for which a sample is drawn, by the pack's rhythm: `2026-11`, `2026-Q4`, `2026-H2`, `2026`.
struct InspectionPeriod: Hashable, Sendable {
    var name: String
    /// The first instant.
    var start: Date
    /// The first instant after it.
    var end: Date

    /// - Returns: nil for a text that names no period of this rhythm in the years 2000–2099.
    init?(_ name: String, every: Period, in timeZone: TimeZone) {
        let part: Substring
        switch every {
        case .month: part = name.wholeMatch(of: /20[0-9]{2}-(0[1-9]|1[0-2])/)?.output.1 ?? ""
        case .quarter: part = name.wholeMatch(of: /20[0-9]{2}-Q([1-4])/)?.output.1 ?? ""
        case .halfYear: part = name.wholeMatch(of: /20[0-9]{2}-H([12])/)?.output.1 ?? ""
        case .year: part = name.wholeMatch(of: /20[0-9]{2}/) == nil ? "" : "1"
        }
        guard let place = Int(part), let year = Int(name.prefix(4)) else { return nil }
        let calendar = Self.calendar(timeZone)
        let month = DateComponents(year: year, month: (place - 1) * every.months + 1)
        guard let start = calendar.date(from: month),
            let end = calendar.date(byAdding: .month, value: every.months, to: start)
        else { return nil }
        (self.name, self.start, self.end) = (name, start, end)
    }

    /// The period of an instant.
    init?(containing instant: Date, every: Period, in timeZone: TimeZone) {
        let parts = Self.calendar(timeZone).dateComponents([.year, .month], from: instant)
        guard let year = parts.year, let month = parts.month else { return nil }
        let place = (month - 1) / every.months + 1
        let name =
            switch every {
            case .month: "\(year)-\(place < 10 ? "0" : "")\(place)"
            case .quarter: "\(year)-Q\(place)"
            case .halfYear: "\(year)-H\(place)"
            case .year: "\(year)"
            }
        self.init(name, every: every, in: timeZone)
    }

    /// The period of an instant and those before it, the latest first.
    static func latest(_ count: Int, at instant: Date, every: Period, in timeZone: TimeZone) -> [InspectionPeriod] {
        var periods: [InspectionPeriod] = []
        var instant = instant
        while periods.count < count, let period = Self(containing: instant, every: every, in: timeZone) {
            periods.append(period)
            instant = period.start.addingTimeInterval(-1)
        }
        return periods
    }

    private static func calendar(_ timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}

extension Period {
    fileprivate var months: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }
}
