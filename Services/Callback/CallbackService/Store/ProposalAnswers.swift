import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// What is said about a version of a solution: told to the customer, answered, ruled on, and its validity that passes.
/// Rules K10–K12, M16, M17, S08, S09. Each verb is one change to the store; said twice, it has the effect of once.
package struct ProposalAnswers: Sendable {
    private let database: ServiceDatabase
    private let policy: CasePolicy

    package init(_ database: ServiceDatabase, rules: CallbackRules) {
        self.database = database
        policy = CasePolicy(rules)
    }

    /// The answer to a version of a solution (K11, K12).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func answer(
        _ version: Int, of number: TicketNumber, _ answer: ProposalAnswer, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let kind: TimelineRecord.Kind = answer == .accept ? .solutionAccepted : .solutionDeclined
            var facts: [String: String] = .comment(statement.comment)
            facts["request"] = statement.request
            let decision = try keeper.take(
                .proposalAnswered(version: version, answer, statement),
                noting: [keeper.entry(kind, facts: facts, by: statement.by)])
            guard !decision.isRepetition, var proposal = try keeper.proposal(version: version) else { return }
            proposal.answer = answer
            proposal.comment = statement.comment
            proposal.request = statement.request
            proposal.evidence = statement.evidence
            proposal.answeredBy = statement.by
            proposal.answeredAt = keeper.unit.now
            try proposal.update(keeper.unit.db)
        }
    }

    /// A person rules what holds when customer and department do not agree (K12, M17).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func rule(
        _ version: Int, of number: TicketNumber, _ verdict: RulingVerdict, _ statement: Statement
    ) async throws {
        try await change(number) { keeper in
            let facts = ["verdict": verdict.rawValue, "reason": statement.comment ?? ""]
            let decision = try keeper.take(
                .ruled(version: version, verdict, statement),
                noting: [keeper.entry(.ruled, facts: facts, by: statement.by)])
            guard !decision.isRepetition, var proposal = try keeper.proposal(version: version) else { return }
            proposal.ruling = verdict
            proposal.rulingReason = statement.comment
            proposal.ruledBy = statement.by
            proposal.ruledAt = keeper.unit.now
            try proposal.update(keeper.unit.db)
        }
    }

    /// The customer was told of the version that waits (K10, M16, S08).
    /// - Throws: `Rejection`, `UnknownComplaint`.
    package func present(_ telling: Telling, of number: TicketNumber) async throws {
        try await change(number) { keeper in
            let standing = try keeper.record.currentStanding()
            guard !standing.isEnded else { throw Rejection.ended(standing.name) }
            guard standing == .proposed(version: telling.version), let department = try keeper.state().lead else {
                throw Rejection.staleProposal(current: standing.name == .proposed ? standing.count : nil)
            }
            guard try !keeper.knows(telling) else { return }
            var record = PresentationRecord(
                number: number.text, version: telling.version, way: telling.way, at: telling.at,
                jointly: telling.with, note: telling.note, actor: telling.by)
            try record.insert(keeper.unit.db)
            try keeper.send(
                SolutionPresented(
                    department: department, version: telling.version, way: telling.way, at: telling.at,
                    with: telling.with, note: telling.note, by: telling.by),
                because: nil)
            // That customers look at their own page is in the record, but no news to them.
            if telling.way == Telling.page { return }
            var facts = ["way": telling.way]
            facts["with"] = telling.with
            try keeper.note([keeper.entry(.presented, facts: facts, by: telling.by)])
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

/// That somebody told the customer of a solution, or that the customer read it.
package struct Telling: Hashable, Sendable {
    /// The customer's own page.
    package static let page = "page"

    package var version: Int
    /// `page`, or how somebody told the customer.
    package var way: String
    package var at: Date
    /// Who else told it (共同答复).
    package var with: String?
    package var note: String?
    package var by: Actor

    package init(version: Int, way: String, at: Date, with: String? = nil, note: String? = nil, by: Actor) {
        self.version = version
        self.way = way
        self.at = at
        self.with = with
        self.note = note
        self.by = by
    }
}

extension CaseKeeper {
    /// True when the same was noted before: a customer who looks again, a form that was sent twice.
    fileprivate func knows(_ telling: Telling) throws -> Bool {
        let earlier = try PresentationRecord.fetchAll(
            unit.db, sql: "SELECT * FROM presentation WHERE number = ? AND version = ? AND way = ?",
            arguments: [number.text, telling.version, telling.way])
        if telling.way == Telling.page { return !earlier.isEmpty }
        return earlier.contains { $0.actor == telling.by && abs($0.at.timeIntervalSince(telling.at)) < 60 }
    }
}
