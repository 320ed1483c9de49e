import Contracts

extension CasePolicy {
    /// The decision when the same was said before, in whatever state that led to; a second click says nothing new.
    /// - Throws: `Rejection` when the opposite was said before.
    func repetition(of event: CaseEvent, in state: CustomerCase) throws(Rejection) -> CaseDecision? {
        switch event {
        case .settled, .withdrawn, .accepted, .rejected, .answered, .merged, .assigned, .proposed, .implemented,
            .timePassed:
            return nil
        case .explanationAnswered(let answer, _):
            return try same(answer, as: state.explanationAnswer, in: state, else: .answeredOtherwise)
        case .proposalAnswered(let version, let answer, _):
            let course = state.proposals[version]
            // Silence was not the customer's word: whoever answers after it hears that it is too late.
            if let expiredAt = course?.expiredAt { throw .expired(version: version, at: expiredAt) }
            return try same(answer, as: course?.answer, in: state, else: .answeredOtherwise)
        case .ruled(let version, let verdict, _):
            return try same(verdict, as: state.proposals[version]?.ruling, in: state, else: .ruledOtherwise)
        case .soothed:
            return state.soothed ? CaseDecision(state, isRepetition: true) : nil
        case .called(let result, let call, let statement):
            return try repetition(of: result, call: call, by: statement.by, in: state)
        }
    }

    private func same<Answer: Equatable>(
        _ answer: Answer, as earlier: Answer?, in state: CustomerCase, else contradiction: Rejection
    ) throws(Rejection) -> CaseDecision? {
        guard let earlier else { return nil }
        guard earlier == answer else { throw contradiction }
        return CaseDecision(state, isRepetition: true)
    }

    private func repetition(
        of result: CallResult, call: Int?, by actor: Actor, in state: CustomerCase
    ) throws(Rejection) -> CaseDecision? {
        guard let last = state.lastCall else { return nil }
        let isSame = last.result == result && last.by == actor
        if let call {
            if call > last.number { return nil }
            guard call == last.number, isSame else { throw .callRecorded(call) }
            return CaseDecision(state, isRepetition: true)
        }
        // A caller may well hear the same in a second call; a customer who says the same again has sent it twice.
        let isDue = state.standing.name.awaitsCall
        return isSame && (actor.kind == .customer || !isDue) ? CaseDecision(state, isRepetition: true) : nil
    }
}
