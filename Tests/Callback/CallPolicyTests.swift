import Contracts
import Foundation
import Procedure
import Testing

@testable import CallbackService

/// Rules K14, K15, W11, W12, S11, S12.
@Suite("Callbacks and surveys")
struct CallPolicyTests {
    private let policy: CasePolicy
    private let soothing: CasePolicy
    private let due = CustomerCase(
        standing: .callbackDue(version: 1), lead: .logistics, solutionVersion: 1, handlers: ["wang"])

    init() throws {
        policy = CasePolicy(try .example())
        soothing = CasePolicy(try .example { $0.callback.sootheFirst = true })
    }

    private func reached(_ solved: Bool, _ satisfaction: Int) -> CallResult {
        .reached(solved: solved, satisfaction: satisfaction)
    }

    @Test(
        "K14 S12 V10 whether the problem is really solved is asked, and only solved and content closes",
        arguments: [(true, 5, true), (true, 4, true), (true, 3, false), (false, 5, false), (false, 1, false)]
    )
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

    @Test("K15 talking and calling again has the time that the pack gives it, and without one that of a callback")
    func soothingHasATime() throws {
        let answer = CaseEvent.called(reached(false, 2), call: nil, .caller)
        #expect(try soothing.decide(due, answer).state.deadline?.clock == "callback")
        let timed = CasePolicy(
            try .example { pack in
                pack.callback.sootheFirst = true
                guard var clock = pack.clock("callback") else { return }
                (clock.id, clock.starts) = ("soothing", Clock.dissatisfied)
                pack.clocks.append(clock)
            })
        #expect(try timed.decide(due, answer).state.deadline?.clock == "soothing")
    }

    @Test("K15 the handler talks with a dissatisfied customer first; still dissatisfied, it goes back")
    func handlerTalksFirst() throws {
        let first = try soothing.decide(due, .called(reached(false, 2), call: nil, .caller))
        #expect(first.state.standing == .soothing(version: 1))
        #expect(
            first.messages == [
                .callbackCompleted(
                    CallbackCompleted(round: 1, solved: false, satisfaction: 2, soothes: true, by: .staff("zhao")))
            ])

