import Contracts
import Foundation
import Testing

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

    /// What Routing knows of the runs of a clock, the first run first.
    private func verdicts(_ clock: String, _ number: TicketNumber, _ company: Company) async throws -> [Run.Verdict] {
        try await company.routing.runs(number, at: company.clock.now()).filter { $0.clock == clock }
            .sorted { $0.startedAt < $1.startedAt }.map(\.verdict)
    }
}
