import Contracts

/// What a callback (回访) or survey leads to. Rules K14, K15, W11, W12, S11, S12.
extension CasePolicy {
    /// What follows when the customer is not content.
    enum OnDissatisfied {
        /// The handler of this version talks with the customer first (K15).
        case soothe(Int)
        case rework
    }

    func called(
        _ state: CustomerCase, _ result: CallResult, _ statement: Statement, onDissatisfied: OnDissatisfied
    ) throws(Rejection) -> CaseDecision {
        if statement.by.kind == .staff, !rules.handlerMayCall, let name = statement.by.name,
            state.handlers.contains(name)
        {
            throw .handlerMayNotCall(name)
        }
        var called = state
        called.lastCall = RecordedCall(number: state.nextCall, result: result, by: statement.by)
        switch result {
        case .notReached:
            return notReached(called, statement)
        case .reached(let solved, let satisfaction):
            called.attempts = 0
            return try answered(called, solved, satisfaction, statement, onDissatisfied)
        }
    }

    private func notReached(_ state: CustomerCase, _ statement: Statement) -> CaseDecision {
        var state = state
        state.attempts += 1
        let attempt = CustomerMessage.customerUnreachable(
            CustomerUnreachable(attempt: state.attempts, comment: statement.comment, by: statement.by))
        guard state.attempts >= rules.attempts else { return CaseDecision(state, [attempt]) }
        let closing = state.closed(.unreachable, by: statement.by)
        return CaseDecision(closing.state, [attempt] + closing.messages)
    }

    private func answered(
        _ state: CustomerCase, _ solved: Bool, _ satisfaction: Int, _ statement: Statement, _ next: OnDissatisfied
    ) throws(Rejection) -> CaseDecision {
        let completed = CustomerMessage.callbackCompleted(
            CallbackCompleted(
                round: state.round, solved: solved, satisfaction: satisfaction, comment: statement.comment,
                by: statement.by))
        if rules.isContent(solved: solved, satisfaction: satisfaction) {
            let closing = state.closed(.satisfied, satisfaction: satisfaction, by: statement.by)
            return CaseDecision(closing.state, [completed] + closing.messages)
        }
        var state = state
        switch next {
        case .soothe(let version):
            state.standing = .soothing(version: version)
            return CaseDecision(state, [completed])
        case .rework:
            guard let lead = state.lead else { throw .notAllowed("no department can handle it again") }
            state.round += 1
            state.standing = .reworking
            let reason = statement.comment ?? Self.reason(solved: solved, satisfaction: satisfaction)
            let order = ReworkOrdered(department: lead, round: state.round, reason: reason, by: statement.by)
            return CaseDecision(state, [completed, .reworkOrdered(order)])
        }
    }

    /// Why it is handled again, when the customer left no words.
    private static func reason(solved: Bool, satisfaction: Int) -> String {
        solved
            ? "回访不满意，满意度 \(satisfaction)/5 (solved, but satisfaction is \(satisfaction) of 5)"
            : "客户表示问题未解决，满意度 \(satisfaction)/5 (not solved, satisfaction \(satisfaction) of 5)"
    }
}
