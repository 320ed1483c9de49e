import Contracts
import Foundation
import Procedure
import Testing

@testable import CallbackService
@testable import ReportingService

/// A customer answers a proposal at the moment at which its validity passes (S09). Whether the answer is in time is decided
/// by the instant at which it came, and not by whether the timer has looked already.
@Suite("An answer and the end of a proposal's validity")
struct ExpiryRaceTests {
    static let meanings: [ConsentTerms.Silence] = [.ruling, .agreed, .declined]

    private func company(_ silence: ConsentTerms.Silence) throws -> Company {
        try Company { pack in
            pack.consent.silence = silence
            pack.consent.reminders = 0
        }
    }

    /// Moves the clock to so many seconds after the validity's end.
    private func pass(_ seconds: TimeInterval, _ number: TicketNumber, _ company: Company) async throws {
        let dueAt = try #require(try await company.callback.record(number)?.dueAt)
        company.pass(dueAt.addingTimeInterval(seconds).timeIntervalSince(company.clock.now()))
    }

    @Test(arguments: meanings, [ProposalAnswer.accept, .decline])
    func anAnswerInTimeHoldsHoweverLateTheTimerLooks(
        _ silence: ConsentTerms.Silence, _ answer: ProposalAnswer
    ) async throws {
        let company = try company(silence)
        let number = try await company.complaint(at: .proposed)
        try await pass(-1, number, company)
        #expect(try await company.callback.answer(number, 1, answer, comment: "就这样") == nil)
        // The answer is still on the wire when the validity ends.
        company.pass(2)
        try await company.callback.look()
        try await company.settle()
        #expect(try await company.agreement(on: number) == (answer == .accept ? .carryingOut : .working))
        let version = try #require(try await company.reporting.details(number)?.record.solutions.first)
        #expect(version.isAccepted == (answer == .accept))
        #expect(version.answeredBy == .customer)
        #expect(version.steps.isEmpty)
    }

    @Test(arguments: meanings, [true, false])
    func anAnswerAfterTheEndComesTooLate(_ silence: ConsentTerms.Silence, timerFirst: Bool) async throws {
        let company = try company(silence)
        let number = try await company.complaint(at: .proposed)
        try await pass(1, number, company)
        if timerFirst { try await company.callback.look() }
        let refusal = try await company.callback.answer(number, 1, .accept)
        guard case .expired(version: 1, _) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        if !timerFirst { try await company.callback.look() }
        // What was refused has left no trace: both orders end alike.
        try await company.settle()
        let stand = try await company.agreement(on: number)
        let version = try #require(try await company.reporting.details(number)?.record.solutions.first)
        #expect(version.answeredBy != .customer)
        #expect(version.steps.map(\.kind) == [.expired])
        switch silence {
        case .ruling: #expect(stand == .withCustomer && version.isAccepted == nil)
        case .agreed: #expect(stand == .carryingOut && version.isAccepted == true)
        case .declined: #expect(stand == .working && version.isAccepted == false)
        }
    }

    /// A supervisor rules on the expired version while the customer tries to answer it.
    @Test(arguments: [true, false])
    func aRulingAndALateAnswer(answerFirst: Bool) async throws {
        let company = try company(.ruling)
        let number = try await company.complaint(at: .proposed)
        try await pass(1, number, company)
        try await company.callback.look()
        if answerFirst { #expect(try await company.callback.answer(number, 1, .decline) != nil) }
        #expect(try await company.callback.rule(number, 1, .carryOut) == nil)
        if !answerFirst { #expect(try await company.callback.answer(number, 1, .decline) != nil) }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .carryingOut)
    }

    /// The reminder opens the validity again: an answer after it is in time.
    @Test func anAnswerAfterTheReminderIsInTime() async throws {
        let company = try Company { $0.consent.reminders = 1 }
        let number = try await company.complaint(at: .proposed)
        try await pass(1, number, company)
        #expect(try await company.callback.answer(number, 1, .accept) == nil)
        try await company.callback.look()
        try await company.settle()
        #expect(try await company.agreement(on: number) == .carryingOut)
    }
}
