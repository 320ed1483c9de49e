import Contracts
import Foundation

/// Consent as a protocol: answers, silence and rulings. Rules K10–K12, M16, M17, S08, S09.
///
/// A version is open from the moment at which it reaches the customer until its validity has passed. Whether an answer is
/// in time is decided by the instant that is stored with it and not by whether the timer has looked already, so that the
/// answer and the expiry have one outcome, whichever comes first.
extension CasePolicy {
    /// The customer's answer to the version that waits.
    func answered(
        _ state: CustomerCase, _ version: Int, _ answer: ProposalAnswer, _ statement: Statement, at now: Date
    ) throws(Rejection) -> CaseDecision {
        guard let lead = state.lead else { throw .notAllowed("solution \(version) has no department") }
        if let expiredAt = expiry(of: state, at: now) { throw .expired(version: version, at: expiredAt) }
        var state = state
        state[version].answer = answer
        switch answer {
        case .accept:
            var decision = state.changed(to: .agreed(version: version))
            decision.messages = [
                .solutionAccepted(
                    SolutionAccepted(
                        department: lead, version: version, comment: statement.comment, evidence: statement.evidence,
                        by: statement.by))
            ]
            return decision
        case .decline:
            guard let objection = statement.comment, !objection.isEmpty else { throw .objectionRequired }
            return declined(state, version, objection, statement, lead)
        }
    }

    /// When the validity of the version that waits ended without a further reminder being due; nil while it is open.
    private func expiry(of state: CustomerCase, at now: Date) -> Date? {
        guard let deadline = state.deadline, now >= deadline.dueAt,
            case .means = rules.pack.consent.afterSilence(reminded: state.reminders).step
        else { return nil }
        return deadline.dueAt
    }

    /// The objection goes back to the department, until there were so many that a person rules (K12, M17).
    private func declined(
        _ state: CustomerCase, _ version: Int, _ objection: String, _ statement: Statement, _ lead: DepartmentID
    ) -> CaseDecision {
        guard let because = rules.ruling(afterDeclines: state.declines) else {
            var decision = state.changed(to: .inProgress)
            decision.messages = [
                .solutionDeclined(
                    SolutionDeclined(
                        department: lead, version: version, objection: objection, request: statement.request,
                        evidence: statement.evidence, by: statement.by))
            ]
            return decision
        }
        var decision = state.changed(to: .ruling(version: version))
        decision.messages = [
            .solutionDisputed(
                SolutionDisputed(
                    department: lead, version: version, objection: objection, request: statement.request,
                    evidence: statement.evidence, because: because, by: statement.by))
        ]
        return decision
    }

    // MARK: Silence

    /// What follows when a proposal was not answered: a reminder with the validity again, and at last what the pack says.
    func silent(_ state: CustomerCase, _ version: Int, at now: Date) -> CaseDecision {
        guard let lead = state.lead, let deadline = state.deadline, now >= deadline.dueAt else {
            return CaseDecision(state)
        }
        let silence = rules.pack.consent.afterSilence(reminded: state.reminders)
        switch silence.step {
        case .remind(let count):
            var state = state
            state.reminders = count
            state.deadline = rules.validity(from: now)
            let reminder = CustomerInformed(
                kind: .reminder, version: version, count: count, text: silence.because.text, by: rules.system)
            return CaseDecision(state, [.customerInformed(reminder)])
        case .means(let meaning):
            return expired(state, version, SilenceMeaning(meaning), silence.because, lead, at: deadline.dueAt)
        }
    }

    private func expired(
        _ state: CustomerCase, _ version: Int, _ meaning: SilenceMeaning, _ because: Explanation, _ lead: DepartmentID,
        at instant: Date
    ) -> CaseDecision {
        var state = state
        state[version].silence = meaning
        state[version].expiredAt = instant
        let expired = CustomerMessage.solutionExpired(
            SolutionExpired(
                department: lead, version: version, at: instant, meaning: meaning, because: because, by: rules.system))
        let evidence = AnswerEvidence(kind: .silence, at: instant, note: because.text.zhHans)
        var decision: CaseDecision
        switch meaning {
        case .ruling:
            decision = state.changed(to: .ruling(version: version))
        case .agreed:
            decision = state.changed(to: .agreed(version: version))
            decision.messages = [
                .solutionAccepted(
                    SolutionAccepted(
                        department: lead, version: version, comment: because.text.zhHans, evidence: evidence,
                        by: rules.system))
            ]
        case .declined:
            decision = declined(
                state, version, because.text.zhHans, Statement(evidence: evidence, by: rules.system), lead)
        }
        decision.messages.insert(expired, at: 0)
        return decision
    }

    // MARK: Ruling

    /// A person says what holds; the customer is told why (K12, M17).
    func ruled(
        _ state: CustomerCase, _ version: Int, _ verdict: RulingVerdict, _ statement: Statement
    ) throws(Rejection) -> CaseDecision {
        guard let lead = state.lead else { throw .notAllowed("solution \(version) has no department") }
        guard let reason = statement.comment, !reason.isEmpty else { throw .objectionRequired }
        var state = state
        state[version].ruling = verdict
        let ruled = CustomerMessage.solutionRuled(
            SolutionRuled(department: lead, version: version, verdict: verdict, reason: reason, by: statement.by))
        var decision =
            switch verdict {
            case .carryOut: state.changed(to: .agreed(version: version))
            case .revise: state.changed(to: .inProgress)
            case .close: state.closed(.ruled, by: statement.by)
            }
        decision.messages.insert(ruled, at: 0)
        return decision
    }
}
