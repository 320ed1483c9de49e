import Contracts
import Foundation
import TestSupport
import Testing

@testable import Procedure
@testable import RoutingService

/// What a department is told with its case: limits, levels of approval, and the group.
@Suite("What case.assigned carries") struct CaseContentsTests {
    private let quality = Samples.department("product-quality")
    private let service = Samples.department("customer-service")
    private let finance = Samples.department("finance")

    /// The shipped pack with a level above the head and a group for major complaints.
    private func bench() throws -> RoutingBench {
        let office = ApprovalLevel(
            id: "office", title: LocalizedText(zhHans: "总经办", en: "General manager's office"), approver: "boss",
            signature: true)
        let head = ApprovalLevel(
            id: "head", title: LocalizedText(zhHans: "部门负责人", en: "Head"), approver: nil, signature: false)
        let major = Condition.test(ConditionTest(field: .severity, comparison: .isOneOf(["major"])))
        return try RoutingBench { pack in
            pack.approvals = Approvals(
                levels: [head, office],
                requirements: [
                    ApprovalRequirement(
                        id: "major", title: LocalizedText(zhHans: "重大投诉", en: "Major"), when: major,
                        compensationAbove: nil, remedies: [], levels: [office])
                ])
            pack.groups = [
                GroupRule(
                    id: "major", title: LocalizedText(zhHans: "处理小组", en: "Group"), when: major, lead: nil,
                    assisting: [], opinionsOwed: true, headsConfirm: true, management: ["boss"], managementWhen: nil,
                    presentsWith: service, verifiesOnSite: true, analysesCause: true)
            ]
        }
    }

    @Test("M15 K19 S07 The limits and levels of the pack come with the case")
    func authority() async throws {
        let bench = try bench()
        try await bench.receive()
        let general = try #require(try await bench.said(CaseAssigned.self).first)
        #expect(
            general.authority
                == bench.pack.authority(
                    for: bench.pack.graded(
                        general.complaint, category: general.category, severity: .general)))
        #expect(general.authority.stages?.map(\.level) == ["head"])
        #expect(general.group == nil)
        #expect(general.head == "product-quality.head")
        try await bench.receive(Samples.complaint(amount: "20000"), about: Samples.number(2))
        let major = try #require(try await bench.said(CaseAssigned.self).last)
        #expect(major.authority.stages?.map(\.level) == ["head", "office"])
        #expect(major.authority.stages?.last?.approver == "boss")
    }

    @Test("K08 K09 K10 The group goes to the lead and to every department that assists, and says what is owed")
    func group() async throws {
        let bench = try bench()
        try await bench.receive(Samples.complaint(amount: "20000"))
        let assigned = try await bench.said(CaseAssigned.self)
        #expect(assigned.map(\.department) == [quality, service, finance])
        let group = try #require(assigned.first?.group)
        #expect(assigned.allSatisfy { $0.group == group })
        #expect(group.lead == quality && group.leader == "product-quality.head")
        #expect(group.assisting == [service, finance])
        #expect(group.confirmations == ["product-quality.head", "customer-service.head", "finance.head"])
        #expect(group.management == ["boss"] && group.presentsWith == service)
        #expect(group.opinionsOwed && group.verifiesOnSite && group.analysesCause)
        #expect(assigned.map(\.head) == ["product-quality.head", "customer-service.head", "finance.head"])
        #expect(assigned[0].titles?["finance"]?.en == "Finance")
    }

    @Test(
        "K08 A person who assigns otherwise makes the group of those who hold the case, and nobody else is waited for")
    func byHand() async throws {
        let bench = try bench()
        try await bench.receive(Samples.complaint(amount: "20000", flags: ["injury"]))
        _ = try await bench.desk.assign(
            Samples.number(1), AssignmentOrder(department: finance, assisting: [service], reason: "涉及费用"),
            by: "coordinator", isSupervisor: false)
        let group = try #require(try await bench.said(CaseAssigned.self).first?.group)
        #expect(group.lead == finance && group.leader == "finance.head" && group.assisting == [service])
        #expect(group.confirmations == ["finance.head", "customer-service.head"])
    }

    @Test("K09 S06 Closing tells those who assisted that nothing is owed any more, and the lead nothing twice")
    func closing() async throws {
        let bench = try bench()
        try await bench.receive(Samples.complaint(amount: "20000"))
        let closed = ComplaintClosed(department: quality, outcome: .satisfied, by: .system("callback"))
        try await bench.hear(closed)
        try await bench.hear(closed)
        let cancelled = try await bench.said(CaseCancelled.self)
        #expect(cancelled.map(\.department) == [service, finance])
        #expect(cancelled.allSatisfy { $0.reason == .closed && $0.assignment == 1 })
        #expect(try await bench.state() == .closed)
    }
}
