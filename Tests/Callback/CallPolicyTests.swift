import Contracts
import Testing

@testable import CallbackService

/// Rules K14, K15, W11, W12, S11, S12.
@Suite("Callbacks and surveys")
struct CallPolicyTests {
    private let policy = CasePolicy(CallbackRules(satisfactionThreshold: 4, attempts: 3))
    private let soothing = CasePolicy(CallbackRules(satisfactionThreshold: 4, soothesFirst: true, attempts: 3))
    private let due = CustomerCase(
        standing: .callbackDue(version: 1), lead: .logistics, solutionVersion: 1, handlers: ["wang"])

    private func reached(_ solved: Bool, _ satisfaction: Int) -> CallResult {
        .reached(solved: solved, satisfaction: satisfaction)
    }

    @Test(arguments: [(true, 5, true), (true, 4, true), (true, 3, false), (false, 5, false), (false, 1, false)])
    func onlySolvedAndContentCloses(_ solved: Bool, _ satisfaction: Int, _ closes: Bool) throws {
        let decision = try policy.decide(due, .called(reached(solved, satisfaction), call: nil, .caller))
        let completed = CustomerMessage.callbackCompleted(
            CallbackCompleted(round: 1, solved: solved, satisfaction: satisfaction, by: .staff("zhao")))
        #expect(decision.messages.first == completed)
        if closes {
            let closed = ComplaintClosed(
                department: .logistics, outcome: .satisfied, satisfaction: satisfaction, rounds: 1, by: .staff("zhao"))
            #expect(decision.state.standing == .closed(.satisfied))
            #expect(decision.messages.dropFirst() == [.complaintClosed(closed)])
        } else {
            #expect(decision.state.standing == .reworking)
            #expect(decision.state.round == 2)
            guard case .reworkOrdered(let order) = decision.messages.last else {
                Issue.record("no rework was ordered")
                return
            }
            #expect(order.round == 2 && order.department == .logistics && !order.reason.isEmpty)
        }
    }

    @Test func theHandlerTalksFirstWhereThePackSaysSo() throws {
        let first = try soothing.decide(due, .called(reached(false, 2), call: nil, .caller))
        #expect(first.state.standing == .soothing(version: 1))
        #expect(first.messages.count == 1)

        let content = try soothing.decide(first.state, .called(reached(true, 4), call: nil, .caller))
        #expect(content.state.standing == .closed(.satisfied))

        let still = try soothing.decide(
            first.state, .called(reached(false, 2), call: nil, Statement(comment: "还是坏的", by: .staff("zhao"))))
        #expect(still.state.standing == .reworking)
        guard case .reworkOrdered(let order) = still.messages.last else {
            Issue.record("no rework was ordered")
            return
        }
        #expect(order.reason == "还是坏的")
    }

    @Test func closesAfterThePacksNumberOfAttempts() throws {
        var state = due
        for attempt in 1...3 {
            let decision = try policy.decide(state, .called(.notReached, call: nil, .caller))
            let message = CustomerUnreachable(attempt: attempt, by: .staff("zhao"))
            #expect(decision.messages.first == .customerUnreachable(message))
            #expect(decision.messages.count == (attempt == 3 ? 2 : 1))
            state = decision.state
        }
        #expect(state.standing == .closed(.unreachable))
    }

    @Test func whoHandledItMayNotCall() throws {
        let byHandler = CaseEvent.called(reached(true, 5), call: nil, Statement(by: .staff("wang")))
        #expect(throws: Rejection.handlerMayNotCall("wang")) { try policy.decide(due, byHandler) }
        let lenient = CasePolicy(CallbackRules(handlerMayCall: true))
        #expect(try lenient.decide(due, byHandler).state.standing == .closed(.satisfied))
    }

    @Test func aSecondClickIsNotASecondCall() throws {
        let first = try soothing.decide(due, .called(reached(false, 2), call: 1, .caller))
        #expect(first.state.standing == .soothing(version: 1))
        let click = try soothing.decide(first.state, .called(reached(false, 2), call: 1, .caller))
        #expect(click == CaseDecision(first.state, isRepetition: true))
        #expect(throws: Rejection.callRecorded(1)) {
            try soothing.decide(first.state, .called(reached(true, 5), call: 1, .caller))
        }
        let second = try soothing.decide(first.state, .called(reached(false, 2), call: 2, .caller))
        #expect(second.state.standing == .reworking)
    }

    @Test func aSurveySentTwiceCountsOnce() throws {
        let first = try soothing.decide(due, .called(reached(false, 2), call: nil, .customer))
        let again = try soothing.decide(first.state, .called(reached(false, 2), call: nil, .customer))
        #expect(again == CaseDecision(first.state, isRepetition: true))
        let closed = try policy.decide(due, .called(reached(true, 5), call: nil, .customer)).state
        #expect(try policy.decide(closed, .called(reached(true, 5), call: nil, .customer)).isRepetition)
        #expect(throws: Rejection.ended(.closed)) {
            try policy.decide(closed, .called(reached(true, 4), call: nil, .customer))
        }
    }

    @Test func attemptsAreCountedAnewForEachRound() throws {
        var state = try policy.decide(due, .called(.notReached, call: nil, .caller)).state
        #expect(state.attempts == 1)
        state = try policy.decide(state, .called(reached(false, 1), call: nil, .caller)).state
        #expect(state.attempts == 0)
    }
}
