import Contracts
import Foundation
import Testing

@testable import CallbackService
@testable import DepartmentService
@testable import ReportingService
@testable import RoutingService

/// The desk assigns a complaint anew while the department that has it goes on, because it has not heard of that yet.
@Suite("A new assignment and the work on the one before")
struct ReassignmentRaceTests {
    /// What belongs to the assignment before is over, also when the same department has the new one.
    @Test func theSameDepartmentBeginsAnew() async throws {
        let company = try Company()
        let (number, quality) = (try await company.complaint(at: .assigned), try company.quality)
        try await company.step(number, [.acknowledge])
        try await company.routing.assign(number, to: Company.quality)
        company.pass(1)
        #expect(try await quality.does(.found(), on: number) == nil)
        #expect(try await quality.does(.solve("更换同型号新机", due: company.tomorrow), on: number) == nil)
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        #expect(try await verdicts("solution", number, company) == [.kept, .running])
        try await company.step(number, [.acknowledge, .found(), .solve("退货", due: company.tomorrow)])
        #expect(try await company.agreement(on: number) == .withCustomer)
        #expect(try await verdicts("solution", number, company) == [.kept, .kept])
    }

    /// What a department did before the case was taken from it stops the clocks that ran then, however late it is heard.
    @Test func whatWasDoneBeforeCounts() async throws {
        let company = try Company()
        let (number, quality) = (try await company.complaint(at: .assigned), try company.quality)
        #expect(try await quality.does(.acknowledge, on: number) == nil)
        company.pass(1)
        try await company.routing.assign(number, to: Company.logistics)
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        #expect(try await verdicts("first-feedback", number, company) == [.kept])
        #expect(try await verdicts("sign-off", number, company) == [.kept, .running])
    }

    /// The desk gives the case to another department after the customer's objection, also while the next version is on the
    /// wire. Neither customer nor staff see that versions were left out in between.
    @Test(arguments: [true, false])
    func whatPeopleCallSolutionsLeavesNoneOut(isNextOnTheWire: Bool) async throws {
        let company = try Company()
        let (number, quality) = (try await company.complaint(at: .proposed), try company.quality)
        #expect(try await company.callback.answer(number, 1, .decline, comment: "要求退货") == nil)
        try await company.settle()
        if isNextOnTheWire {
            // Seven hundred needs a head, so that the customer has not seen it when the case is taken away.
            #expect(try await quality.does(.solve("退货退款", "700.00", due: company.tomorrow), on: number) == nil)
        }
        try await company.routing.assign(number, to: Company.logistics)
        try await company.settle()
        let version = try await solve(number, by: try company.department(Company.logistics), company)
        #expect(version > 2)
        let file = try #require(try await company.callback.file(number))
        #expect(file.proposals.map { file.proposalNumber(of: $0.version) } == [2, 1])
        #expect(file.proposals.map(\.solution.shownNumber) == [2, 1])
        let ticket = try #require(try await company.reporting.details(number)).record
        #expect(ticket.numbers[version] == 2)
        #expect(try await company.routing.dossier(number)?.record.file.highestNumber == 2)
        // The answer finds the version, whatever it is called.
        #expect(try await company.callback.answer(number, version, .accept) == nil)
        try await company.settle()
        #expect(try await company.agreement(on: number) == .carryingOut)
    }

    /// The customer agrees while the desk, which has not heard of the proposal, gives the case to another department: the
    /// new assignment stands, whichever was heard first.
    @Test(arguments: [true, false])
    func theCustomerAgreesWhileTheCaseIsTaken(answerFirst: Bool) async throws {
        let company = try Company()
        let (number, quality) = (try await company.complaint(at: .investigated), try company.quality)
        #expect(try await quality.does(.solve("更换同型号新机", due: company.tomorrow), on: number) == nil)
        try await company.settle(without: company.routing.station)
        if answerFirst { #expect(try await company.callback.answer(number, 1, .accept) == nil) }
        company.pass(1)
        try await company.routing.assign(number, to: Company.logistics)
        company.pass(1)
        if !answerFirst { #expect(try await company.callback.answer(number, 1, .accept) == nil) }
        let (callback, routing) = (company.callback.station, company.routing.station)
        for station in answerFirst ? [callback, routing] : [routing, callback] { try await station.speak() }
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        #expect(try await quality.order(number)?.stage == .cancelled(.reassigned))
        _ = try await solve(number, by: try company.department(Company.logistics), company)
    }

    /// What the customer agreed to after the case was taken from the department, and before it was given to the next but
    /// one, belongs to none of the three assignments, and moves no clock.
    @Test func whatIsSaidBetweenTwoAssignments() async throws {
        let company = try Company()
        let (number, quality) = (try await company.complaint(at: .investigated), try company.quality)
        #expect(try await quality.does(.solve("更换同型号新机", due: company.tomorrow), on: number) == nil)
        try await company.settle(without: company.routing.station)
        company.pass(1)
        try await company.routing.assign(number, to: Company.logistics)
        company.pass(1)
        #expect(try await company.callback.answer(number, 1, .accept) == nil)
        company.pass(1)
        try await company.routing.assign(number, to: Company.quality)
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        #expect(try await verdicts("implementation", number, company).isEmpty)
        #expect(try await verdicts("answer", number, company) == [.kept])
    }

    /// Two people at the desk assign in the same millisecond: the clocks of the second go on from there, once.
    @Test func twoAssignmentsInOneMillisecond() async throws {
        let company = try Company()
        let number = try await company.complaint(at: .investigated)
        try await company.routing.assign(number, to: Company.logistics)
        try await company.routing.assign(number, to: Company.quality)
        try await company.settle()
        #expect(try await company.agreement(on: number) == .signing)
        #expect(try await verdicts("sign-off", number, company) == [.kept, .running])
    }

    /// A department takes the case up and proposes a solution.
    /// - Returns: its version.
    private func solve(_ number: TicketNumber, by house: DepartmentHouse, _ company: Company) async throws -> Int {
        for command in [WorkCommand.acknowledge, .found(), .solve("重新配送", due: company.tomorrow)] {
            #expect(try await house.does(command, on: number) == nil)
            try await company.settle()
        }
        #expect(try await company.agreement(on: number) == .withCustomer)
        return try #require(try await house.order(number)?.stage.solution?.version)
    }

    /// What Routing knows of the runs of a clock, the first run first.
    private func verdicts(_ clock: String, _ number: TicketNumber, _ company: Company) async throws -> [Run.Verdict] {
        try await company.routing.runs(number, at: company.clock.now()).filter { $0.clock == clock }
            .sorted { $0.startedAt < $1.startedAt }.map(\.verdict)
    }
}
