import Contracts
import Foundation

/// When a clock must have stopped, and how that was found.
package struct DueTime: Hashable, Sendable {
    package var dueAt: Date
    /// Which days and hours counted, which did not and why, in words.
    package var explanation: LocalizedText

    package init(dueAt: Date, explanation: LocalizedText) {
        self.dueAt = dueAt
        self.explanation = explanation
    }
}
