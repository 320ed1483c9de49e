import Contracts
import Foundation

/// What is known of a complaint that decisions depend on.
package struct CustomerCase: Hashable, Sendable {
    package var standing: Standing
    package var severity: Severity?
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
    /// Nobody calls the customer before; nil: at once.
    package var callFrom: Date?
    /// True when the dissatisfied customer of this round was talked with (安抚, K15).
    package var soothed: Bool
    /// Who worked on it in a department: they may not call the customer back.
    package var handlers: Set<String>
    /// What the customer answered to the explanation of `judgementRound`.
    package var explanationAnswer: ExplanationAnswer?
    /// What became of which version.
    package var proposals: [Int: ProposalCourse]
    /// How often the customer was reminded of the version that waits.
    package var reminders: Int
    /// The clock of what is waited for now; for a proposal its validity.
    package var deadline: Deadline?
    /// The last callback or survey of all.
    package var lastCall: RecordedCall?

    package init(
        standing: Standing = .received, severity: Severity? = nil, judgementRound: Int = 0, assignment: Int = 0,
        lead: DepartmentID? = nil, solutionVersion: Int = 0, round: Int = 1, attempts: Int = 0, callFrom: Date? = nil,
        soothed: Bool = false, handlers: Set<String> = [], explanationAnswer: ExplanationAnswer? = nil,
        proposals: [Int: ProposalCourse] = [:], reminders: Int = 0, deadline: Deadline? = nil,
        lastCall: RecordedCall? = nil
    ) {
        self.standing = standing
        self.severity = severity
        self.judgementRound = judgementRound
        self.assignment = assignment
        self.lead = lead
        self.solutionVersion = solutionVersion
        self.round = round
        self.attempts = attempts
        self.callFrom = callFrom
        self.soothed = soothed
        self.handlers = handlers
        self.explanationAnswer = explanationAnswer
        self.proposals = proposals
        self.reminders = reminders
        self.deadline = deadline
        self.lastCall = lastCall
    }

    /// The number that the next callback or survey gets.
    package var nextCall: Int { (lastCall?.number ?? 0) + 1 }

    /// How many solutions of this round the customer did not agree to, by word or by silence.
    var declines: Int { proposals.values.filter { $0.round == round && $0.isDeclined }.count }

    /// The version's course, to be changed.
    subscript(version: Int) -> ProposalCourse {
        get { proposals[version] ?? ProposalCourse(round: round) }
        set { proposals[version] = newValue }
    }
}

/// What became of a version of a solution (M16, K12, S09).
package struct ProposalCourse: Hashable, Sendable {
    /// How often the complaint had been handled when it was proposed, this time included.
    package var round: Int
    /// The customer's own answer.
    package var answer: ProposalAnswer?
    /// What silence meant when its validity had passed.
    package var silence: SilenceMeaning?
    /// When its validity passed without an answer.
    package var expiredAt: Date?
    package var ruling: RulingVerdict?

    package init(
        round: Int = 1, answer: ProposalAnswer? = nil, silence: SilenceMeaning? = nil, expiredAt: Date? = nil,
        ruling: RulingVerdict? = nil
    ) {
        self.round = round
        self.answer = answer
        self.silence = silence
        self.expiredAt = expiredAt
        self.ruling = ruling
    }

    /// True when it may be carried out: the customer agreed, or it was ruled.
    var isAgreed: Bool { answer == .accept || silence == .agreed || ruling == .carryOut }
    var isDeclined: Bool { answer == .decline || silence == .declined }
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
