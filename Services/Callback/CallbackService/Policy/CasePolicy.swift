import Contracts
import Foundation

/// Decides what follows from an event for a complaint, from nothing but what is known of it and the time.
///
/// Messages come in any order that at-least-once delivery can produce. What orders them is what they count: rounds of
/// judgement, assignments, solution versions. What counts no higher than what is known is late and changes nothing;
/// what is ahead of something that must have been said is premature and comes again. A complaint that has ended stays
/// as it is: messages about it are late, and commands are refused. So it is closed once.
package struct CasePolicy: Sendable {
    let rules: CallbackRules

    package init(_ rules: CallbackRules) { self.rules = rules }

    /// - Throws: `Rejection`. For a message, `premature` means that it is tried again, anything else that a person has to
    ///   look at it; for a command, it is the answer.
    package func decide(
        _ state: CustomerCase, _ event: CaseEvent, at now: Date
    ) throws(Rejection) -> CaseDecision {
        if let version = event.answeredVersion, version > state.solutionVersion {
            throw .unknownProposal(version: version)
        }
        if let repetition = try repetition(of: event, in: state) { return repetition }
        var decision = try step(state, event, at: now)
        if decision.state.standing != state.standing { startClock(&decision.state, after: event, at: now) }
        return decision
    }

    private func step(
        _ state: CustomerCase, _ event: CaseEvent, at now: Date
    ) throws(Rejection) -> CaseDecision {
        switch (state.standing, event) {
        case (.withdrawn, .merged(let survivor)):
            // Routing merged it before it had heard of the withdrawal: its work went to the survivor, and so that stands.
            return state.changed(to: .merged(into: survivor))
        case (.closed, _), (.withdrawn, _), (.merged, _): return try late(event, state)
        case (_, .withdrawn): return state.changed(to: .withdrawn)
        case (_, .merged(let survivor)): return state.changed(to: .merged(into: survivor))

        case (.received, .settled(let actor)): return state.closed(.settledAtFirstContact, by: actor)
        case (_, .settled): throw .notAllowed("it was not settled at first contact: it has been judged")

        case (.received, .accepted(let round)), (.explaining, .accepted(let round)), (.disputed, .accepted(let round)):
            return state.judged(round, as: .inProgress)
        case (_, .accepted(let round)): return state.judged(round, as: state.standing)

        case (.received, .rejected(let round)), (.explaining, .rejected(let round)), (.disputed, .rejected(let round)),
            (.inProgress, .rejected(let round)), (.reworking, .rejected(let round)):
            return state.judged(round, as: .explaining(round: round))
        case (.proposed, .rejected(let round)), (.ruling, .rejected(let round)), (.agreed, .rejected(let round)),
            (.callbackDue, .rejected(let round)), (.soothing, .rejected(let round)):
            guard round <= state.judgementRound else {
                throw .notAllowed("a solution was proposed: it can no longer be judged invalid")
            }
            return CaseDecision(state)

        case (.received, .answered(let actor)), (.explaining, .answered(let actor)), (.disputed, .answered(let actor)),
            (.inProgress, .answered(let actor)):
            return state.closed(.answered, by: actor)
        case (.proposed, .answered), (.ruling, .answered), (.agreed, .answered), (.callbackDue, .answered),
            (.soothing, .answered), (.reworking, .answered):
            throw .notAllowed("a solution was proposed: it can no longer be answered as an enquiry")

        case (.received, .assigned(let assignment)), (.disputed, .assigned(let assignment)),
            (.inProgress, .assigned(let assignment)):
            return state.assigned(assignment, as: .inProgress)
        case (.explaining, .assigned(let assignment)):
            guard assignment.number <= state.assignment else {
                throw .premature("it was assigned, but was last judged invalid")
            }
            return CaseDecision(state)
        case (.proposed(let version), .assigned(let assignment)), (.ruling(let version), .assigned(let assignment)),
            (.agreed(let version), .assigned(let assignment)):
            // The new department goes on behind this version, so the version's department no longer answers for it.
            let isVoid = assignment.nextSolutionVersion > version
            return state.assigned(assignment, as: isVoid ? .inProgress : state.standing)
        case (.callbackDue, .assigned(let assignment)), (.soothing, .assigned(let assignment)),
            (.reworking, .assigned(let assignment)):
            return state.assigned(assignment, as: state.standing)

        // A solution that was already on its way when the one before it came to a ruling takes its place.
        case (.received, .proposed(let version, let round, let department)),
            (.disputed, .proposed(let version, let round, let department)),
            (.inProgress, .proposed(let version, let round, let department)),
            (.proposed, .proposed(let version, let round, let department)),
            (.ruling, .proposed(let version, let round, let department)),
            (.agreed, .proposed(let version, let round, let department)),
            (.reworking, .proposed(let version, let round, let department)):
            return state.proposed(version, round: round, by: department)
        case (.explaining, .proposed(let version, _, _)):
            guard version <= state.solutionVersion else {
                throw .premature("a solution was proposed, but it was last judged invalid")
            }
            return CaseDecision(state)
        case (.callbackDue, .proposed(let version, _, _)), (.soothing, .proposed(let version, _, _)):
            guard version <= state.solutionVersion else {
                throw .notAllowed("the solution was carried out and no rework was ordered: nothing can be proposed")
            }
            return CaseDecision(state)

        case (.agreed(let agreed), .implemented(let version, _)): return try state.implemented(version, agreed: agreed)
        case (_, .implemented(let version, _)):
            guard state.proposals[version]?.isAgreed == true || version < state.solutionVersion else {
                throw .notAllowed("solution \(version) was carried out without the customer's agreement")
            }
            return CaseDecision(state)

        case (.proposed(let version), .timePassed): return silent(state, version, at: now)
        case (_, .timePassed): return CaseDecision(state)

        case (.explaining(let round), .explanationAnswered(let answer, let statement)):
            return state.explanationAnswered(round, answer, statement)
        case (_, .explanationAnswered): throw .noExplanation

        case (.proposed(let current), .proposalAnswered(let version, let answer, let statement)):
            guard version == current else { throw .staleProposal(current: current) }
            return try answered(state, version, answer, statement, at: now)
        case (_, .proposalAnswered): throw .staleProposal(current: nil)

        case (.ruling(let current), .ruled(let version, let verdict, let statement)):
            guard version == current else { throw .noRulingDue }
            return try ruled(state, version, verdict, statement)
        case (_, .ruled): throw .noRulingDue

        case (.soothing, .soothed(let person, let note, let actor)): return soothed(state, person, note, by: actor)
        case (_, .soothed): throw .nobodyToSoothe

        case (.callbackDue(let version), .called(let result, let call, let statement)),
            (.soothing(let version), .called(let result, let call, let statement)):
            guard call ?? state.nextCall == state.nextCall else { throw .callOutOfTurn(next: state.nextCall) }
            return try called(state, version, result, statement, at: now)
        case (_, .called): throw .noCallbackDue
        }
    }

    /// What comes after the end: messages are late and harmless, commands are refused.
    private func late(_ event: CaseEvent, _ state: CustomerCase) throws(Rejection) -> CaseDecision {
        switch event {
        case .settled, .withdrawn, .accepted, .rejected, .answered, .merged, .assigned, .proposed, .implemented,
            .timePassed:
            return CaseDecision(state)
        case .explanationAnswered, .proposalAnswered, .ruled, .soothed, .called:
            throw .ended(state.standing.name)
        }
    }

    /// The clock of what is waited for from now on.
    private func startClock(_ state: inout CustomerCase, after event: CaseEvent, at now: Date) {
        state.deadline = nil
        state.callFrom = nil
        state.reminders = 0
        state.soothed = false
        switch state.standing {
        case .proposed: state.deadline = rules.validity(from: now)
        case .callbackDue:
            var completedAt: Date?
            if case .implemented(_, let instant) = event { completedAt = instant }
            let callback = rules.callback(after: completedAt ?? now, state.severity)
            state.deadline = callback.deadline
            state.callFrom = callback.from > now ? callback.from : nil
        case .soothing: state.deadline = rules.soothing(from: now, state.severity)
        case .received, .explaining, .disputed, .inProgress, .ruling, .agreed, .reworking, .closed, .withdrawn, .merged:
            break
        }
    }
}
