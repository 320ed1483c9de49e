import Contracts
import Foundation
import Procedure
import Testing

@testable import CallbackService

/// Rules K10–K12, M16, M17, S08, S09: every step of the protocol as a decision.
@Suite("Consent as a protocol")
struct ConsentTests {
    private static let morning = ExampleMessages.morning
    private static let decline = Statement(comment: "赔偿太少", request: "赔 500 元", evidence: .call, by: .staff("zhao"))

    private func policy(_ change: (inout PolicyPack) -> Void = { _ in }) throws -> CasePolicy {
        CasePolicy(
            try .example {
                $0.consent.validity = .elapsed(3600)
                change(&$0)
            })
    }

    /// A complaint whose version 1 has just reached the customer.
    private func proposed(_ policy: CasePolicy, at now: Date = morning) throws -> CustomerCase {
        let event = CaseEvent.proposed(version: 1, round: 1, department: .logistics)
        return try policy.decide(CustomerCase(), event, at: now).state
    }

    @Test("S09 a proposal is valid from when it reaches the customer for as long as the pack says")
    func validity() throws {
        let state = try proposed(policy())
        #expect(state.deadline?.dueAt == Self.morning + 3600 && state.deadline?.clock == "consent")
    }

    @Test("K11 S09 an agreement goes to the department with its evidence") func accepted() throws {
        let policy = try policy()
        let said = Statement(evidence: .call, by: .staff("zhao"))
        let decision = try policy.decide(proposed(policy), .proposalAnswered(version: 1, .accept, said))
        let message = SolutionAccepted(department: .logistics, version: 1, evidence: .call, by: .staff("zhao"))
        #expect(decision.messages == [.solutionAccepted(message)])
        #expect(decision.state.standing == .agreed(version: 1) && decision.state.deadline == nil)
    }

    @Test("K12 M17 an objection goes back with the new request") func declined() throws {
        let policy = try policy()
        let decision = try policy.decide(proposed(policy), .proposalAnswered(version: 1, .decline, Self.decline))
        let message = SolutionDeclined(
            department: .logistics, version: 1, objection: "赔偿太少", request: "赔 500 元", evidence: .call,
            by: .staff("zhao"))
        #expect(decision.messages == [.solutionDeclined(message)])
        #expect(decision.state.standing == .inProgress)
    }

    // MARK: Rounds

    @Test("K12 M17 after the pack's number of declined solutions a person rules", arguments: 1...4)
    func rounds(_ rounds: Int) throws {
        let policy = try policy { $0.consent.rounds = rounds }
        var state = CustomerCase()
        for version in 1...rounds {
            state = try policy.decide(state, .proposed(version: version, round: 1, department: .logistics)).state
            let answer = CaseEvent.proposalAnswered(version: version, .decline, Self.decline)
            let decision = try policy.decide(state, answer)
            state = decision.state
            guard version == rounds else {
                #expect(state.standing == .inProgress)
                continue
            }
            #expect(state.standing == .ruling(version: version))
            guard case .solutionDisputed(let disputed) = decision.messages.first else {
                Issue.record("nobody was told that a ruling is due")
                return
            }
            #expect(disputed.because.rule == "consent.rounds" && disputed.because.facts == ["declines": "\(rounds)"])
            #expect(disputed.request == "赔 500 元" && disputed.evidence == .call)
        }
    }

    @Test("K12 a rework begins the rounds anew") func reworkBeginsAnew() throws {
        let policy = try policy { $0.consent.rounds = 2 }
        var state = CustomerCase(
            standing: .reworking, lead: .logistics, solutionVersion: 1, round: 2,
            proposals: [1: ProposalCourse(round: 1, answer: .decline)])
        state = try policy.decide(state, .proposed(version: 2, round: 2, department: .logistics)).state
        let decision = try policy.decide(state, .proposalAnswered(version: 2, .decline, Self.decline))
        #expect(decision.state.standing == .inProgress)
    }

    // MARK: Ruling

    private func disputed(_ policy: CasePolicy) throws -> CustomerCase {
        try policy.decide(proposed(policy), .proposalAnswered(version: 1, .decline, Self.decline)).state
    }

    static let verdicts: [(RulingVerdict, Standing)] = [
        (.carryOut, .agreed(version: 1)), (.revise, .inProgress), (.close, .closed(.ruled)),
    ]

