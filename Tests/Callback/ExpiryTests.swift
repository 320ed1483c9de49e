import Contracts
import Foundation
import Logging
import Procedure
import Testing

@testable import CallbackService

@Suite("What time does to a conversation")
struct ExpiryTests {
    private static let day = 86_400.0

    private func bench(_ change: (inout PolicyPack) -> Void = { _ in }) throws -> Bench {
        try Bench {
            $0.consent.validity = .elapsed(86_400)
            change(&$0)
        }
    }

    private func propose(_ bench: Bench) async throws {
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.proposed())
    }

    @Test("S09 the answer first, then the end of the validity: the answer holds") func answerFirst() async throws {
        let bench = try bench()
        try await propose(bench)
        bench.clock.advance(by: Self.day - 1)
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        try await bench.wait(10)
        #expect(try await bench.standing() == .agreed(version: 1))
        #expect(try await bench.said() == ["solution.accepted.logistics"])
    }

    @Test("S09 the end of the validity first, then the answer: it is too late", arguments: [true, false])
    func expiryFirst(_ timerHasLooked: Bool) async throws {
        let bench = try bench { $0.consent.silence = .declined }
        try await propose(bench)
        let ends = bench.clock.now() + Self.day
        bench.clock.advance(by: Self.day)
        if timerHasLooked { try await bench.wait(0) }
        await #expect(throws: Rejection.expired(version: 1, at: ends)) {
            try await bench.proposals.answer(1, of: .this, .accept, .customer)
        }
        try await bench.wait(0)
        // Both ways it ends alike, and is said once.
        #expect(try await bench.standing() == .inProgress)
        #expect(try await bench.said() == ["solution.expired.logistics", "solution.declined.logistics"])
        let proposal = try #require(try await bench.database.read { try ProposalRecord.fetchOne($0) })
        #expect(proposal.silence == .declined && proposal.expiredAt == ends && proposal.answer == nil)
        #expect(try await bench.timeline().suffix(1) == [.expired])
    }

    @Test("S09 many who answer in the very last moment: one outcome each") func race() async throws {
        let bench = try bench { $0.consent.silence = .declined }
        let numbers = (1...20).compactMap { TicketNumber("C20261120-01-\(200_000 + $0)") }
        for number in numbers {
            try await bench.hear(ExampleMessages.received(), about: number)
            try await bench.hear(ExampleMessages.proposed(), about: number)
        }
        bench.clock.advance(by: Self.day - 0.001)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in numbers {
                group.addTask { try? await bench.proposals.answer(1, of: number, .accept, .customer) }
            }
            group.addTask {
                bench.clock.advance(by: 1)
                while try await bench.due.settle(atMost: 3) > 0 {}
            }
            try await group.waitForAll()
        }
        try await bench.wait(1)
        let accepted = try await bench.said(SolutionAccepted.self).count
        let declined = try await bench.said(SolutionDeclined.self).count
        #expect(accepted + declined == numbers.count)
        #expect(try await bench.said(SolutionExpired.self).count == declined)
        for number in numbers {
            let standing = try await bench.standing(number)
            #expect(standing == .agreed(version: 1) || standing == .inProgress)
        }
    }

    @Test("S09 a withdrawn complaint's proposal does not expire") func withdrawn() async throws {
        let bench = try bench()
        try await propose(bench)
        try await bench.hear(ComplaintWithdrawn(by: .customer))
        try await bench.wait(2 * Self.day)
        #expect(try await bench.said().isEmpty)
        #expect(try await bench.due.next() == nil)
    }

    @Test("S09 a newer version has its own validity") func newerVersion() async throws {
        let bench = try bench()
        try await propose(bench)
        bench.clock.advance(by: Self.day / 2)
        try await bench.hear(ExampleMessages.proposed(2))
        try await bench.wait(Self.day * 0.75)
        #expect(try await bench.standing() == .proposed(version: 2))
        try await bench.wait(Self.day * 0.25)
        #expect(try await bench.said(SolutionExpired.self).map(\.version) == [2])
    }

    @Test("S09 a reminder prolongs, and is seen") func reminded() async throws {
        let bench = try bench { $0.consent.reminders = 1 }
        try await propose(bench)
        try await bench.wait(Self.day)
        #expect(try await bench.timeline().suffix(1) == [.reminded])
        #expect(try await bench.record()?.reminders == 1)
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        #expect(try await bench.said() == ["customer.informed.-", "solution.accepted.logistics"])
        #expect(try await bench.record()?.reminders == 0)
    }

    // MARK: Status notes

    @Test("W17 the customer is told where it stands when nothing was heard for long") func statusNotes() async throws {
        let bench = try bench { $0.updates = UpdateTerms(every: .elapsed(86_400)) }
        try await bench.hear(ExampleMessages.received())
        try await bench.hear(ExampleMessages.assigned())
        try await bench.wait(Self.day - 1)
        #expect(try await bench.said(CustomerInformed.self).isEmpty)
        // What the customer hears by itself takes the place of a note.
        try await bench.hear(CaseProgressed(department: .logistics, note: "已联系承运方", by: .staff("wang")))
        try await bench.wait(Self.day - 1)
        #expect(try await bench.said(CustomerInformed.self).isEmpty)
        for days in 1...3 {
            try await bench.wait(Self.day)
            #expect(try await bench.said(CustomerInformed.self).count == days)
        }
        #expect(try await bench.said(CustomerInformed.self).first?.text.zhHans.contains("物流部") == true)
        // The customer's turn: nobody tells them what they know.
        try await bench.hear(ExampleMessages.proposed())
        let next = try await bench.due.next()
        #expect(next == bench.clock.now() + Self.day)
        #expect(try await bench.record()?.statusDueAt == nil)
    }

    // MARK: The timer

    @Test("S09 the timer fires from the stored instants alone, as after a restart") func timer() async throws {
        let bench = try bench()
        try await propose(bench)
        bench.clock.advance(by: 30 * Self.day)
        let timer = ConversationTimer(due: bench.due, time: bench.clock, logger: Logger(label: "test"))
        #expect(try await timer.look() == nil)
        #expect(try await bench.standing() == .ruling(version: 1))
        #expect(try await timer.look() == nil)
        #expect(try await bench.said() == ["solution.expired.logistics"])
    }

    @Test("S09 the running timer fires when the clock comes to the instant, also for what came after it slept")
    func runningTimer() async throws {
        let bench = try bench()
        let timer = ConversationTimer(due: bench.due, time: bench.clock, logger: Logger(label: "test"))
        let running = Task { try await timer.run() }
        try await propose(bench)
        bench.clock.advance(by: Self.day)
        let deadline = ContinuousClock.now + .seconds(20)
        while try await bench.standing() != .ruling(version: 1), ContinuousClock.now < deadline { await Task.yield() }
        #expect(try await bench.standing() == .ruling(version: 1))
        running.cancel()
        bench.clock.advance(by: Self.day)
        _ = await running.result
    }
}
