import Contracts

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
    /// The customer said the opposite before.
    case answeredOtherwise
    /// Nothing was carried out that one could ask about.
    case noCallbackDue
    /// The call with this number was recorded with another result.
    case callRecorded(Int)
    /// Who handled the complaint may not ask the customer about it (K15).
    case handlerMayNotCall(String)
    /// No such question is known.
    case noInformationRequest
    /// Declining needs a reason (K12).
    case objectionRequired
}
