import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// What the customer says, or staff on the customer's behalf: each verb is one change to the store. Said twice, it has
/// the effect of once.
package struct CustomerAnswers: Sendable {
    private let database: ServiceDatabase
    private let policy: CasePolicy

    package init(_ database: ServiceDatabase, rules: CallbackRules) {
        self.database = database
        policy = CasePolicy(rules)
    }

    /// The answer to why the complaint is invalid (K04).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func answerExplanation(
        of number: TicketNumber, _ answer: ExplanationAnswer, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let kind: TimelineRecord.Kind = answer == .accept ? .explanationAccepted : .explanationDisputed
            let round = keeper.record.judgementRound
            let decision = try keeper.take(
                .explanationAnswered(answer, statement),
                noting: [keeper.entry(kind, facts: .comment(statement.comment), by: statement.by)])
            guard !decision.isRepetition, var explanation = try keeper.explanation(round: round) else { return }
            explanation.answer = answer
            explanation.comment = statement.comment
            explanation.answeredBy = statement.by
            explanation.answeredAt = keeper.unit.now
            try explanation.update(keeper.unit.db)
        }
    }

    /// The answer to a version of a solution (K11, K12).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func answerProposal(
        _ version: Int, of number: TicketNumber, _ answer: ProposalAnswer, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let kind: TimelineRecord.Kind = answer == .accept ? .solutionAccepted : .solutionDeclined
            let decision = try keeper.take(
                .proposalAnswered(version: version, answer, statement),
                noting: [keeper.entry(kind, facts: .comment(statement.comment), by: statement.by)])
            guard !decision.isRepetition, var proposal = try keeper.proposal(version: version) else { return }
            proposal.answer = answer
            proposal.comment = statement.comment
            proposal.answeredBy = statement.by
            proposal.answeredAt = keeper.unit.now
            try proposal.update(keeper.unit.db)
        }
    }

    /// The answer to a department's question (W18).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func answerInformation(
        _ request: Int, of number: TicketNumber, _ answer: String, by actor: Actor
    ) async throws {
        try await change(number) { keeper in
            guard var question = try keeper.informationRequest(request),
                let department = DepartmentID(question.department)
            else { throw Rejection.noInformationRequest }
            if let earlier = question.answer {
                guard earlier == answer else { throw Rejection.answeredOtherwise }
                return
            }
            let standing = keeper.record.standing
            if try keeper.record.currentStanding().isEnded { throw Rejection.ended(standing) }
            question.answer = answer
            question.answeredBy = actor
            question.answeredAt = keeper.unit.now
            try question.update(keeper.unit.db)
            try keeper.send(
                InformationProvided(
                    department: department, request: question.departmentRequest, answer: answer, by: actor),
                because: nil)
            try keeper.note([keeper.entry(.replied, by: actor)])
        }
    }

    /// How a callback or survey went (K14, W11).
    ///
    /// - Parameter call: the number that it is expected to get; tells a second click from a second call.
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func call(
        about number: TicketNumber, _ result: CallResult, call: Int?, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let round = keeper.record.round
            let decision = try keeper.take(
                .called(result, call: call, statement), noting: [Self.entry(result, statement, keeper)])
            guard !decision.isRepetition, let recorded = decision.state.lastCall else { return }
            try Self.record(recorded, round: round, comment: statement.comment, keeper).insert(keeper.unit.db)
            switch decision.state.standing {
            case .soothing where result != .notReached && decision.state.attempts == 0:
                try keeper.note([keeper.entry(.soothing)])
            case .reworking: try keeper.note([keeper.entry(.rework)])
            case .received, .explaining, .disputed, .inProgress, .proposed, .agreed, .callbackDue, .soothing, .closed,
                .withdrawn, .merged:
                break
            }
        }
    }

    private static func entry(_ result: CallResult, _ statement: Statement, _ keeper: CaseKeeper) -> TimelineRecord {
        switch result {
        case .notReached: keeper.entry(.notReached, by: statement.by)
        case .reached(_, let satisfaction):
            keeper.entry(
                statement.by.kind == .customer ? .surveyed : .called,
                facts: ["satisfaction": String(satisfaction)], by: statement.by)
        }
    }

    private static func record(
        _ call: RecordedCall, round: Int, comment: String?, _ keeper: CaseKeeper
    ) -> CallRecord {
        var record = CallRecord(
            number: keeper.number.text, call: call.number, round: round, reached: false, comment: comment,
            actor: call.by, at: keeper.unit.now)
        if case .reached(let solved, let satisfaction) = call.result {
            record.reached = true
            record.solved = solved
            record.satisfaction = satisfaction
        }
        return record
    }

    private func change(
        _ number: TicketNumber, _ change: @escaping @Sendable (inout CaseKeeper) throws -> Void
    ) async throws {
        let policy = policy
        try await database.write { unit in
            var keeper = try CaseKeeper(number, in: unit, policy: policy)
            try change(&keeper)
        }
    }
}

extension [String: String] {
    /// The fact `comment`, if there is one.
    static func comment(_ comment: String?) -> [String: String] { comment.map { ["comment": $0] } ?? [:] }
}
