import Contracts
import Foundation

extension PolicyPack {
    /// The clocks that an event starts, as `noun.verb` or `complaint.heard`, each with the instant by which it must
    /// have stopped and why.
    ///
    /// - Parameter severity: Nil while the complaint is not graded.
    package func deadlines(startedBy event: String, at start: Date, severity: Severity?) -> [Deadline] {
        clocks.filter { $0.starts == event }.compactMap { deadline(of: $0, from: start, severity: severity) }
    }

    /// One clock's deadline. Nil when the clock has no limit for the severity.
    ///
    /// - Parameters:
    ///   - pauses: When the clock stood still, for clocks that can.
    ///   - extensions: What was granted on top of its time.
    package func deadline(
        of clock: Clock, from start: Date, severity: Severity?, pauses: [DateInterval] = [],
        extendedBy extensions: [Allowance] = []
    ) -> Deadline? {
        guard let allowance = clock.within.allowance(for: severity) else { return nil }
        let due = calendar.due(
            from: start, within: allowance, pauses: clock.pauses.isEmpty ? [] : pauses, extendedBy: extensions)
        return Deadline(
            clock: clock.id, title: clock.title, startedAt: start, dueAt: due.dueAt, explanation: due.explanation,
            stops: clock.stops.sorted())
    }

    /// When to warn of a deadline, by percentage of its time.
    package func warnings(of deadline: Deadline, severity: Severity?) -> [(percent: Int, at: Date)] {
        guard let clock = clock(deadline.clock), let allowance = clock.within.allowance(for: severity) else {
            return []
        }
        return clock.warnings.map { percent in
            let at = calendar.instant(
                percent: percent, from: deadline.startedAt, dueAt: deadline.dueAt, within: allowance)
            return (percent, at)
        }
    }
}
