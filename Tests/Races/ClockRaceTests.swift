import Contracts
import Foundation
import Testing

@testable import DepartmentService
@testable import ReportingService
@testable import RoutingService

/// A clock (时限) runs out while the news that it was stopped is on the wire. It is judged by when things happened: on time is
/// on time on every service, and what was said too early is known for what it was.
@Suite("A clock and its stop on the wire")
struct ClockRaceTests {
    /// Moves the clock to so many seconds after a running clock of Routing's is due.
    private func pass(_ seconds: TimeInterval, _ clock: String, _ number: TicketNumber, _ company: Company) async throws
    {
        let running = try #require(
            try await company.routing.dossier(number)?.clocks.first {
                $0.deadline.clock == clock && $0.stoppedAt == nil
            })
        let instant = running.deadline.dueAt.addingTimeInterval(seconds)
        company.pass(instant.timeIntervalSince(company.clock.now()))
    }

    enum Order: CaseIterable, Sendable {
        /// The clock looks at the time after the news has come.
        case newsFirst
        /// The clock runs out, is said to have, and the department hears that before Routing hears its news.
        case clockFirst
    }

    /// Signed for ten seconds before or after the end.
    @Test(arguments: Order.allCases, [true, false])
    func signing(_ order: Order, inTime: Bool) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .assigned)
        let quality = try company.quality
        try await pass(inTime ? -10 : 10, "sign-off", number, company)
        #expect(try await quality.does(.acknowledge, on: number) == nil)
        company.pass(20)
        try await raceClock(order, company)
        #expect(try await company.agreement(on: number) == .working)
        let verdict = Run.Verdict.kept
        let runs = try await company.reporting.runs(number, at: company.clock.now()).filter { $0.clock == "sign-off" }
        #expect(runs.map(\.verdict) == [inTime ? verdict : .missed])
        #expect(try await !company.routing.pressing(number).contains("sign-off"))
        try await expectUrgings(inTime && order == .newsFirst ? 0 : order == .newsFirst ? 0 : 1, number, company)
        let history = try await company.routing.history(number)
        #expect(history.contains("deadline.kept") == (inTime && order == .clockFirst))
        #expect(history.contains("deadline.missed") == !(inTime && order == .newsFirst))
    }

    /// The customer's agreement stops no clock that urges a department, but the end of the complaint stops all.
    @Test(arguments: Order.allCases)
    func theEndOfTheComplaint(_ order: Order) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .agreed)
        try await pass(-10, "implementation", number, company)
        try await company.intake.withdraw(number)
        company.pass(20)
        try await raceClock(order, company)
        #expect(try await company.agreement(on: number) == .withdrawn)
        #expect(try await company.quality.order(number)?.state == .cancelled)
    }

    /// The customer is asked for something before the clock runs out: it stands still from then on (W18).
    @Test(arguments: Order.allCases)
    func aPause(_ order: Order) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .investigated)
        let quality = try company.quality
        try await pass(-600, "solution", number, company)
        #expect(try await quality.does(.ask(question: "请提供发票照片"), on: number) == nil)
        company.pass(1200)
        try await raceClock(order, company)
        company.pass(3600)
        try await company.callback.inform(number, "发票在此")
        try await company.settle()
        try await company.step(number, [.solve("更换同型号新机", due: company.tomorrow)])
        #expect(try await company.agreement(on: number) == .withCustomer)
        let runs = try await company.routing.runs(number, at: company.clock.now()).filter { $0.clock == "solution" }
        #expect(runs.map(\.verdict) == [.kept])
        // The department sees the time that it was given back.
        let due = try #require(
            try await company.routing.dossier(number)?.clocks.first { $0.deadline.clock == "solution" }?.deadline.dueAt)
        let held = try #require(
            try await quality.order(number)?.assignment.deadlines.first { $0.clock == "solution" }?.dueAt)
        #expect(held.milliseconds == due.milliseconds)
    }

    /// The stop is a word of Callback's that tells of an earlier instant: the customer was told before it was noted (S08).
    @Test(arguments: Order.allCases)
    func aStopThatTellsOfEarlier(_ order: Order) async throws {
        let company = try Company(sections: [
            "clocks": """
            clocks:
              - id: telling
                title: {zh-Hans: 告知客户, en: Telling the customer}
                starts: solution.proposed
                stops: [solution.presented, case.cancelled]
                within: 1 working hour
                warn: [50]
            """,
            // The shipped steps speak of clocks that are not there now.
            "steps": """
            steps:
              - step: "1"
                title: {zh-Hans: 投诉接收, en: Received}
                by: {zh-Hans: 客户服务部, en: Customer service}
                on: [complaint.received]
            """,
        ])
        let number = try await company.complaint(at: .proposed)
        try await pass(-600, "telling", number, company)
        let told = company.clock.now()
        company.pass(1200)
        if order == .clockFirst {
            try await company.look()
            try await company.settle()
        }
        try await company.callback.tell(number, 1, at: told)
        try await company.settle()
        try await company.look()
        try await company.settle()
        #expect(try await company.agreement(on: number) == .withCustomer)
        let runs = try await company.routing.runs(number, at: company.clock.now())
        #expect(runs.map(\.verdict) == [.kept])
    }

    /// The news is with the department's outbox; the clock looks before or after Routing hears it.
    private func raceClock(_ order: Order, _ company: Company) async throws {
        switch order {
        case .newsFirst:
            try await company.settle()
            try await company.look()
        case .clockFirst:
            try await company.look()
            try await company.settle(without: company.routing.station)
        }
        try await company.settle()
    }

    /// How often it was urged is the same on all services: what was said was said.
    private func expectUrgings(_ count: Int, _ number: TicketNumber, _ company: Company) async throws {
        let routing = try await company.routing.history(number)
        #expect(routing.filter { $0 == "case.urged" }.count == count)
        #expect(try await company.quality.order(number)?.urgings == count)
        #expect(try await company.reporting.details(number)?.summary.urgings == count)
    }
}
