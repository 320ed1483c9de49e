import Contracts

/// What is known of a complaint that decisions depend on.
package struct CustomerCase: Hashable, Sendable {
    package var standing: Standing
    /// The highest round of judgement heard of; 0 before the first.
    package var judgementRound: Int
    /// The highest assignment heard of; 0 before the first.
    package var assignment: Int
    /// The department that owes the solution.
    package var lead: DepartmentID?
    /// The highest solution version heard of, or ruled out by a later assignment. Lower ones are late.
    package var solutionVersion: Int
    /// How often it is being handled: 1, and one more for each rework.
    package var round: Int
    /// Callbacks in a row that did not reach the customer.
    package var attempts: Int
    /// Who worked on it in a department: they may not call the customer back.
    package var handlers: Set<String>
    /// What the customer answered to the explanation of `judgementRound`.
    package var explanationAnswer: ExplanationAnswer?
    /// What the customer answered to which version.
    package var proposalAnswers: [Int: ProposalAnswer]
    /// The last callback or survey of all.
    package var lastCall: RecordedCall?

    package init(
        standing: Standing = .received, judgementRound: Int = 0, assignment: Int = 0, lead: DepartmentID? = nil,
        solutionVersion: Int = 0, round: Int = 1, attempts: Int = 0, handlers: Set<String> = [],
        explanationAnswer: ExplanationAnswer? = nil, proposalAnswers: [Int: ProposalAnswer] = [:],
        lastCall: RecordedCall? = nil
    ) {
        self.standing = standing
        self.judgementRound = judgementRound
        self.assignment = assignment
        self.lead = lead
        self.solutionVersion = solutionVersion
        self.round = round
        self.attempts = attempts
        self.handlers = handlers
        self.explanationAnswer = explanationAnswer
        self.proposalAnswers = proposalAnswers
        self.lastCall = lastCall
    }

    /// The number that the next callback or survey gets.
    package var nextCall: Int { (lastCall?.number ?? 0) + 1 }
}

/// What a customer can say to the explanation of why a complaint is invalid (K04).
package enum ExplanationAnswer: String, Sendable, Codable, CaseIterable {
    case accept, dispute
}

/// What a customer can say to a solution (K11, K12).
package enum ProposalAnswer: String, Sendable, Codable, CaseIterable {
    case accept, decline
}

/// How a callback or survey went.
package enum CallResult: Hashable, Sendable {
    case notReached
    /// - Parameter satisfaction: 1 (not at all) to 5 (fully).
    case reached(solved: Bool, satisfaction: Int)
}

/// A callback or survey that has been recorded.
package struct RecordedCall: Hashable, Sendable {
    /// Counts the complaint's callbacks and surveys from 1.
    package var number: Int
    package var result: CallResult
    package var by: Actor

    package init(number: Int, result: CallResult, by: Actor) {
        self.number = number
        self.result = result
        self.by = by
    }
}
