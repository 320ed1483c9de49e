import Foundation
import Procedure

/// A stretch of a complaint's life in somebody's hands.
struct CustodySpan: Hashable, Sendable {
    /// `intake`, `desk`, `customer`, `callback`, or a department's id.
    var holder: String
    var from: Date
    /// Nil while they still have it.
    var until: Date?
}

/// How much of a complaint's time is charged to one holder.
struct Charge: Hashable, Sendable {
    var holder: String
    /// Seconds by the clock on the wall.
    var elapsed: TimeInterval
    /// Seconds within working hours.
    var working: TimeInterval

    /// What each holder had it for, whoever had it first comes first. Spans follow each other without gaps, so that the
    /// charges add up to the complaint's whole age.
    static func of(_ spans: [CustodySpan], until now: Date, calendar: WorkingCalendar) -> [Charge] {
        spans.reduce(into: []) { charges, span in
            let end = max(span.until ?? now, span.from)
            let elapsed = end.timeIntervalSince(span.from)
            let working = calendar.workingTime(from: span.from, to: end)
            if let index = charges.firstIndex(where: { $0.holder == span.holder }) {
                charges[index].elapsed += elapsed
                charges[index].working += working
            } else {
                charges.append(Charge(holder: span.holder, elapsed: elapsed, working: working))
            }
        }
    }
}
