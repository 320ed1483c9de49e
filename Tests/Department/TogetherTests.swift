import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import DepartmentService

@Suite("Group complaints and emergencies in a department")
struct TogetherTests {
    let department: TestDepartment
    let members: [TicketNumber]

    init() throws {
        department = try TestDepartment()
        members = try [2, 3].map { try #require(TicketNumber(String(format: "C20261121-01-%06d", 900 + $0))) }
    }

    private func hear(_ event: any Event, about number: TicketNumber) async throws -> Outcome {
        try #require(try await department.handler.handle([try TestMessages.wire(event, about: number)]).first)
    }

    private func state(_ number: TicketNumber) async throws -> WorkState? {
        try await department.database.read { try WorkOrders.find(number, in: $0)?.state }
    }

    private func group() async throws {
        let lead = department.samples.number
        for number in [lead] + members {
            let grouped = ComplaintGrouped(
                group: lead.text, members: [lead] + members, by: .staff("c"), department: department.samples.quality)
            #expect(try await hear(grouped, about: number) == .handled)
            #expect(try await hear(grouped, about: number) == .duplicate)
            #expect(try await hear(department.samples.assigned(), about: number) == .handled)
        }
    }

    @Test("S16 What is done about the leading complaint is done about the others; each customer gets the proposal")
    func together() async throws {
        try await group()
        let store = DepartmentStore(department.database, clock: department.clock)
        let lead = department.samples.number
        _ = try await store.perform(.acknowledge, on: lead, by: Samples.handler)
        #expect(try await state(members[0]) == .investigating)
        _ = try await store.perform(.investigate(Samples.findings), on: lead, by: Samples.handler)
        _ = try await store.perform(.draft(Samples.draft), on: lead, by: Samples.handler)
        let states = [try await state(lead), try await state(members[0]), try await state(members[1])]
        #expect(Set(states).count == 1)
        #expect(states[0] == .proposed || states[0] == .awaitingApproval)
        let said = try await department.said()
        let last = states[0] == .proposed ? "solution.proposed" : "solution.drafted"
        #expect(said.filter { $0.hasPrefix(last) }.count == 3)
    }

    @Test("S16 A member that joins late is brought to where the lead is; what is alone stays alone")
    func late() async throws {
        let store = DepartmentStore(department.database, clock: department.clock)
        let lead = department.samples.number
        #expect(try await hear(department.samples.assigned(), about: lead) == .handled)
        _ = try await store.perform(.acknowledge, on: lead, by: Samples.handler)
        _ = try await store.perform(.investigate(Samples.findings), on: lead, by: Samples.handler)
        #expect(try await hear(department.samples.assigned(), about: members[0]) == .handled)
        for number in [lead, members[0]] {
            _ = try await hear(
                ComplaintGrouped(
                    group: lead.text, members: [lead, members[0]], by: .staff("c"),
                    department: department.samples.quality), about: number)
        }
        #expect(try await state(members[0]) == .assigned)
        _ = try await store.perform(.draft(Samples.draft), on: lead, by: Samples.handler)
        let (first, second) = (try await state(lead), try await state(members[0]))
        #expect(first == second)
        // What a person does about a member stays with that member.
        let alone = try #require(TicketNumber("C20261121-01-000999"))
        #expect(try await hear(department.samples.assigned(), about: alone) == .handled)
        _ = try await store.perform(.acknowledge, on: alone, by: Samples.handler)
        #expect(try await state(alone) == .investigating)
        #expect(try await state(lead) == first)
    }

    @Test("S04 W05 The emergency team is called once, reports once, and says so")
    func emergency() async throws {
        let number = members[0]
        let call = EmergencyCalled(
            department: department.samples.quality, title: LocalizedText(zhHans: "应急", en: "Emergency"),
            measures: LocalizedText(zhHans: "立即到场", en: "Go there"), complaint: department.samples.assigned().complaint,
            severity: .major, by: .system("p"))
        #expect(try await hear(call, about: number) == .handled)
        #expect(try await hear(call, about: number) == .duplicate)
        let store = DepartmentStore(department.database, clock: department.clock)
        #expect(try await store.emergencies().map(\.attendedAt) == [nil])
        #expect(try await store.attend(number, report: "已到场", by: Samples.handler))
        #expect(try await store.attend(number, report: "再报", by: Samples.handler))
        #expect(try await store.emergencies().allSatisfy { $0.attendedAt != nil })
        #expect(try await store.emergencies().map(\.report) == ["已到场"])
        #expect(try await department.said().filter { $0.hasPrefix("emergency.attended") }.count == 1)
        let other = try #require(TicketNumber("C20261121-01-000998"))
        #expect(try await !store.attend(other, report: "没有这件", by: Samples.handler))
    }

    @Test(
        "S04 The team's page shows the emergency in both languages and takes the report", arguments: ["zh-Hans", "en"])
    func page(language: String) async throws {
        let desk = try TestDesk()
        let call = EmergencyCalled(
            department: desk.department.samples.quality, title: LocalizedText(zhHans: "应急", en: "Emergency"),
            measures: LocalizedText(zhHans: "立即到场", en: "Go there"),
            complaint: desk.department.samples.assigned().complaint, severity: .major, by: .system("p"))
        _ = try await desk.department.hear(call)
        try await desk.serve { client async throws in
            let wang = try await client.named("wang")
            let path = "/departments/quality/emergencies"
            let page = try await wang.get("\(path)?lang=\(language)")
            #expect(page.status == 200)
            #expect(page.text.contains(language == "en" ? "Go there" : "立即到场"))
            #expect(!page.text.contains("⟦"))
            let csrf = try #require(page.hidden("csrf"))
            let report = "\(path)/\(desk.department.samples.number)"
            #expect(try await wang.post(report, form: [("csrf", csrf), ("report", "")]).status == 422)
            #expect(try await wang.post(report, form: [("csrf", csrf), ("report", "已关闭总阀")]).status == 303)
            #expect(try await wang.get(path).text.contains("已关闭总阀"))
            #expect(try await client.named("sun").get(path).status == 403)
            // Who goes there reaches the customer; who only looks does not (M18).
            #expect(page.text.contains("陈女士") && page.text.contains("13800138000"))
            for name in ["gu", "general-manager"] {
                let seen = try await client.named(name).get(path)
                #expect(seen.text.contains("138****8000"), "\(name)")
                #expect(!seen.text.contains("13800138000") && !seen.text.contains("陈女士"), "\(name)")
            }
        }
    }
}
