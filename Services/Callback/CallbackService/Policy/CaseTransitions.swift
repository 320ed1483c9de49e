import Contracts

/// The steps that `CasePolicy` takes.
extension CustomerCase {
    func changed(to standing: Standing) -> CaseDecision {
        var state = self
        state.standing = standing
        return CaseDecision(state)
    }

    func closed(_ outcome: ClosingOutcome, satisfaction: Int? = nil, by actor: Actor) -> CaseDecision {
        var decision = changed(to: .closed(outcome))
        decision.messages = [
            .complaintClosed(
                ComplaintClosed(
                    department: lead, outcome: outcome, satisfaction: satisfaction, rounds: round, by: actor))
        ]
        return decision
    }

    /// A judgement that counts no higher than what is known is late.
    func judged(_ round: Int, as standing: Standing) -> CaseDecision {
        guard round > judgementRound else { return CaseDecision(self) }
        var state = self
        state.judgementRound = round
        state.explanationAnswer = nil
        state.standing = standing
        return CaseDecision(state)
    }

    func assigned(_ assignment: Assignment, as standing: Standing) -> CaseDecision {
        guard assignment.number > self.assignment else { return CaseDecision(self) }
        var state = self
        state.assignment = assignment.number
        state.lead = assignment.lead
        state.solutionVersion = max(solutionVersion, assignment.nextSolutionVersion - 1)
        state.round = max(round, assignment.round)
        state.standing = standing
        return CaseDecision(state)
    }

    func proposed(_ version: Int, round: Int, by department: DepartmentID) -> CaseDecision {
        guard version > solutionVersion else { return CaseDecision(self) }
        var state = self
        state.solutionVersion = version
        state.round = max(self.round, round)
        state.lead = department
        state[version].round = round
        state.standing = .proposed(version: version)
        return CaseDecision(state)
    }

    func implemented(_ version: Int, agreed: Int) throws(Rejection) -> CaseDecision {
        guard version == agreed else {
            if version < agreed { return CaseDecision(self) }
            throw .notAllowed("solution \(version) was carried out, but the customer agreed with \(agreed)")
        }
        var state = self
        state.attempts = 0
        state.standing = .callbackDue(version: version)
        return CaseDecision(state)
    }

    func explanationAnswered(_ round: Int, _ answer: ExplanationAnswer, _ statement: Statement) -> CaseDecision {
        var state = self
        state.explanationAnswer = answer
        switch answer {
        case .accept:
            var decision = state.closed(.explained, by: statement.by)
            decision.messages.insert(
                .explanationAccepted(
                    ExplanationAccepted(round: round, comment: statement.comment, by: statement.by)),
                at: 0)
            return decision
        case .dispute:
            var decision = state.changed(to: .disputed(round: round))
            decision.messages = [
                .explanationDisputed(
                    ExplanationDisputed(round: round, comment: statement.comment, by: statement.by))
            ]
            return decision
        }
    }
}
