import Contracts
import Foundation

/// What comes of a command or a message: the order as it is now, what is added to its history, and what is said.
package struct Decision: Sendable {
    package var order: WorkOrder
    package var history: [HistoryEntry] = []
    /// In the order in which the others are to hear it.
    package var says: [any Event] = []

    package init(_ order: WorkOrder) { self.order = order }

    /// Nothing happens: the command was given before, or the message is about something that is over.
    package var isUnchanged: Bool { history.isEmpty && says.isEmpty }
}

/// One line of a work order's history. Lines are only ever added.
package struct HistoryEntry: Hashable, Sendable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case assigned, acknowledged, returned, cancelled, urged, escalated, deadlineStarted, deadlineMoved,
            deadlineStopped
        case planned, collected, investigated, opinionRequested, opinionGiven, joined, progressed, asked, answered
        case drafted, endorsed, approved, refused, proposed, accepted, declined, disputed, ruled, completed, implemented
        case reworkOrdered, closed
    }

    package var kind: Kind
    package var at: Date
    package var by: Actor
    package var text: String?
    /// By name, for what does not fit into one text: `version`, `compensation`, `directCause`, ….
    package var facts: [String: String]

    package init(_ kind: Kind, at: Date, by: Actor, text: String? = nil, facts: [String: String] = [:]) {
        self.kind = kind
        self.at = at
        self.by = by
        self.text = text
        self.facts = facts
    }
}

/// Why a person's command is not carried out. Each is translated under `rejection.<code>`.
package enum Rejection: Error, Hashable, Sendable {
    /// The case has to be signed for (签收) first.
    case notAcknowledged
    /// A solution needs an investigation first (M13).
    case notInvestigated
    /// Opinions of assisting departments are missing: nothing is proposed before they are there (K09).
    case opinionsMissing([DepartmentID])
    /// Who must take part has not confirmed it: nothing is proposed before they have (K08).
    case participantsMissing([String])
    /// Who confirms taking part is not asked to.
    case notNamed
    /// The findings have to record the verification on site (K09).
    case siteVisitMissing
    /// Nobody may offer so much: the most is named (M14).
    case aboveStandard(Money)
    /// Who drafted a solution does not approve or refuse it (M15).
    case ownDraft
    case nothingToApprove
    /// The level is decided on already.
    case approvedAlready(by: String)
    /// Levels approve in order; this one is next.
    case earlierLevelFirst(LocalizedText)
    /// The approval that is next is somebody else's.
    case notYours(LocalizedText)
    /// Another version than the one that was looked at stands now.
    case otherVersion(Int)
    /// The level approves by signature (审批签字).
    case signatureMissing
    /// Only what the customer agreed to is carried out (K11).
    case notAccepted
    /// After a ruling (强制裁定) a case cannot be returned.
    case ruled
    /// A case is returned before a solution is drafted, and not in rework.
    case returnTooLate
    /// An assisting department owes an opinion and nothing else; that it is not concerned is an opinion too.
    case assistingOwesOpinion
    /// The lead owes a solution, not an opinion.
    case leadOwesSolution
    case notAssisting(DepartmentID)
    /// Something else has to happen first: a solution is being approved, is with the customer, or is agreed on.
    case notNow(WorkState)
    /// The work order is at its end.
    case ended(WorkState)

    /// A stable word for programs.
    package var code: String {
        switch self {
        case .notAcknowledged: "notAcknowledged"
        case .notInvestigated: "notInvestigated"
        case .opinionsMissing: "opinionsMissing"
        case .participantsMissing: "participantsMissing"
        case .notNamed: "notNamed"
        case .siteVisitMissing: "siteVisitMissing"
        case .aboveStandard: "aboveStandard"
        case .ownDraft: "ownDraft"
        case .approvedAlready: "approvedAlready"
        case .earlierLevelFirst: "earlierLevelFirst"
        case .notYours: "notYours"
        case .otherVersion: "otherVersion"
        case .signatureMissing: "signatureMissing"
        case .nothingToApprove: "nothingToApprove"
        case .notAccepted: "notAccepted"
        case .ruled: "ruled"
        case .returnTooLate: "returnTooLate"
        case .assistingOwesOpinion: "assistingOwesOpinion"
        case .leadOwesSolution: "leadOwesSolution"
        case .notAssisting: "notAssisting"
        case .notNow: "notNow"
        case .ended: "ended"
        }
    }
}

/// A message came before what it needs; it is to be tried again.
package struct Premature: Error, Hashable, Sendable {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}
