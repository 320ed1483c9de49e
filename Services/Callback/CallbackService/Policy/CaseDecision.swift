import Contracts

/// What follows from an event: the complaint as it stands then, and what is said to the other services.
package struct CaseDecision: Hashable, Sendable {
    package var state: CustomerCase
    package var messages: [CustomerMessage]
    /// True when the same was said before: nothing changes, and the answer is the one of then.
    package var isRepetition: Bool

    package init(_ state: CustomerCase, _ messages: [CustomerMessage] = [], isRepetition: Bool = false) {
        self.state = state
        self.messages = messages
        self.isRepetition = isRepetition
    }
}

/// What Callback says, apart from answers to a department's questions.
package enum CustomerMessage: Hashable, Sendable {
    case explanationAccepted(ExplanationAccepted)
    case explanationDisputed(ExplanationDisputed)
    case solutionAccepted(SolutionAccepted)
    case solutionDeclined(SolutionDeclined)
    case solutionDisputed(SolutionDisputed)
    case solutionExpired(SolutionExpired)
    case solutionRuled(SolutionRuled)
    case customerInformed(CustomerInformed)
    case customerSoothed(CustomerSoothed)
    case customerUnreachable(CustomerUnreachable)
    case callbackCompleted(CallbackCompleted)
    case reworkOrdered(ReworkOrdered)
    case complaintClosed(ComplaintClosed)

    package var event: any Event {
        switch self {
        case .explanationAccepted(let event): event
        case .explanationDisputed(let event): event
        case .solutionAccepted(let event): event
        case .solutionDeclined(let event): event
        case .solutionDisputed(let event): event
        case .solutionExpired(let event): event
        case .solutionRuled(let event): event
        case .customerInformed(let event): event
        case .customerSoothed(let event): event
        case .customerUnreachable(let event): event
        case .callbackCompleted(let event): event
        case .reworkOrdered(let event): event
        case .complaintClosed(let event): event
        }
    }
}
