import Contracts
import Foundation
import TestSupport
import Testing

@testable import RoutingService

@Suite("Early warnings")
struct WarningTests {
    let bench: RoutingBench

    init() throws { bench = try RoutingBench(pack: "dealer-aftersales") }

    private func warning(_ narrative: String, flags: [String] = []) -> Complaint {
        Samples.complaint(narrative, kind: .warning, flags: flags).by("employee")
    }

    @Test("V02 A warning waits for an adviser; soothed and explained, the customer is followed up and it is over")
    func soothed() async throws {
        try await bench.receive(warning("客户抱怨保养等待时间太久"))
        #expect(try await bench.state() == .awaitingAnswer)
        #expect(try await bench.owed() == ["warnings.settleWithin → service"])
        let open = try await bench.store.openWarnings()
        #expect(open.map(\.record.number) == [Samples.number(1)])
        let record = try await bench.desk.settleWarning(Samples.number(1), words: "已解释并赠送洗车", by: "service.adviser")
        #expect(record.state == .answered)
        #expect(try await bench.owed() == [])
        #expect(try await bench.said(ComplaintAnswered.self).map(\.by.name) == ["service.adviser"])
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.settleWarning(Samples.number(1), words: "再来", by: "service.adviser")
        }
    }

    @Test(
        "V03 V13 What the adviser cannot settle goes to the manager of that department",
        arguments: [
            ("客户抱怨保养等待时间太久", "service", "service.manager"), ("提车时销售承诺的赠品没有兑现", "sales", "retail.manager"),
        ])
    func passedOn(narrative: String, department: String, manager: String) async throws {
        try await bench.receive(warning(narrative))
        let record = try await bench.desk.passOnWarning(Samples.number(1), reason: "客户要求经理出面", by: "adviser")
        #expect(record.state == .awaitingAcknowledgement)
        #expect(record.owner == manager)
        let assigned = try #require(try await bench.said(CaseAssigned.self).first)
        #expect(assigned.department.text == department)
        #expect(assigned.owner == manager)
        #expect(assigned.reason == "客户要求经理出面")
        #expect(try await !bench.owed().contains { $0.hasPrefix("warnings.settleWithin") })
    }

    @Test("V03 A warning that nobody settles in time is missed")
    func missed() async throws {
        try await bench.receive(warning("客户抱怨保养等待时间太久"))
        bench.clock.advance(by: 4 * 3600)
        try await bench.watch()
        #expect(try await bench.said(DeadlineMissed.self).contains { $0.deadline.clock == "warnings.settleWithin" })
    }

    @Test(
        "V04 A warning for want of a part goes to the parts manager at once; the part is registered until it is there")
    func parts() async throws {
        try await bench.receive(warning("缺配件，门锁总成没有配件"))
        let assigned = try #require(try await bench.said(CaseAssigned.self).first { $0.role == .lead })
        #expect(assigned.department.text == "parts")
        #expect(assigned.owner == "parts.manager")
        #expect(try await bench.owed() == ["warnings.parts.tracking → parts"])
        let expected = bench.clock.now().addingTimeInterval(86_400)
        let order = PartOrder(part: "门锁总成", way: "紧急订货", reference: "PO-1", expectedAt: expected)
        let parts = try await bench.desk.order(order, for: Samples.number(1), by: "parts.clerk")
        #expect(parts.map(\.reference) == ["PO-1"])
        _ = try await bench.desk.order(
            PartOrder(part: "门锁电机", way: "借调"), for: Samples.number(1), by: "parts.clerk")
        _ = try await bench.desk.arrive(parts[0].id, by: "parts.clerk")
        #expect(try await bench.owed() == ["warnings.parts.tracking → parts"])
        _ = try await bench.desk.arrive(parts[0].id + 1, by: "parts.clerk")
        #expect(try await bench.owed() == [])
        let arrivals = try #require(try await bench.store.dossier(Samples.number(1))).history
            .filter { $0.event == "part.arrived" }
        #expect(arrivals.count == 2)
        let ordered = try await bench.said(PartOrdered.self)
        #expect(ordered.map(\.part) == ["门锁总成", "门锁电机"] && ordered.map(\.way) == ["紧急订货", "借调"])
        #expect(ordered.map(\.expectedAt) == [expected, nil])
        #expect(try await bench.said(PartArrived.self).map(\.part) == ["门锁总成", "门锁电机"])
        try await bench.receive(Samples.complaint("空调有异响"), about: Samples.number(2))
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.order(order, for: Samples.number(2), by: "parts.clerk")
        }
    }

    @Test("V04 A long wait for a part is escalated to the parts centre in writing, and said to be missed once")
    func longWait() async throws {
        try await bench.receive(warning("缺配件，门锁总成没有配件"))
        bench.clock.advance(by: 8 * 86_400)
        for _ in 1...2 { try await bench.watch() }
        let owed = try await bench.owed()
        #expect(owed.contains("warnings.parts → parts-centre"))
        #expect(owed.contains("warnings.parts → headquarters"))
        let raised = try await bench.duties().filter { $0.duty.rule == "warnings.parts" }
        #expect(raised.allSatisfy { $0.duty.form == .written && $0.duty.purpose == .support })
        #expect(raised.count == 2)
    }

    @Test("V04 A grave want of parts is escalated at once")
    func grave() async throws {
        try await bench.receive(warning("缺配件，等了多次没有配件", flags: ["safety"]))
        #expect(try await bench.record().severity == .major)
        #expect(try await bench.owed().contains("warnings.parts → parts-centre"))
    }
}