    @Test("K12 M17 what is ruled holds, and is said with its reason", arguments: verdicts)
    func ruled(_ verdict: RulingVerdict, _ standing: Standing) throws {
        let policy = try policy { $0.consent.rounds = 1 }
        let state = try disputed(policy)
        let reason = Statement(comment: "方案已合理", by: .staff("sun"))
        let decision = try policy.decide(state, .ruled(version: 1, verdict, reason))
        #expect(decision.state.standing == standing)
        let message = SolutionRuled(
            department: .logistics, version: 1, verdict: verdict, reason: "方案已合理", by: .staff("sun"))
        #expect(decision.messages.first == .solutionRuled(message))
        #expect(decision.messages.count == (verdict == .close ? 2 : 1))
        // Said twice it says nothing new, and nobody rules differently afterwards.
        #expect(try policy.decide(decision.state, .ruled(version: 1, verdict, reason)).isRepetition)
        let other: RulingVerdict = verdict == .close ? .revise : .close
        #expect(throws: Rejection.ruledOtherwise) {
            try policy.decide(decision.state, .ruled(version: 1, other, reason))
        }
    }

    @Test func aRulingNeedsAReasonAndSomethingToRuleOn() throws {
        let policy = try policy { $0.consent.rounds = 1 }
        let state = try disputed(policy)
        #expect(throws: Rejection.objectionRequired) {
            try policy.decide(state, .ruled(version: 1, .carryOut, Statement(by: .staff("sun"))))
        }
        let reason = Statement(comment: "因", by: .staff("sun"))
        #expect(throws: Rejection.unknownProposal(version: 2)) {
            try policy.decide(state, .ruled(version: 2, .carryOut, reason))
        }
        #expect(throws: Rejection.noRulingDue) {
            try policy.decide(proposed(policy), .ruled(version: 1, .carryOut, reason))
        }
    }

    @Test func whatWasRuledIsCarriedOut() throws {
        let policy = try policy { $0.consent.rounds = 1 }
        let reason = Statement(comment: "因", by: .staff("sun"))
        let agreed = try policy.decide(disputed(policy), .ruled(version: 1, .carryOut, reason)).state
        let due = try policy.decide(agreed, .implemented(version: 1)).state
        #expect(due.standing == .callbackDue(version: 1))
        // The report of it may come twice.
        #expect(try policy.decide(due, .implemented(version: 1)).state == due)
    }

    @Test func aSolutionThatWasOnItsWayTakesTheDisputedOnesPlace() throws {
        let policy = try policy { $0.consent.rounds = 1 }
        let next = CaseEvent.proposed(version: 2, round: 1, department: .logistics)
        let state = try policy.decide(disputed(policy), next).state
        #expect(state.standing == .proposed(version: 2))
        let reason = Statement(comment: "因", by: .staff("sun"))
        #expect(throws: Rejection.noRulingDue) { try policy.decide(state, .ruled(version: 1, .carryOut, reason)) }
    }

    // MARK: Silence

    static let silences: [(ConsentTerms.Silence, Standing, [String])] = [
        (.ruling, .ruling(version: 1), ["expired"]),
        (.agreed, .agreed(version: 1), ["expired", "accepted"]),
        (.declined, .inProgress, ["expired", "declined"]),
    ]

    @Test("S09 silence means what the pack says", arguments: silences)
    func silence(_ silence: ConsentTerms.Silence, _ standing: Standing, _ said: [String]) throws {
        let policy = try policy { $0.consent.silence = silence }
        let state = try proposed(policy)
        let early = try policy.decide(state, .timePassed, at: Self.morning + 3599)
        #expect(early == CaseDecision(state))
        let late = try policy.decide(state, .timePassed, at: Self.morning + 3600)
        #expect(late.state.standing == standing)
        #expect(late.messages.map { type(of: $0.event).type.verb } == said)
        #expect(late.state.proposals[1]?.expiredAt == Self.morning + 3600)
        // Looking again changes nothing.
        #expect(try policy.decide(late.state, .timePassed, at: Self.morning + 9999) == CaseDecision(late.state))
    }

    @Test("S09 silence that counts as declined counts as a round") func silentRounds() throws {
        let policy = try policy {
            $0.consent.silence = .declined
            $0.consent.rounds = 1
        }
        let decision = try policy.decide(proposed(policy), .timePassed, at: Self.morning + 3600)
        #expect(decision.state.standing == .ruling(version: 1))
        #expect(decision.messages.map { type(of: $0.event).type.verb } == ["expired", "disputed"])
    }

    @Test("S09 W17 reminders come first, each with the validity again") func reminders() throws {
        let policy = try policy { $0.consent.reminders = 2 }
        var state = try proposed(policy)
        for count in 1...2 {
            let now = Self.morning + 3600 * Double(count)
            let decision = try policy.decide(state, .timePassed, at: now)
            guard case .customerInformed(let informed) = decision.messages.first else {
                Issue.record("nobody was reminded")
                return
            }
            #expect(informed.kind == .reminder && informed.count == count && informed.version == 1)
            state = decision.state
            #expect(state.standing == .proposed(version: 1) && state.deadline?.dueAt == now + 3600)
        }
        let last = try policy.decide(state, .timePassed, at: Self.morning + 3 * 3600)
        #expect(last.state.standing == .ruling(version: 1))
    }

    @Test("S09 an answer after the validity comes too late, whether or not the timer has looked")
    func lateAnswers() throws {
        let policy = try policy()
        let state = try proposed(policy)
        let answer = CaseEvent.proposalAnswered(version: 1, .accept, .customer)
        #expect(try policy.decide(state, answer, at: Self.morning + 3599).state.standing == .agreed(version: 1))
        let tooLate = Rejection.expired(version: 1, at: Self.morning + 3600)
        #expect(throws: tooLate) { try policy.decide(state, answer, at: Self.morning + 3600) }
        let expired = try policy.decide(state, .timePassed, at: Self.morning + 4000).state
        #expect(throws: tooLate) { try policy.decide(expired, answer, at: Self.morning + 4001) }
        // While there are reminders to come it is open, though the timer has not looked yet.
        let patient = try self.policy { $0.consent.reminders = 1 }
        let reminded = try patient.decide(proposed(patient), answer, at: Self.morning + 3700)
        #expect(reminded.state.standing == .agreed(version: 1))
    }
}
