import Contracts
import Foundation
import Testing

@testable import CallbackService

@Suite("What the customer answers")
struct AnswerTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    @Test func anExplanationIsDisputedJudgedAgainAndAccepted() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.rejected())
        for _ in 1...2 {
            try await bench.answers.answerExplanation(
                of: .this, .dispute, Statement(comment: "并非人为", by: .customer))
        }
        #expect(try await bench.said(ExplanationDisputed.self).count == 1)
        try await bench.hear(ExampleMessages.rejected(round: 2))
        #expect(try await bench.standing() == .explaining(round: 2))
        try await bench.answers.answerExplanation(of: .this, .accept, Statement(by: .staff("zhao")))
        #expect(try await bench.standing() == .closed(.explained))
        let records = try await bench.database.read { try ExplanationRecord.fetchAll($0) }
        #expect(records.map(\.answer) == [.dispute, .accept])
        #expect(records.last?.answeredBy == .staff("zhao"))
    }

    @Test func aDisputedComplaintCanTurnOutValid() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.rejected())
        try await bench.answers.answerExplanation(of: .this, .dispute, .customer)
        try await bench.hear(ExampleMessages.accepted(round: 2))
        #expect(try await bench.standing() == .inProgress)
        await #expect(throws: Rejection.noExplanation) {
            try await bench.answers.answerExplanation(of: .this, .accept, .customer)
        }
    }

    @Test func theEvidenceOfAConsentIsKept() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.proposed())
        bench.clock.advance(by: 60)
        try await bench.proposals.answer(
            1, of: .this, .decline, Statement(comment: "希望退款", by: .staff("zhao")))
        #expect(try await bench.standing() == .inProgress)
        let proposal = try #require(try await bench.database.read { try ProposalRecord.fetchOne($0) })
        #expect(proposal.answer == .decline && proposal.comment == "希望退款")
        #expect(proposal.answeredBy == .staff("zhao") && proposal.answeredAt == bench.clock.now())
        #expect(try await bench.said(SolutionDeclined.self).map(\.objection) == ["希望退款"])

        try await bench.hear(ExampleMessages.proposed(2))
        await #expect(throws: Rejection.answeredOtherwise) {
            try await bench.proposals.answer(1, of: .this, .accept, .customer)
        }
        try await bench.proposals.answer(2, of: .this, .accept, .customer)
        try await bench.proposals.answer(2, of: .this, .accept, .customer)
        #expect(try await bench.said(SolutionAccepted.self).map(\.version) == [2])
    }

    @Test func questionsAreAnsweredOnceEach() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.assigned())
        for (department, request) in [(DepartmentID.logistics, 1), (.quality, 1), (.logistics, 2)] {
            try await bench.hear(
                InformationRequested(
                    department: department, request: request, question: "\(department) \(request)?",
                    by: .staff("wang")))
        }
        for _ in 1...2 {
            try await bench.answers.answerInformation(2, of: .this, "是的", by: .customer)
        }
        let provided = try await bench.said(InformationProvided.self)
        #expect(provided == [InformationProvided(department: .quality, request: 1, answer: "是的", by: .customer)])
        await #expect(throws: Rejection.answeredOtherwise) {
            try await bench.answers.answerInformation(2, of: .this, "不是", by: .customer)
        }
        await #expect(throws: Rejection.noInformationRequest) {
            try await bench.answers.answerInformation(4, of: .this, "?", by: .customer)
        }
        try await bench.hear(ComplaintWithdrawn(by: .customer))
        await #expect(throws: Rejection.ended(.withdrawn)) {
            try await bench.answers.answerInformation(1, of: .this, "是的", by: .customer)
        }
    }

    @Test func dissatisfiedIsHandledAgainAndCalledBackAgain() async throws {
        try await bench.hear(ExampleMessages.received())
        for round in 1...2 {
            try await bench.hear(ExampleMessages.proposed(round, round: round))
            try await bench.proposals.answer(round, of: .this, .accept, .customer)
            try await bench.hear(ExampleMessages.implemented(round, round: round))
            #expect(try await bench.standing() == .callbackDue(version: round))
            let result = CallResult.reached(solved: round == 2, satisfaction: round == 2 ? 5 : 1)
            try await bench.callbacks.record(about: .this, result, call: round, .caller)
        }
        #expect(try await bench.said(ReworkOrdered.self).map(\.round) == [2])
        #expect(try await bench.said(CallbackCompleted.self).map(\.round) == [1, 2])
        let closed = try await bench.said(ComplaintClosed.self)
        #expect(closed.map(\.rounds) == [2] && closed.map(\.satisfaction) == [5])
        let calls = try await bench.database.read { try CallRecord.fetchAll($0) }
        #expect(calls.map(\.call) == [1, 2] && calls.map(\.round) == [1, 2])
    }

    @Test func aCustomerNobodyReachesIsClosedAtLast() async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.proposed())
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        try await bench.hear(ExampleMessages.implemented())
        for call in [1, 1, 2, 3] { try await bench.callbacks.record(about: .this, .notReached, call: call, .caller) }
        #expect(try await bench.said(CustomerUnreachable.self).map(\.attempt) == [1, 2, 3])
        #expect(try await bench.said(ComplaintClosed.self).map(\.outcome) == [.unreachable])
    }

    @Test func anUnknownComplaintIsNamed() async throws {
        await #expect(throws: UnknownComplaint.self) {
            try await bench.proposals.answer(1, of: .other, .accept, .customer)
        }
    }
}
