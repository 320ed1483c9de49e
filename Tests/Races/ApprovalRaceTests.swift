import Contracts
import Testing

@testable import DepartmentService
@testable import ReportingService

/// Two heads decide about the same solution at once (M15). The first decision stands, on every service.
@Suite("Two heads decide at once")
struct ApprovalRaceTests {
    enum Vote: String, Sendable, CaseIterable {
        case approves, refuses

        func command(_ version: Int?) -> WorkCommand {
            switch self {
            case .approves: .approve(version)
            case .refuses: .refuse(version)
            }
        }
    }

    /// Who decides first, what each says, and whether their pages say which version they looked at.
    static let races: [(Vote, Vote, Int?)] = [Int?.none, 1].flatMap { version in
        Vote.allCases.flatMap { first in Vote.allCases.map { (first, $0, version) } }
    }

    @Test(arguments: races)
    func theFirstDecisionStands(_ first: Vote, _ second: Vote, _ version: Int?) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .awaitingApproval)
        let quality = try company.quality
        #expect(try await quality.does(first.command(version), on: number, by: "zhao") == nil)
        // The news of the first decision may have come to the others, or be on the wire still.
        let late = try await quality.does(second.command(version), on: number, by: "qian")
        // Two refusals with the same reason say the same; whatever else the second says comes too late.
        #expect((late == nil) == (first == .refuses && second == .refuses))
        try await company.settle()
        try await expectEnd(of: first, by: "zhao", number, company)
    }

    /// Both press at the same moment: whose transaction comes first is the store's to say.
    @Test(arguments: Vote.allCases, Vote.allCases)
    func bothAtTheSameMoment(_ one: Vote, _ other: Vote) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .awaitingApproval)
        let quality = try company.quality
        async let zhao = quality.does(one.command(1), on: number, by: "zhao")
        async let qian = quality.does(other.command(1), on: number, by: "qian")
        let answers = try await (zhao, qian)
        let heads = [("zhao", one, answers.0), ("qian", other, answers.1)]
        let decided = try await quality.history(number).filter { [.approved, .refused].contains($0) }
        #expect(decided.count == 1)
        let winner = try #require(heads.first { $0.2 == nil })
        if (one, other) != (.refuses, .refuses) { #expect(heads.filter { $0.2 == nil }.count == 1) }
        try await company.settle()
        if (one, other) == (.refuses, .refuses) {
            try await company.agreement(on: number)
        } else {
            try await expectEnd(of: winner.1, by: winner.0, number, company)
        }
    }

    /// A head whose page still shows the refused version decides nothing about the next one.
    @Test(arguments: Vote.allCases)
    func aDecisionIsAboutTheVersionThatWasLookedAt(_ late: Vote) async throws {
        let company = try Company()
        let number = try await company.complaint(at: .awaitingApproval)
        let quality = try company.quality
        try await company.step(number, [.refuse(1)], by: "zhao")
        try await company.step(number, [.solve("退货退款", "700.00", due: company.tomorrow)])
        #expect(try await quality.does(late.command(1), on: number, by: "qian") == "otherVersion")
        try await company.settle()
        #expect(try await company.agreement(on: number) == .approving)
        #expect(try await quality.order(number)?.stage.solution?.version == 2)
    }

    private func expectEnd(of vote: Vote, by head: String, _ number: TicketNumber, _ company: Company) async throws {
        let stand = try await company.agreement(on: number)
        #expect(stand == (vote == .approves ? .withCustomer : .working))
        let version = try #require(try await company.reporting.details(number)?.record.solutions.first)
        let callback = try #require(try await company.callback.record(number))
        let said = try await company.routing.history(number)
        #expect(said.filter { $0 == "solution.approved" }.count == (vote == .approves ? 1 : 0))
        #expect(said.filter { $0 == "solution.refused" }.count == (vote == .refuses ? 1 : 0))
        switch vote {
        case .approves:
            #expect(version.approvedBy == .staff(head) && version.refusedBy == nil)
            #expect(version.approvals.map(\.by) == [head])
            #expect(callback.standing == .proposed && callback.standingCount == 1)
        case .refuses:
            #expect(version.refusedBy == .staff(head) && version.approvedBy == nil && version.proposedAt == nil)
            #expect(callback.standing == .inProgress)
        }
    }
}
