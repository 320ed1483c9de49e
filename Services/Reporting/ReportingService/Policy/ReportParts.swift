import Contracts
import Foundation
import Procedure

/// What a report holds beyond the counted figures, as far as the pack lists it in `reports.*.contents`. Rules W13–W15, S14,
/// V11.
struct ReportParts: Hashable, Sendable, Codable {
    struct Cause: Hashable, Sendable, Codable {
        /// The root cause in the words of whoever investigated.
        var cause: String
        var count: Int
        var departments: [LocalizedText]
    }

    /// 改进: what was set to be improved in the period, and what still needs it.
    struct Improvements: Hashable, Sendable, Codable {
        var measures: [Measure]
        /// Complaints that must have a measure and have none.
        var needed: Int
        /// Employees' suggestions of the period that were adopted, whole or in part.
        var suggestions: [Suggestion]
    }

    /// 抱怨预警 (V02, V11)
    struct Warnings: Hashable, Sendable, Codable {
        var received: Int
        /// That went to a department because they could not be settled at once.
        var passedOn: Int
        var closed: Int
    }

    struct CaseLine: Hashable, Sendable, Codable {
        var id: Int64
        var title: String
        var ticket: TicketNumber
    }

    /// The document's report that the pack describes; absent when it describes none for such a period.
    var rule: String?
    var title: LocalizedText?
    /// What the pack lists.
    var contents: [String] = []
    /// Who gets it.
    var to: [LocalizedText] = []
    /// When it has to be with them.
    var dueAt: Date?
    var causes: [Cause]?
    var improvements: Improvements?
    var trend: Trend?
    var warnings: Warnings?
    var cases: [CaseLine]?
}
