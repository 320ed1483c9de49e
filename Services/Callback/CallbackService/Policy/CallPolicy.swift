import Contracts
import Foundation
import Procedure

/// What a callback (回访) or survey leads to. Rules K14, K15, W11, W12, S11, S12, V10.
extension CasePolicy {
    func called(
        _ state: CustomerCase, _ version: Int, _ result: CallResult, _ statement: Statement, at now: Date
    ) throws(Rejection) -> CaseDecision {
        if statement.by.kind == .staff { try checkCaller(state, statement.by, at: now) }
        var called = state
        called.lastCall = RecordedCall(number: state.nextCall, result: result, by: statement.by)
        switch result {
        case .notReached:
            return notReached(called, statement, at: now)
        case .reached(let solved, let satisfaction):
            called.attempts = 0
            called.callFrom = nil
            return try answered(called, version, solved, satisfaction, statement)
        }
    }

    /// Who handled it may not call where the pack says so, and nobody calls too early. Customers write when they like.
    private func checkCaller(_ state: CustomerCase, _ actor: Actor, at now: Date) throws(Rejection) {
        if let name = actor.name, rules.pack.refusalOfCallback(by: name, handlers: state.handlers) != nil {
            throw .handlerMayNotCall(name)
        }
        if let from = state.callFrom, now < from { throw .callTooEarly(from) }
        if case .soothing = state.standing, !state.soothed { throw .notSoothed }
    }

    private func notReached(_ state: CustomerCase, _ statement: Statement, at now: Date) -> CaseDecision {
        var state = state
        state.attempts += 1
        let next = rules.pack.nextAttempt(after: state.attempts, at: now)
        let attempt = CustomerMessage.customerUnreachable(
            CustomerUnreachable(
                attempt: state.attempts, comment: statement.comment, nextAttemptAt: next, isLast: next == nil,
                by: statement.by))
        guard let next else {
            let closing = state.closed(.unreachable, by: statement.by)
            return CaseDecision(closing.state, [attempt] + closing.messages)
        }
        state.callFrom = next > now ? next : nil
        return CaseDecision(state, [attempt])
    }

    private func answered(
        _ state: CustomerCase, _ version: Int, _ solved: Bool, _ satisfaction: Int, _ statement: Statement
    ) throws(Rejection) -> CaseDecision {
        var isSoothed = false
        if case .soothing = state.standing { isSoothed = true }
        let verdict = rules.pack.verdict(
            solved: solved, satisfaction: satisfaction, soothed: isSoothed, reworks: state.round - 1)
        let completed = CustomerMessage.callbackCompleted(
            CallbackCompleted(
                round: state.round, solved: solved, satisfaction: satisfaction, comment: statement.comment,
                way: statement.way, answers: statement.answers.isEmpty ? nil : statement.answers,
                soothes: verdict.verdict == .soothe ? true : nil, by: statement.by))
        switch verdict.verdict {
        case .satisfied:
            let closing = state.closed(.satisfied, satisfaction: satisfaction, by: statement.by)
            return CaseDecision(closing.state, [completed] + closing.messages)
        case .soothe:
            return CaseDecision(state.changed(to: .soothing(version: version)).state, [completed])
        case .rework(let target):
            let reason = statement.comment ?? Self.reason(solved: solved, satisfaction: satisfaction)
            return try rework(state, reason, target, verdict.because, completed, by: statement.by)
        case .raise:
            let reason = statement.comment ?? Self.reason(solved: solved, satisfaction: satisfaction)
            return try rework(state, reason, nil, verdict.because, completed, by: statement.by)
        }
    }

    /// Back to the responsible department; without a target it goes up a level (K15, W12).
    private func rework(
        _ state: CustomerCase, _ reason: String, _ target: ReworkTerms.Target?, _ because: Explanation,
        _ completed: CustomerMessage, by actor: Actor
    ) throws(Rejection) -> CaseDecision {
        guard let lead = state.lead else { throw .notAllowed("no department can handle it again") }
        var state = state.changed(to: .reworking).state
        state.round += 1
        let order = ReworkOrdered(
            department: lead, round: state.round, reason: reason, target: target?.rawValue ?? "head",
            isRaised: target == nil, because: because, by: actor)
        return CaseDecision(state, [completed, .reworkOrdered(order)])
    }

    /// Why it is handled again, when the customer left no words.
    private static func reason(solved: Bool, satisfaction: Int) -> String {
        solved
            ? "回访不满意，满意度 \(satisfaction)/5 (solved, but satisfaction is \(satisfaction) of 5)"
            : "客户表示问题未解决，满意度 \(satisfaction)/5 (not solved, satisfaction \(satisfaction) of 5)"
    }

    /// The handler talked with the dissatisfied customer; the next call decides (K15).
    func soothed(_ state: CustomerCase, _ person: String, _ note: String, by actor: Actor) -> CaseDecision {
        var state = state
        state.soothed = true
        return CaseDecision(
            state,
            [.customerSoothed(CustomerSoothed(round: state.round, person: person, note: note, by: actor))])
    }
}
