import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// Callbacks (回访), questionnaires, and talks with the dissatisfied. Rules K14, K15, W11, W12, S11, S12, V10. Each verb is
/// one change to the store; said twice, it has the effect of once.
package struct Callbacks: Sendable {
    private let database: ServiceDatabase
    private let policy: CasePolicy

    package init(_ database: ServiceDatabase, rules: CallbackRules) {
        self.database = database
        policy = CasePolicy(rules)
    }

    /// How a callback or questionnaire went.
    ///
    /// - Parameter call: the number that it is expected to get; tells a second click from a second call.
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func record(
        about number: TicketNumber, _ result: CallResult, call: Int?, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let round = keeper.record.round
            let decision = try keeper.take(
                .called(result, call: call, statement), noting: [Self.entry(result, statement, keeper)])
            guard !decision.isRepetition, let recorded = decision.state.lastCall else { return }
            try Self.record(recorded, round: round, statement, keeper).insert(keeper.unit.db)
            switch decision.state.standing {
            case .soothing where result != .notReached: try keeper.note([keeper.entry(.soothing)])
            case .reworking:
                let isRaised = decision.messages.contains {
                    if case .reworkOrdered(let order) = $0 { order.isRaised == true } else { false }
                }
                try keeper.note([keeper.entry(isRaised ? .raised : .rework)])
            case .received, .explaining, .disputed, .inProgress, .proposed, .ruling, .agreed, .callbackDue, .soothing,
                .closed, .withdrawn, .merged:
                break
            }
        }
    }

    /// A dissatisfied customer was talked with before anything else (安抚, K15).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func soothe(_ number: TicketNumber, person: String, note: String, by actor: Actor) async throws {
        try await change(number) { keeper in
            let decision = try keeper.take(
                .soothed(person: person, note: note, by: actor),
                noting: [keeper.entry(.soothed, facts: ["note": note, "person": person], by: actor)])
            guard !decision.isRepetition else { return }
            var record = SoothingRecord(
                number: number.text, round: keeper.record.round, person: person, note: note, actor: actor,
                at: keeper.unit.now)
            try record.insert(keeper.unit.db)
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
        _ call: RecordedCall, round: Int, _ statement: Statement, _ keeper: CaseKeeper
    ) -> CallRecord {
        var record = CallRecord(
            number: keeper.number.text, call: call.number, round: round, reached: false, comment: statement.comment,
            actor: call.by, at: keeper.unit.now, way: statement.way)
        if case .reached(let solved, let satisfaction) = call.result {
            record.reached = true
            record.solved = solved
            record.satisfaction = satisfaction
            record.answers = statement.answers.isEmpty ? nil : statement.answers
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
