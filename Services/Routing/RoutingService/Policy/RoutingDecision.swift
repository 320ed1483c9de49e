import Contracts

/// What follows from an event: the new file, what is to be said to others, and how the event stands to the state.
struct RoutingDecision: Hashable, Sendable {
    var file: CaseFile
    var effects: [RoutingEffect] = []
    var standing: Standing

    enum Standing: String, Sendable {
        /// The complaint moved on.
        case moved
        /// It belongs to the present state, which stays.
        case noted
        /// From a department that only assists, or no longer holds the complaint.
        case aside
        /// It came after what it led to, or again. Harmless: at-least-once delivery does that.
        case late
    }
}

/// What a decision makes Routing say or count.
enum RoutingEffect: Hashable, Sendable {
    case accept(round: Int)
    case reject(round: Int)
    case answer
    case assign(assignment: Int, isRuling: Bool)
    case cancel(DepartmentID, as: CaseRole, assignment: Int, CancellationReason)
    case merge(into: TicketNumber)
    case urge(DepartmentID)
    case count(Ledger, by: Int)

    /// The counts that Routing keeps for the reconciliation.
    enum Ledger: Hashable, Sendable {
        case open, withdrawn, merged
    }
}

/// Why an event is not allowed in a state.
enum RoutingRejection: Error, Hashable, Sendable {
    /// Something that has to come first has not come yet; it is tried again.
    case premature(String)
    /// It was judged already, or there is nothing to judge.
    case notAwaitingJudgement
    /// It cannot be assigned in this state.
    case notAssignable
    /// The customer has a proposal or agreed to one: the department cannot be changed now.
    case withCustomer
    /// The very same assignment stands already.
    case alreadyAssigned
    /// A department cannot lead and assist.
    case leadAssists
    /// After so many returns only a supervisor may assign.
    case needsSupervisor
    /// Nobody holds it who could be urged.
    case nobodyToUrge
    /// It has ended.
    case ended
    case mergeIntoItself
    /// No complaint has a solution of such a version: the message is not one of ours.
    case impossibleVersion(Int)
    /// A department returned what was ruled to be its own.
    case returnOfRuling
    /// A department or Callback speaks of handling, but it was never assigned.
    case neverAssigned
}
