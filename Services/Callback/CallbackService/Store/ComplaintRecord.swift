import Contracts
import Foundation
import GRDB

/// A complaint as Callback keeps it: how its customer proves to be the one, and where it stands.
package struct ComplaintRecord: Codable, Hashable, Sendable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "complaint"

    package enum Columns {
        static let number = Column(CodingKeys.number)
        static let standing = Column(CodingKeys.standing)
    }

    package var number: String
    /// SHA-256 of `number:code` in lower-case hexadecimal.
    package var trackingCodeHash: String
    package var language: String
    package var channel: String
    package var registeredAt: Date
    package var standing: Standing.Name
    package var standingCount: Int?
    package var outcome: ClosingOutcome?
    package var mergedInto: String?
    /// When it came to stand so.
    package var since: Date
    package var judgementRound: Int
    package var assignment: Int
    package var solutionVersion: Int
    package var round: Int
    package var attempts: Int
    /// Nobody calls the customer before.
    package var callFrom: Date?
    package var soothed: Bool
    package var reminders: Int
    package var lead: String?
    package var leadTitle: LocalizedText?
    package var category: LocalizedText?
    package var severity: Severity?
    /// The clock of what is waited for now.
    package var deadline: Deadline?
    package var dueAt: Date?
    /// When the customer is told where it stands if nothing is heard before (W17).
    package var statusDueAt: Date?
    package var policyID: String?
    package var policyVersion: Int?

    /// What Routing judged it under; nil while it has not.
    package var policy: PolicyStamp? {
        guard let policyID, let policyVersion else { return nil }
        return PolicyStamp(id: policyID, version: policyVersion)
    }

    /// A complaint that has just been heard of.
    init(_ number: TicketNumber, _ received: ComplaintReceived, at now: Date) {
        self.number = number.text
        trackingCodeHash = received.trackingCodeHash.lowercased()
        language = received.complaint.language
        channel = received.complaint.channel
        registeredAt = received.complaint.registeredAt
        standing = .received
        since = now
        judgementRound = 0
        assignment = 0
        solutionVersion = 0
        round = 1
        attempts = 0
        soothed = false
        reminders = 0
    }

    /// Takes over what a decision changed.
    mutating func take(_ state: CustomerCase, at now: Date) {
        if state.standing.name != standing || state.standing.count != standingCount { since = now }
        standing = state.standing.name
        standingCount = state.standing.count
        if case .closed(let outcome) = state.standing { self.outcome = outcome }
        if case .merged(let survivor) = state.standing { mergedInto = survivor.text }
        judgementRound = state.judgementRound
        assignment = state.assignment
        solutionVersion = state.solutionVersion
        round = state.round
        attempts = state.attempts
        callFrom = state.callFrom
        soothed = state.soothed
        reminders = state.reminders
        deadline = state.deadline
        dueAt = state.deadline?.dueAt
        lead = state.lead?.text
    }

    /// The standing with what it is about.
    /// - Throws: `DatabaseError` when the columns contradict each other, which the table's checks do not let happen.
    func currentStanding() throws -> Standing {
        switch (standing, standingCount, outcome, mergedInto.flatMap(TicketNumber.init)) {
        case (.received, _, _, _): return .received
        case (.explaining, let round?, _, _): return .explaining(round: round)
        case (.disputed, let round?, _, _): return .disputed(round: round)
        case (.inProgress, _, _, _): return .inProgress
        case (.proposed, let version?, _, _): return .proposed(version: version)
        case (.ruling, let version?, _, _): return .ruling(version: version)
        case (.agreed, let version?, _, _): return .agreed(version: version)
        case (.callbackDue, let version?, _, _): return .callbackDue(version: version)
        case (.soothing, let version?, _, _): return .soothing(version: version)
        case (.reworking, _, _, _): return .reworking
        case (.closed, _, let outcome?, _): return .closed(outcome)
        case (.withdrawn, _, _, _): return .withdrawn
        case (.merged, _, _, let survivor?): return .merged(into: survivor)
        case (.explaining, nil, _, _), (.disputed, nil, _, _), (.proposed, nil, _, _), (.ruling, nil, _, _),
            (.agreed, nil, _, _), (.callbackDue, nil, _, _), (.soothing, nil, _, _), (.closed, _, nil, _),
            (.merged, _, _, nil):
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(number) stands as nothing known")
        }
    }
}

extension Standing {
    /// The round or version that it is about, as it is stored.
    var count: Int? {
        switch self {
        case .explaining(let round), .disputed(let round): round
        case .proposed(let version), .ruling(let version), .agreed(let version), .callbackDue(let version),
            .soothing(let version):
            version
        case .received, .inProgress, .reworking, .closed, .withdrawn, .merged: nil
        }
    }
}
