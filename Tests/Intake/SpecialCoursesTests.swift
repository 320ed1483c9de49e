import Contracts
import Foundation
import IntakeService
import TestSupport
import Testing
import Web

/// What a car dealer's procedure asks for at intake.
enum Dealer {
    static let sections = [
        "outside": "outside: [{id: csc, title: {zh-Hans: 客服中心, en: CSC}}]",
        "upstream": """
        upstream:
          - {id: csc, title: {zh-Hans: CSC 工单, en: Work order}, channel: hotline, party: csc, numberRequired: true, answerWithin: 3 working days}
        """,
        "warnings": """
        warnings:
          recordedBy: [agent, handler]
          soothing: {zh-Hans: 先安抚，再解释, en: Soothe first}
          settleWithin: 2 working hours
        """,
        "enquiries": "enquiries: {onTheSpot: false, within: 1 working day}",
        "firstContact": "firstContact: {when: {field: severity, is: general}, compensationLimit: 50}",
    ]
}

@Suite struct SpecialCoursesTests {
    private func intake() throws -> IntakeFixture { try IntakeFixture(sections: Dealer.sections) }

    private func order(_ number: String?) -> String {
        let upstream = number.map { #""upstreamNumber": "\#($0)", "# } ?? ""
        return #"{"channel": "hotline", \#(upstream)"complainant": {"name": "周敏", "phone": "13900010001"}, "#
            + #""about": {"product": "轿车"}, "reason": "异响", "narrative": "车辆异响，反复维修", "request": "修好"}"#
    }

    @Test("V01 A work order from above needs its number, comes once, travels with it, and is found by it")
    func upstream() async throws {
        let intake = try intake()
        try await intake.serve { client in
            var agent = client
            agent.token = "agent-token"
            let path = "/intake/api/complaints"
            let missing = try await agent.post(path, json: order(nil))
            #expect(missing.status == 422)
            #expect(missing.pointers == ["/upstreamNumber"])
            #expect(try await agent.post(path, json: order("CSC-7")).status == 201)
            let again = try await agent.post(path, json: order("CSC-7"))
            #expect(again.status == 422)
            #expect(again.pointers == ["/upstreamNumber"])
            let desk = try await client.signedIn(as: .agent)
            #expect(try await desk.get("/intake/desk?channel=hotline").text.contains("上级工单号"))
            let found = try await desk.get("/intake/complaints?q=CSC-7")
            #expect(found.text.contains("C20261120-01-000001"))
            #expect(try await desk.get("/intake/complaints?q=CSC-8").text.contains("没有符合的投诉"))
            #expect(try await desk.get("/intake/complaints?q=139-0001-0001").text.contains("C20261120-01-000001"))
        }
        let said = try await intake.said(ComplaintReceived.self)
        #expect(said.map(\.payload.complaint.upstreamNumber) == ["CSC-7"])
    }

    @Test("V01 A withdrawn work order may be assigned again")
    func upstreamAgain() async throws {
        let intake = try intake()
        var draft = intake.draft()
        draft.upstreamNumber = "CSC-9"
        let first = try await intake.store.accept(draft)
        await #expect(throws: IntakeStore.UpstreamKnown.self) {
            try await intake.store.accept(draft)
        }
        _ = try await intake.store.add(.withdrawal(reason: nil), to: first.number, by: .customer)
        #expect(try await intake.store.accept(draft).number != first.number)
    }

    @Test("V02 Any employee records an early warning, without a way to reach the customer, and nothing else")
    func warnings() async throws {
        let intake = try intake()
        try await intake.serve { client in
            let handler = try await client.signedIn(as: .handler)
            let form = try await handler.get("/intake/warnings")
            #expect(form.text.contains("先安抚，再解释"))
            let csrf = try #require(form.hidden("csrf"))
            let fields = [
                ("csrf", csrf), ("key", "k"), ("reason", "等配件太久"), ("narrative", "客户在休息区抱怨等了两周"),
            ]
            let done = try await handler.post("/intake/warnings", form: fields)
            #expect(done.status == 303)
            #expect(try await handler.post("/intake/warnings", form: fields)["location"] == done["location"])
            let page = try await handler.get(try #require(done["location"]))
            #expect(page.text.contains("客户在休息区抱怨等了两周"))
            let refused = try await handler.post("/intake/warnings?lang=en", form: [("csrf", csrf), ("key", "x")])
            #expect(refused.status == 422)
            #expect(try await client.signedIn(as: .caller).get("/intake/warnings").status == 403)
            var program = client
            program.token = "handler-token"
            let body = #"{"kind": "complaint", "complainant": {"phone": "13900010001"}, "narrative": "异响"}"#
            #expect(try await program.post("/intake/api/complaints", json: body).status == 403)
        }
        let said = try await intake.said(ComplaintReceived.self)
        #expect(said.map(\.payload.complaint.kind) == [.warning])
        #expect(said.first?.payload.complaint.recordedBy == "handler")
        #expect(said.first?.payload.settledOutcome == nil)
    }

    @Test("V02 A warning that was soothed and explained on the spot is recorded as settled")
    func soothed() async throws {
        let intake = try intake()
        try await intake.serve { client in
            let agent = try await client.signedIn(as: .agent)
            let csrf = try #require(try await agent.get("/intake/warnings").hidden("csrf"))
            let done = try await agent.post(
                "/intake/warnings",
                form: [
                    ("csrf", csrf), ("key", "k"), ("reason", "费用疑问"), ("narrative", "对工时费不理解"),
                    ("settledOutcome", "已逐项解释，客户认可"),
                ])
            #expect(done.status == 303)
        }
        #expect(try await intake.said(ComplaintReceived.self).first?.payload.settledOutcome == "已逐项解释，客户认可")
    }

    @Test(
        "M05 S05 What may be settled or answered on the spot is the pack's to say",
        arguments: [
            ("complaint", "", "10.00", 201, []), ("complaint", "", "51.00", 422, ["/settledCompensation"]),
            ("complaint", #""amount": "20000.00", "#, "", 422, ["/settledOutcome"]),
            ("enquiry", "", "", 422, ["/settledOutcome"]),
        ])
    func firstContact(
        kind: String, amount: String, compensation: String, status: Int, pointers: [String]
    ) async throws {
        let intake = try intake()
        let given = compensation.isEmpty ? "" : #""settledCompensation": "\#(compensation)", "#
        let body =
            #"{"kind": "\#(kind)", \#(amount)\#(given)"channel": "web", "complainant": {"phone": "13900010001"}, "narrative": "锅盖碎了", "settledOutcome": "已换新"}"#
        let answer = try await intake.serve { client in
            var agent = client
            agent.token = "agent-token"
            return try await agent.post("/intake/api/complaints", json: body)
        }
        #expect(answer.status == status)
        if status == 422 { #expect(answer.pointers == pointers) }
        let outcome = try await intake.said(ComplaintReceived.self).first?.payload.settledOutcome
        #expect(outcome == (status == 201 ? "已换新（当场补偿 10.00）" : nil))
    }
}
