import Contracts
import Foundation

/// Everything that can change where a complaint stands.
package enum CaseEvent: Hashable, Sendable {
    /// From Intake: settled on the spot (M05).
    case settled(by: Actor)
    /// From Intake.
    case withdrawn
    /// From Routing: judged valid.
    case accepted(round: Int)
    /// From Routing: judged invalid (K04).
    case rejected(round: Int)
    /// From Routing: an enquiry was answered (S05).
    case answered(by: Actor)
    /// From Routing.
    case merged(into: TicketNumber)
    /// From Routing: a department owes the solution.
    case assigned(Assignment)
    /// From a department: a solution is ready for the customer (S08).
    case proposed(version: Int, round: Int, department: DepartmentID)
    /// From a department: the solution was carried out (K13). The callback's time runs from its completion.
    case implemented(version: Int, completedAt: Date? = nil)
    /// From the clock: look whether the proposal's validity has passed.
    case timePassed
    /// From the customer, or from staff on the customer's behalf.
    case explanationAnswered(ExplanationAnswer, Statement)
    /// From the customer, or from staff on the customer's behalf.
    case proposalAnswered(version: Int, ProposalAnswer, Statement)
    /// From a supervisor: what holds when customer and department do not agree (K12, M17).
    case ruled(version: Int, RulingVerdict, Statement)
    /// From staff: the dissatisfied customer was talked with (K15).
    case soothed(person: String, note: String, by: Actor)
    /// From a caller, or from the customer's survey. `call` is the number that whoever recorded it expected it to get;
    /// it tells a second click from a second call.
    case called(CallResult, call: Int?, Statement)
}

/// What somebody says, and who says so.
package struct Statement: Hashable, Sendable {
    package var comment: String?
    /// What the customer asks for instead (新的诉求, M17).
    package var request: String?
    /// What proves an answer to a solution.
    package var evidence: AnswerEvidence?
    /// How the customer was asked, for a callback.
    package var way: String?
    /// The policy pack's further questions, for a callback.
    package var answers: [CallbackAnswer]
    package var by: Actor

    package init(
        comment: String? = nil, request: String? = nil, evidence: AnswerEvidence? = nil, way: String? = nil,
        answers: [CallbackAnswer] = [], by: Actor
    ) {
        self.comment = comment
        self.request = request
        self.evidence = evidence
        self.way = way
        self.answers = answers
        self.by = by
    }
}

/// What of `case.assigned` decides where the complaint stands.
package struct Assignment: Hashable, Sendable {
    package var number: Int
    package var lead: DepartmentID
    package var nextSolutionVersion: Int
    package var round: Int

    package init(number: Int, lead: DepartmentID, nextSolutionVersion: Int, round: Int) {
        self.number = number
        self.lead = lead
        self.nextSolutionVersion = nextSolutionVersion
        self.round = round
    }
}

extension CaseEvent {
    /// The version of a solution that somebody answers or rules on.
    var answeredVersion: Int? {
        switch self {
        case .proposalAnswered(let version, _, _), .ruled(let version, _, _): version
        case .settled, .withdrawn, .accepted, .rejected, .answered, .merged, .assigned, .proposed, .implemented,
            .timePassed, .explanationAnswered, .soothed, .called:
            nil
        }
    }
}
