import Contracts
import Foundation

/// Why something cannot happen to a complaint as it stands.
package enum Rejection: Error, Hashable, Sendable {
    /// It is closed, withdrawn or merged.
    case ended(Standing.Name)
    /// What has to come first has not come; it may still come.
    case premature(String)
    /// The procedure does not allow it, now or later.
    case notAllowed(String)
    /// No explanation waits for an answer.
    case noExplanation
    /// Another version waits for an answer, or none does.
    case staleProposal(current: Int?)
    /// There is no version with this number, or there is not yet.
    case unknownProposal(version: Int)
    /// The proposal's validity had passed without an answer (S09).
    case expired(version: Int, at: Date)
    /// The customer said the opposite before.
    case answeredOtherwise
    /// Nothing waits for a ruling, or not this version.
    case noRulingDue
    /// It was ruled before, and differently.
    case ruledOtherwise
    /// Nothing was carried out that one could ask about.
    case noCallbackDue
    /// The customer is not to be called before this instant (K14, V10).
    case callTooEarly(Date)
    /// The call with this number was recorded with another result.
    case callRecorded(Int)
    /// Calls are numbered one after the other, and the next one has this number.
    case callOutOfTurn(next: Int)
    /// Who handled the complaint may not ask the customer about it (K15).
    case handlerMayNotCall(String)
    /// The dissatisfied customer has to be talked with first (K15).
    case notSoothed
    /// Nobody is dissatisfied, so there is nobody to talk with first.
    case nobodyToSoothe
    /// No such question is known.
    case noInformationRequest
    /// Declining needs a reason (K12).
    case objectionRequired
}
