import Contracts
import Foundation

/// What the policy pack says about asking the customer.
package struct CallbackRules: Sendable {
    /// The least satisfaction, 1 to 5, with which a solved complaint is closed.
    package var satisfactionThreshold: Int
    /// Whether the handler talks with a dissatisfied customer before it is handled again (K15).
    package var soothesFirst: Bool
    /// After so many calls that reach nobody the complaint is closed.
    package var attempts: Int
    /// Whether a handler of the complaint may call the customer back.
    package var handlerMayCall: Bool
    /// When the customer has to have been called back, from the completion of the solution (K14, W11).
    package var callbackDeadline: @Sendable (_ completedAt: Date, Severity?) -> Deadline?
    /// Until when the customer is expected to answer a proposal.
    package var consentDeadline: @Sendable (_ proposedAt: Date, Severity?) -> Deadline?

    package init(
        satisfactionThreshold: Int = 4, soothesFirst: Bool = false, attempts: Int = 3, handlerMayCall: Bool = false,
        callbackDeadline: @escaping @Sendable (Date, Severity?) -> Deadline? = { _, _ in nil },
        consentDeadline: @escaping @Sendable (Date, Severity?) -> Deadline? = { _, _ in nil }
    ) {
        self.satisfactionThreshold = satisfactionThreshold
        self.soothesFirst = soothesFirst
        self.attempts = attempts
        self.handlerMayCall = handlerMayCall
        self.callbackDeadline = callbackDeadline
        self.consentDeadline = consentDeadline
    }

    /// Whether the customer is content enough for the complaint to be closed.
    func isContent(solved: Bool, satisfaction: Int) -> Bool { solved && satisfaction >= satisfactionThreshold }
}
