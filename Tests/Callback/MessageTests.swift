import Contracts
import Foundation
import Messaging
import Testing

@testable import CallbackService

@Suite("Messages from the other services")
struct MessageTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    private func goOn(to standing: Standing.Name) async throws {
        try await bench.hear(ExampleMessages.received())
        if standing == .received { return }
        try await bench.hear(ExampleMessages.accepted())
        try await bench.hear(ExampleMessages.assigned())
        if standing == .inProgress { return }
        try await bench.hear(ExampleMessages.proposed())
        if standing == .proposed { return }
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        if standing == .agreed { return }
        try await bench.hear(ExampleMessages.implemented())
    }

    @Test func aComplaintIsCalledBackAndClosedOnce() async throws {
        try await goOn(to: .callbackDue)
        try await bench.callbacks.record(about: .this, .content, call: nil, .caller)
        #expect(try await bench.standing() == .closed(.satisfied))
        #expect(
            try await bench.said() == [
                "solution.accepted.logistics", "callback.completed.-", "complaint.closed.logistics",
            ])
        #expect(try await bench.closedCount() == 1)
        #expect(
            try await bench.timeline() == [
                .received, .accepted, .assigned, .proposed, .solutionAccepted, .implemented, .called, .closed,
            ])
        // Whatever comes now is late.
        try await bench.hear(ComplaintWithdrawn(by: .customer))
        try await bench.hear(ExampleMessages.proposed(2))
        try await bench.callbacks.record(about: .this, .content, call: nil, .caller)
        #expect(try await bench.said().count == 3)
        #expect(try await bench.closedCount() == 1)
    }

    @Test func theSameMessageTwiceHasTheEffectOfOnce() async throws {
        let id = UUID()
        #expect(try await bench.hear(ExampleMessages.received(), id: id) == .handled)
        #expect(try await bench.hear(ExampleMessages.received(), id: id) == .duplicate)
        #expect(try await bench.hear(ExampleMessages.received()) == .duplicate)
        #expect(try await bench.timeline() == [.received])
    }

    @Test func aMessageBeforeItsComplaintComesAgain() async throws {
        guard case .retry(let reason) = try await bench.hear(ExampleMessages.accepted()) else {
            Issue.record("not tried again")
            return
        }
        #expect(reason.kind == .unknownComplaint)
        #expect(reason.message.contains("C20261120-01-000001"))
    }

    @Test func messagesInTheOppositeOrderEndAlike() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.proposed())
        try await bench.hear(ExampleMessages.assigned())
        try await bench.hear(ExampleMessages.accepted())
        #expect(try await bench.standing() == .proposed(version: 1))
        let record = try #require(try await bench.record())
        #expect(record.judgementRound == 1 && record.assignment == 1 && record.lead == "logistics")
    }

    @Test func settledAtFirstContactClosesAtOnce() async throws {
        try await bench.hear(ExampleMessages.received(settled: "当场换货"))
        #expect(try await bench.standing() == .closed(.settledAtFirstContact))
        #expect(try await bench.said() == ["complaint.closed.-"])
        #expect(try await bench.closedCount() == 1)
    }

    @Test func anAnsweredEnquiryIsClosed() async throws {
        try await goOn(to: .received)
        try await bench.hear(ComplaintAnswered(answer: "保修期为一年。", by: .staff("lin")))
        #expect(try await bench.standing() == .closed(.answered))
        #expect(try await bench.said(ComplaintClosed.self).map(\.outcome) == [.answered])
    }

    @Test func withdrawnAndMergedEndWithoutClosing() async throws {
        try await goOn(to: .proposed)
        try await bench.hear(ComplaintMerged(into: .other, reason: "同一事项", by: .staff("lin")))
        #expect(try await bench.standing() == .merged(into: .other))
        #expect(try await bench.said().isEmpty)
        #expect(try await bench.closedCount() == 0)
    }

    @Test func anImpossibleMessageIsParkedWithItsReason() async throws {
        try await goOn(to: .proposed)
        guard case .park(let reason) = try await bench.hear(ExampleMessages.implemented()) else {
            Issue.record("not parked")
            return
        }
        #expect(reason.kind == .rejected)
        #expect(try await bench.standing() == .proposed(version: 1))
    }

    @Test func aRefusedMessageLeavesNothingBehind() async throws {
        try await goOn(to: .agreed)
        let before = try await bench.timeline()
        _ = try await bench.hear(ExampleMessages.rejected(round: 2))
        #expect(try await bench.timeline() == before)
        let explanations = try await bench.database.read { try ExplanationRecord.fetchCount($0) }
        #expect(explanations == 0)
    }

    @Test("K14 the callback's clock starts at completion") func theCallbacksClockStartsAtCompletion() async throws {
        let bench = try Bench {
            $0.callback.within = .elapsed(86_400)
            $0.clocks = []
        }
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.proposed())
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        try await bench.hear(ExampleMessages.implemented())
        #expect(try await bench.record()?.dueAt == ExampleMessages.morning + 86_400)
        try await bench.callbacks.record(about: .this, .content, call: nil, .customer)
        #expect(try await bench.record()?.dueAt == nil)
    }

    @Test func stepsWithinTheHouseAreNotTold() async throws {
        try await goOn(to: .inProgress)
        let before = try await bench.timeline()
        try await bench.hear(
            SolutionRefused(department: .logistics, version: 1, reason: "赔偿过高", by: .staff("head")))
        try await bench.hear(
            CaseAcknowledged(department: .quality, assignment: 1, by: .staff("sun")))
        #expect(try await bench.timeline() == before)
        try await bench.hear(
            CaseReturned(department: .logistics, assignment: 1, reason: "不归我部门", by: .staff("wang")))
        let entries = try await bench.database.read { try TimelineRecord.fetchAll($0) }
        #expect(entries.last?.kind == .returned)
        #expect(entries.allSatisfy { !$0.facts.values.contains { $0.contains("不归我部门") || $0.contains("赔偿过高") } })
    }

    @Test func whoWorkedOnItMayNotCall() async throws {
        try await goOn(to: .callbackDue)
        for name in ["wang"] {
            await #expect(throws: Rejection.handlerMayNotCall(name)) {
                try await bench.callbacks.record(about: .this, .content, call: nil, Statement(by: .staff(name)))
            }
        }
        #expect(try await bench.said(ComplaintClosed.self).isEmpty)
    }
}
