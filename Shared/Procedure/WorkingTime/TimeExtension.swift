import Contracts
import Foundation

/// Why a clock cannot be given more time.
package enum ExtensionRefusal: Error, Hashable, Sendable {
    /// It would be due later than the latest instant that the procedure permits.
    case tooLong(latest: Date)
    /// "The same day" is no length of time.
    case noLength
}

/// Extensions (延期): more time for a clock, granted by somebody who may. Each begins where the one before ends.
extension WorkingCalendar {
    /// The due time with what was granted on top of it, in the order in which it was granted. Pauses within the
    /// extension are given back like those before it.
    package func due(
        from start: Date, within allowance: Allowance, pauses: [DateInterval] = [], extendedBy extensions: [Allowance]
    ) -> DueTime {
        extensions.reduce(due(from: start, within: allowance, pauses: pauses)) { due, granted in
            let more = self.due(from: due.dueAt, within: granted, pauses: pauses)
            return DueTime(
                dueAt: more.dueAt,
                explanation: LocalizedText(
                    zhHans: "\(due.explanation.zhHans)；获准延期：\(more.explanation.zhHans)",
                    en: "\(due.explanation.en); extension granted: \(more.explanation.en)"))
        }
    }

    /// The due time when one more extension is granted.
    ///
    /// - Parameters:
    ///   - granted: What was granted before.
    ///   - limit: The most that all extensions together may add, counted from the due time without any.
    package func due(
        from start: Date, within allowance: Allowance, pauses: [DateInterval] = [],
        extendedBy granted: [Allowance] = [],
        and requested: Allowance, atMost limit: Allowance
    ) throws(ExtensionRefusal) -> DueTime {
        guard requested != .sameDay else { throw .noLength }
        let extended = due(from: start, within: allowance, pauses: pauses, extendedBy: granted + [requested])
        let latest = due(from: start, within: allowance, pauses: pauses, extendedBy: [limit]).dueAt
        guard extended.dueAt <= latest else { throw .tooLong(latest: latest) }
        return extended
    }
}
