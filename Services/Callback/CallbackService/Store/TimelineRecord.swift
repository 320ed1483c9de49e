import Contracts
import Foundation
import GRDB

/// One step of a complaint as the customer may see it. It is stored as a kind with facts and put into words when it is
/// shown, in the reader's language.
package struct TimelineRecord: Codable, Hashable, Sendable, FetchableRecord, MutablePersistableRecord {
    package static let databaseTableName = "timelineEntry"

    /// What happened, in the customer's terms: nothing of how the house works inside.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case received, settled, accepted, explained, answered, merged, withdrawn, supplemented, chased
        case assigned, acknowledged, returned, investigated, progressed, review, approved
        case proposed, implemented, asked, replied
        case explanationAccepted, explanationDisputed, solutionAccepted, solutionDeclined
        case presented, reminded, expired, ruling, ruled, statusNote, soothed
        case notReached, called, surveyed, soothing, rework, raised, closed
    }

    package var id: Int64?
    package var number: String
    package var at: Date
    package var kind: Kind
    /// Words that the sentence is filled with, by name.
    package var facts: [String: String]
    /// Who did it; shown to staff alone.
    package var actor: Actor?

    package init(
        _ number: TicketNumber, _ kind: Kind, at: Date, facts: [String: String] = [:], by actor: Actor? = nil
    ) {
        self.number = number.text
        self.at = at
        self.kind = kind
        self.facts = facts
        self.actor = actor
    }

    package mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
