import Contracts
import Foundation
import TestSupport
import Testing

@testable import RoutingService

@Suite("Group complaints")
struct GroupTests {
    let bench: RoutingBench

    init() throws { bench = try RoutingBench(pack: "sunshine-property") }

    private func receive(_ count: Int) async throws {
        for index in 1...count {
            var complaint = Samples.complaint("交付的房屋墙面渗水，\(index) 号楼").by("phone")
            complaint.complainant.phone = "1380000000\(index)"
            try await bench.receive(complaint, about: Samples.number(index))
        }
    }

    private func group(_ members: [Int] = [2, 3]) async throws -> ComplaintRecord {
        try await bench.desk.group(
            Samples.number(1), with: members.map(Samples.number), reason: "同一楼盘渗水", by: "coordinator")
    }

    @Test("S16 Several complaints are handled under one; everybody is told, headquarters gets a report")
    func grouped() async throws {
        try await receive(3)
        let lead = try await group()
        let numbers = [1, 2, 3].map(Samples.number)
        let said = try await bench.said(ComplaintGrouped.self)
        #expect(said.count == 3)
        #expect(said.allSatisfy { $0.members == numbers && $0.group == numbers[0].text })
        #expect(lead.severity == .major)
        #expect(lead.explanations.contains { $0.rule == "grading.group" })
        #expect(try await bench.owed().contains("raising.grave → headquarters"))
        #expect(try #require(try await bench.store.dossier(numbers[1])).group.map(\.number) == numbers)
    }

    @Test("S16 The members go where the lead goes, to the same person, also when it is given to somebody else later")
    func follows() async throws {
        try await receive(3)
        _ = try await group()
        _ = try await bench.desk.assign(
            Samples.number(1),
            AssignmentOrder(department: Samples.department("property"), assisting: [], reason: "物业牵头"), by: "c",
            isSupervisor: true)
        let lead = try await bench.record()
        #expect(lead.handling?.lead.text == "property")
        for index in [2, 3] {
            let member = try await bench.record(Samples.number(index))
            #expect(member.handling?.lead.text == "property", "\(index)")
            #expect(member.owner == lead.owner)
            #expect(member.explanations.contains { $0.facts["lead"] == Samples.number(1).text })
        }
    }

    @Test("S16 What becomes graver by its group while a department holds it is handled anew as the severity has it")
    func graverInHand() async throws {
        try await receive(3)
        let engineering = Samples.department("engineering")
        _ = try await bench.desk.assign(
            Samples.number(1), AssignmentOrder(department: engineering, assisting: [], reason: "渗水"), by: "c",
            isSupervisor: false)
        try await bench.hear(CaseAcknowledged(department: engineering, assignment: 1, by: .staff("a")))
        let before = try #require(try await bench.said(CaseAssigned.self).last)
        #expect(before.severity != .major && before.group == nil)
        let lead = try await group()
        #expect(lead.handling?.lead == engineering && lead.handling?.assignment == 2)
        #expect(lead.handling?.phase == .awaitingAcknowledgement)
        #expect(lead.owner == before.owner)
        let again = try await bench.said(CaseAssigned.self).filter { $0.assignment == 2 }
        #expect(again.map(\.severity).allSatisfy { $0 == .major })
        #expect(again.first?.authority != before.authority)
        #expect(again.first?.group != nil)
        #expect(Set(again.map(\.department)) == Set(try #require(lead.handling).holders))
        #expect(try await bench.said(CaseCancelled.self).map(\.assignment) == [1])
        #expect(try await bench.said(ComplaintGrouped.self).count == 3)
        for index in [2, 3] {
            #expect(try await bench.record(Samples.number(index)).handling?.lead == engineering)
        }
        // One more member makes it no graver: nothing is assigned again.
        try await bench.receive(Samples.complaint("墙面渗水").by("phone"), about: Samples.number(4))
        #expect(try await group([4]).handling?.assignment == 2)
    }

    @Test("S16 Each customer's complaint is closed by itself; the lead's end does not close the others")
    func closedIndividually() async throws {
        try await receive(3)
        _ = try await group()
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")), about: Samples.number(2))
        #expect(try await bench.state(of: Samples.number(2)) == .closed)
        #expect(try await bench.state(of: Samples.number(1)) != .closed)
        #expect(try await bench.state(of: Samples.number(3)) != .closed)
    }

    @Test("S16 When the leading customer withdraws, the next complaint leads")
    func newLead() async throws {
        try await receive(3)
        _ = try await group()
        try await bench.hear(ComplaintWithdrawn(reason: nil, by: .customer))
        #expect(try await bench.record(Samples.number(3)).groupLead == Samples.number(2))
        #expect(try await bench.record(Samples.number(2)).groupLead == Samples.number(2))
    }

    @Test("S16 What cannot be handled together is refused by name")
    func refused() async throws {
        try await receive(4)
        _ = try await group()
        await #expect(throws: GroupRules.Rejection.alone) { try await group([1]) }
        await #expect(throws: GroupRules.Rejection.alone) { try await group([2, 3]) }
        await #expect(throws: GroupRules.Rejection.inAnotherGroup(Samples.number(1))) {
            try await bench.desk.group(Samples.number(4), with: [Samples.number(1)], reason: "x", by: "c")
        }
        await #expect(throws: DeskRefusal.self) { try await group([99]) }
        try await bench.hear(ComplaintWithdrawn(reason: nil, by: .customer), about: Samples.number(4))
        await #expect(throws: GroupRules.Rejection.notOpen(Samples.number(4))) { try await group([4]) }
        try await bench.receive(Samples.complaint("怎么交费", kind: .enquiry), about: Samples.number(5))
        await #expect(throws: GroupRules.Rejection.notAComplaint(Samples.number(5))) { try await group([5]) }
    }
}