        #expect(throws: Rejection.notSoothed) {
            try soothing.decide(first.state, .called(reached(true, 4), call: nil, .caller))
        }
        let talk = CaseEvent.soothed(person: "wang", note: "致歉并说明", by: .staff("zhao"))
        let soothed = try soothing.decide(first.state, talk)
        #expect(
            soothed.messages == [
                .customerSoothed(CustomerSoothed(round: 1, person: "wang", note: "致歉并说明", by: .staff("zhao")))
            ])
        #expect(try soothing.decide(soothed.state, talk).isRepetition)
        #expect(throws: Rejection.nobodyToSoothe) { try soothing.decide(due, talk) }

        let content = try soothing.decide(soothed.state, .called(reached(true, 4), call: nil, .caller))
        #expect(content.state.standing == .closed(.satisfied))

        let still = try soothing.decide(
            soothed.state, .called(reached(false, 2), call: nil, Statement(comment: "还是坏的", by: .staff("zhao"))))
        #expect(still.state.standing == .reworking)
        guard case .reworkOrdered(let order) = still.messages.last else {
            Issue.record("no rework was ordered")
            return
        }
        #expect(order.reason == "还是坏的")
    }

    @Test("K14 who is not reached in the pack's number of attempts is closed as unreachable, with an alarm")
    func attempts() throws {
        var state = due
        for attempt in 1...3 {
            let decision = try policy.decide(state, .called(.notReached, call: nil, .caller))
            let message = CustomerUnreachable(
                attempt: attempt, nextAttemptAt: attempt == 3 ? nil : ExampleMessages.morning, isLast: attempt == 3,
                by: .staff("zhao"))
            #expect(decision.messages.first == .customerUnreachable(message))
            #expect(decision.messages.count == (attempt == 3 ? 2 : 1))
            state = decision.state
        }
        #expect(state.standing == .closed(.unreachable))
    }

    @Test("K14 who handled it may not call, where the pack says so") func whoHandledItMayNotCall() throws {
        let byHandler = CaseEvent.called(reached(true, 5), call: nil, Statement(by: .staff("wang")))
        #expect(throws: Rejection.handlerMayNotCall("wang")) { try policy.decide(due, byHandler) }
        let lenient = CasePolicy(try .example { $0.callback.notByHandler = false })
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
        let talk = CaseEvent.soothed(person: "wang", note: "致歉", by: .staff("zhao"))
        let talked = try soothing.decide(first.state, talk).state
        let second = try soothing.decide(talked, .called(reached(false, 2), call: 2, .caller))
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

    // MARK: The pack's terms

    @Test("K14 W11 attempts keep the pack's spacing, and the first is not too early") func spacing() throws {
        let policy = CasePolicy(
            try .example {
                $0.callback.spacing = .elapsed(7200)
                $0.callback.notBefore = .elapsed(3600)
            })
        let noon = ExampleMessages.morning
        let agreed = CustomerCase(standing: .agreed(version: 1), lead: .logistics, solutionVersion: 1)
        let due = try policy.decide(agreed, .implemented(version: 1, completedAt: noon), at: noon).state
        #expect(due.callFrom == noon + 3600)
        let missed = CaseEvent.called(.notReached, call: nil, .caller)
        #expect(throws: Rejection.callTooEarly(noon + 3600)) { try policy.decide(due, missed, at: noon + 3599) }
        let once = try policy.decide(due, missed, at: noon + 3600)
        #expect(once.state.callFrom == noon + 3600 + 7200)
        #expect(throws: Rejection.callTooEarly(noon + 10_800)) {
            try policy.decide(once.state, missed, at: noon + 7200)
        }
        let twice = try policy.decide(once.state, missed, at: noon + 10_800)
        #expect(twice.state.attempts == 2)
        // A customer writes when they like.
        let survey = CaseEvent.called(.content, call: nil, .customer)
        #expect(try policy.decide(due, survey, at: noon).state.standing == .closed(.satisfied))
    }

    @Test("W12 S11 it goes back as often as needed, and one level up after the pack's number") func raised() throws {
        let policy = CasePolicy(
            try .example {
                $0.rework.raiseAfter = 2
                $0.rework.returnsTo = .another
            })
        var orders: [ReworkOrdered] = []
        for round in 1...4 {
            var state = due
            state.round = round
            let decision = try policy.decide(state, .called(reached(false, 1), call: nil, .caller))
            #expect(decision.state.standing == .reworking && decision.state.round == round + 1)
            if case .reworkOrdered(let order) = decision.messages.last { orders.append(order) }
        }
        #expect(orders.map(\.isRaised) == [false, false, true, true])
        #expect(orders.map(\.target) == ["another", "another", "head", "head"])
        #expect(
            orders.map(\.because?.rule).map { $0 ?? "" } == [
                "rework.returnsTo", "rework.returnsTo", "rework.raiseAfter", "rework.raiseAfter",
            ])
    }

    @Test("K14 W09 the answers to the pack's questions are told, with the way and the caller") func answers() throws {
        let answer = CallbackAnswer(
            question: "promptness", title: LocalizedText(zhHans: "是否及时", en: "Prompt?"), scale: "oneToFive",
            answer: "4")
        let said = Statement(comment: "好", way: "phone", answers: [answer], by: .staff("zhao"))
        let decision = try policy.decide(due, .called(reached(true, 5), call: nil, said))
        guard case .callbackCompleted(let completed) = decision.messages.first else {
            Issue.record("no callback was told")
            return
        }
        #expect(completed.answers == [answer] && completed.way == "phone" && completed.by == .staff("zhao"))
    }
}
