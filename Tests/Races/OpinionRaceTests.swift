import Contracts
import Testing

@testable import DepartmentService
@testable import ReportingService

/// An assisting department's opinion and the end of the complaint (K09, S06): whichever comes first, the opinion is in the
/// record when it was given, and the end stands.
@Suite("An opinion and the end")
struct OpinionRaceTests {
    enum Order: CaseIterable, Sendable {
        /// Everybody has heard the opinion when the complaint ends.
        case opinionHeard
        /// The opinion is on the wire when the lead hears of the end.
        case opinionOnTheWire
        /// The assisting department has not heard of the end when it gives its opinion.
        case endOnTheWire
        /// The assisting department has heard of the end.
        case endHeard
    }

    /// In the place of the default pack's groups: nobody has to wait for an opinion.
    private static let unwaited = """
        groups:
          - id: major
            title: {zh-Hans: 重大投诉处理小组, en: Handling group}
            when: {field: severity, is: major}
            assisting: [customer-service]
            opinions: false
            headsConfirm: false
            onSite: false
            causes: false
        """

    private let opinion = WorkCommand.advise(opinion: "与客服无关")

    @Test(arguments: Order.allCases, [true, false])
    func theEndStandsAndTheOpinionIsKept(_ order: Order, byClosing: Bool) async throws {
        let company = try Company(sections: ["groups": Self.unwaited])
        let number = try await company.intake.accept("收到的手机第二天就黑屏了", amount: "12000")
        try await company.settle()
        let (quality, service) = (try company.quality, try company.department(Company.service))
        #expect(try await service.does(.acknowledge, on: number, by: "sun") == nil)
        try await company.step(number, [.acknowledge, .found()])
        if byClosing { try await carryOut(number, company) }
        try await run(order, number, company, service) {
            if byClosing {
                #expect(try await company.callback.survey(number, solved: true) == nil)
            } else {
                try await company.intake.withdraw(number)
            }
        }
        #expect(try await company.agreement(on: number) == (byClosing ? .closed : .withdrawn))
        try await expectOpinion(order != .endHeard, number, company)
        let lead = try #require(try await quality.order(number))
        #expect(lead.state == (byClosing ? .closed : .cancelled))
        #expect(try await service.order(number)?.stage == .cancelled(byClosing ? .closed : .withdrawn))
    }

    private func run(
        _ order: Order, _ number: TicketNumber, _ company: Company, _ service: DepartmentHouse,
        _ end: () async throws -> Void
    ) async throws {
        switch order {
        case .opinionHeard:
            #expect(try await service.does(opinion, on: number, by: "sun") == nil)
            try await company.settle()
            try await end()
        case .opinionOnTheWire:
            // Said, and not yet put on the wire: everybody else hears of the end before.
            #expect(try await service.does(opinion, on: number, by: "sun") == nil)
            try await end()
            for _ in 0..<3 {
                for station in company.stations where station.name != service.station.name {
                    try await station.speak()
                    while try await station.hear() {}
                }
            }
        case .endOnTheWire:
            try await end()
            try await company.settle(without: service.station)
            #expect(try await service.does(opinion, on: number, by: "sun") == nil)
        case .endHeard:
            try await end()
            try await company.settle()
            #expect(try await service.does(opinion, on: number, by: "sun") == "ended")
        }
        try await company.settle()
    }

    private func carryOut(_ number: TicketNumber, _ company: Company) async throws {
        try await company.step(number, [.solve("更换", due: company.tomorrow)])
        try await company.step(number, [.approve(1)], by: "zhao")
        #expect(try await company.callback.answer(number, 1, .accept) == nil)
        try await company.settle()
        try await company.step(number, [.implement(outcome: "已更换", completedAt: company.clock.now())])
    }

    /// The lead and the ticket have the opinion, or neither has.
    private func expectOpinion(_ isGiven: Bool, _ number: TicketNumber, _ company: Company) async throws {
        let held = try await company.quality.order(number)?.opinions.compactMap(\.text)
        let ticket = try await company.reporting.details(number)?.record.opinions.compactMap(\.opinion)
        #expect(held == (isGiven ? ["与客服无关"] : []))
        #expect(ticket == (isGiven ? ["与客服无关"] : []))
    }
}
