import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// What the customer answers to explanations and questions, or staff on the customer's behalf: each verb is one change to
/// the store. Said twice, it has the effect of once.
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
