import Contracts
import Foundation
import Hummingbird
import TestSupport
import Testing
import Web

@testable import RoutingService

@Suite("Pages and API of warnings, duties, parts, groups and reports of misconduct")
struct CourseWebTests {
    @Test("V01 V02 V04 V06 Every page is there in both languages", arguments: Language.allCases)
    func pages(language: Language) async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales")
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]).by("csc", upstream: "CSC-1"))
        try await bench.receive(
            Samples.complaint("保养等待太久", kind: .warning).by("employee"), about: Samples.number(2))
        try await bench.receive(
            Samples.complaint("缺配件，门锁没有配件", kind: .warning).by("employee"), about: Samples.number(3))
        _ = try await bench.desk.order(
            PartOrder(part: "门锁", way: "借调", expectedAt: bench.clock.now()), for: Samples.number(3), by: "p")
        let duty = try #require(try await bench.duties().first { $0.duty.form == .written })
        _ = try await bench.desk.write(duty.id, subject: "报告", body: "正文")
        _ = try await bench.desk.fulfil(duty.id, way: "邮件", note: "附照片", by: "c")
        _ = try await bench.desk.answer(duty.id, "收到", by: "c")
        try await bench.serve { client async throws in
            let desk = try await client.signedIn(as: .coordinator)
            let paths = [
                "/routing/", "/routing/duties", "/routing/duties?view=overdue",
                "/routing/duties?view=done&kind=raising",
                "/routing/duties/\(duty.id)", "/routing/duties/\(duty.id)/document", "/routing/duties/\(duty.id + 1)",
                "/routing/warnings", "/routing/parts", "/routing/complaints/\(Samples.number(1))",
                "/routing/complaints/\(Samples.number(3))",
            ]
            for path in paths {
                let page = try await desk.get("\(path)\(path.contains("?") ? "&" : "?")lang=\(language.tag)")
                #expect(page.status == 200, "\(path)")
                #expect(!page.text.contains("⟦"), "\(path)")
            }
            #expect(try await desk.get("/routing/complaints/\(Samples.number(1))").text.contains("CSC-1"))
            let found = try await desk.get("/routing/find?number=CSC-1")
            #expect(found["location"] == "/routing/complaints/\(Samples.number(1))")
        }
    }

    @Test("V06 The desk writes, prints and sends the report, and records the answer, in forms")
    func dutyForms() async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales")
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]))
        let duty = try #require(try await bench.duties().first { $0.duty.form == .written })
        try await bench.serve { client async throws in
            let path = "/routing/duties/\(duty.id)"
            let desk = try await client.signedIn(as: .coordinator)
            let page = try await desk.get(path)
            #expect(page.text.contains("碰撞时安全气囊未弹出"))
            let csrf = try #require(page.hidden("csrf"))
            let empty = try await desk.post(path + "/document", form: [("csrf", csrf), ("subject", ""), ("body", "正")])
            #expect(empty.status == 422)
            let written = try await desk.post(
                path + "/document", form: [("csrf", csrf), ("subject", "重大质量报告"), ("body", "气囊未弹出，请指示。")])
            #expect(written.status == 303)
            #expect(try await desk.get(path + "/document").text.contains("气囊未弹出，请指示。"))
            #expect(try await desk.post(path + "/fulfilment", form: [("csrf", csrf), ("way", " ")]).status == 422)
            #expect(try await desk.post(path + "/fulfilment", form: [("csrf", csrf), ("way", "邮件")]).status == 303)
            #expect(try await desk.post(path + "/answer", form: [("csrf", csrf), ("answer", "停用车辆")]).status == 303)
            #expect(try await desk.get(path).text.contains("停用车辆"))
            #expect(try await client.signedIn(as: .handler).get(path).status == 403)
        }
        #expect(try await bench.duties().first { $0.id == duty.id }?.doneBy == "coordinator")
    }

    @Test("V06 Programs read and fulfil what is owed; what is wrong is named, what is over is 409")
    func dutyAPI() async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales")
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]))
        let duty = try #require(try await bench.duties().first { $0.duty.form == .written })
        try await bench.serve { client async throws in
            let desk = client.program(.coordinator)
            let path = "/routing/api/duties/\(duty.id)"
            #expect(try await desk.get("/routing/api/duties?kind=raising").text.contains("technical-service"))
            #expect(try await desk.get("/routing/api/duties?kind=love").status == 422)
            #expect(try await desk.post(path + "/fulfilment", json: "{}").pointers == ["/way"])
            #expect(try await desk.post(path + "/answer", json: #"{"answer": "x"}"#).status == 409)
            #expect(try await desk.post(path + "/fulfilment", json: #"{"way": "邮件"}"#).status == 409)
            let report = #"{"subject": "重大质量报告", "body": "正文"}"#
            #expect(
                try await desk.send(
                    "PUT", path + "/document", headers: ["Content-Type": "application/json"], body: Data(report.utf8)
                ).status == 200)
            let done = try await desk.post(path + "/fulfilment", json: #"{"way": "邮件", "note": "附件两份"}"#)
            #expect(done.json["doneBy"] as? String == "coordinator-program")
            #expect(try await desk.post(path + "/fulfilment", json: #"{"way": "快递"}"#).status == 409)
            #expect(try await desk.post("/routing/api/duties/999/answer", json: #"{"answer": "x"}"#).status == 404)
            #expect(try await client.program(.handler).post(path + "/answer", json: "{}").status == 403)
        }
    }

    @Test("V02 V03 An adviser, who is no agent, settles warnings and passes them on")
    func warnings() async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales")
        for counter in 1...2 {
            try await bench.receive(
                Samples.complaint("保养等待太久", kind: .warning).by("employee"), about: Samples.number(counter))
        }
        try await bench.serve { client async throws in
            let adviser = try await client.signedIn(as: .handler)
            let page = try await adviser.get("/routing/warnings")
            #expect(page.text.contains(Samples.number(1).text))
            let csrf = try #require(page.hidden("csrf"))
            let path = "/routing/warnings/\(Samples.number(1))"
            #expect(try await adviser.post(path, form: [("csrf", csrf), ("verdict", "settled")]).status == 422)
            let done = try await adviser.post(
                path, form: [("csrf", csrf), ("verdict", "settled"), ("words", "已解释")])
            #expect(done.status == 303)
            let passed = try await client.program(.handler).post(
                "/routing/api/complaints/\(Samples.number(2))/warning",
                json: #"{"verdict": "passedOn", "words": "要求经理出面"}"#)
            #expect(passed.json["owner"] as? String == "service.manager")
            let again = try await client.program(.handler).post(
                "/routing/api/complaints/\(Samples.number(2))/warning", json: #"{"verdict": "settled", "words": "x"}"#)
            #expect(again.status == 409)
        }
        #expect(try await bench.state() == .answered)
    }

    @Test("S16 A group is made at the desk; wrong members are named")
    func group() async throws {
        let bench = try RoutingBench(pack: "sunshine-property")
        for counter in 1...3 {
            try await bench.receive(Samples.complaint("墙面渗水").by("phone"), about: Samples.number(counter))
        }
        try await bench.serve { client async throws in
            let path = "/routing/api/complaints/\(Samples.number(1))/group"
            let desk = client.program(.coordinator)
            for body in [
                #"{"reason": "x"}"#, #"{"members": ["7"], "reason": "x"}"#,
                #"{"members": ["\#(Samples.number(9))"], "reason": "x"}"#,
                #"{"members": ["\#(Samples.number(1))"], "reason": "x"}"#,
            ] {
                #expect(try await desk.post(path, json: body).pointers == ["/members"], "\(body)")
            }
            #expect(try await client.program(.agent).post(path, json: "{}").status == 403)
            let page = try await client.signedIn(as: .coordinator).get("/routing/complaints/\(Samples.number(1))")
            let csrf = try #require(page.hidden("csrf"))
            let done = try await client.signedIn(as: .coordinator).post(
                "/routing/complaints/\(Samples.number(1))/group",
                form: [
                    ("csrf", csrf), ("members", "\(Samples.number(2))\n\(Samples.number(3))"), ("groupReason", "同一楼盘"),
                ])
            #expect([303, 403].contains(done.status))
            let answer = try await desk.post(
                path, json: #"{"members": ["\#(Samples.number(2))", "\#(Samples.number(3))"], "reason": "同一楼盘"}"#)
            #expect(answer.status == (done.status == 303 ? 422 : 200))
            let dossier = try await desk.get("/routing/api/complaints/\(Samples.number(3))")
            #expect((dossier.json["group"] as? [String])?.count == 3)
        }
    }

    @Test("V04 A part is not expected before now, nor in another age, and the answer names the field")
    func expectedParts() async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales")
        try await bench.receive(Samples.complaint("缺配件，门锁没有配件", kind: .warning).by("employee"))
        let path = "/routing/api/complaints/\(Samples.number(1))/parts"
        try await bench.serve { client async throws in
            let desk = client.program(.supervisor)
            for wrong in ["2026-11-19T10:00:00+08:00", "2126-11-19T10:00:00+08:00", "soon"] {
                let answer = try await desk.post(
                    path, json: #"{"part": "门锁", "way": "借调", "expectedAt": "\#(wrong)"}"#)
                #expect(answer.status == 422 && answer.pointers == ["/expectedAt"], "\(wrong)")
            }
            let right = try await desk.post(
                path, json: #"{"part": "门锁", "way": "借调", "expectedAt": "2026-11-25T10:00:00+08:00"}"#)
            #expect(right.status == 200)
        }
    }

    @Test("W05 Urgency and importance are shown, and a person may say otherwise with a reason")
    func importance() async throws {
        let bench = try RoutingBench()
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.serve { client async throws in
            let desk = client.program(.coordinator)
            let judged = try await desk.post(
                "/routing/api/complaints/\(Samples.number(1))/judgement",
                json: #"{"verdict": "valid", "reason": "重点客户", "urgency": "urgent", "importance": "important"}"#)
            #expect(judged.json["urgency"] as? String == "urgent")
            #expect(judged.json["importance"] as? String == "important")
            let wrong = try await desk.post(
                "/routing/api/complaints/\(Samples.number(1))/assignment",
                json: #"{"department": "logistics", "reason": "x", "urgency": "soon", "importance": "no"}"#)
            #expect(wrong.pointers == ["/urgency", "/importance"])
            let page = try await client.signedIn(as: .coordinator).get("/routing/complaints/\(Samples.number(1))")
            #expect(page.text.contains("重要事项"))
            #expect(page.text.contains("重点客户"))
        }
        let rules = try await bench.record().explanations.map(\.rule)
        #expect(rules.contains("desk.urgency"))
        #expect(rules.contains("desk.importance"))
    }

    @Test("M10 Every transfer is on the page; after as many returns as the pack says the desk demands a ruling")
    func returns() async throws {
        let bench = try RoutingBench()
        let quality = Samples.department("product-quality")
        try await bench.receive()
        try await bench.hear(CaseReturned(department: quality, assignment: 1, reason: "不属于我部门", by: .staff("li.na")))
        try await bench.serve { client async throws in
            let coordinator = try await client.signedIn(as: .coordinator)
            #expect(try await coordinator.get("/routing/").text.contains("退单 1"))
            _ = try await bench.desk.assign(
                Samples.number(1), AssignmentOrder(department: quality, assisting: [], reason: "质量问题"), by: "c",
                isSupervisor: false)
            try await bench.hear(
                CaseReturned(department: quality, assignment: 2, reason: "还是不属于", by: .staff("li.na")))
            #expect(try await coordinator.get("/routing/").text.contains("须裁定"))
            let page = try await coordinator.get("/routing/complaints/\(Samples.number(1))")
            #expect(page.text.contains("流转记录"))
            #expect(page.text.contains("不属于我部门"))
            #expect(page.text.contains("还是不属于"))
            #expect(page.text.contains("须由督办人员裁定"))
            let body = #"{"department": "product-quality", "assisting": [], "reason": "裁定"}"#
            let path = "/routing/api/complaints/\(Samples.number(1))/assignment"
            #expect(try await client.program(.coordinator).post(path, json: body).status == 403)
            let ruled = try await client.program(.supervisor).post(path, json: body)
            #expect(ruled.json["isRuling"] as? Bool == true)
        }
        #expect(try await bench.said(CaseAssigned.self).last?.isRuling == true)
    }

    @Test(
        "W21 A report is hidden from whom it concerns and from roles that are not named, and stays with its department")
    func protected() async throws {
        let bench = try RoutingBench(pack: "wholesale-feedback")
        var report = Samples.complaint("经办人篡改处理记录", flags: ["whistleblowing"]).by("internal")
        report.complainant = Complainant()
        report.protected = ProtectedReport(concerned: ["supervisor", "supervisor-program"])
        try await bench.receive(report)
        try await bench.receive(Samples.complaint("送货慢").by("hotline"), about: Samples.number(2))
        let path = "/routing/api/complaints/\(Samples.number(1))"
        try await bench.serve { client async throws in
            for role in [Role.agent, .coordinator, .supervisor] {
                let staff = client.program(role)
                #expect(try await staff.get(path).status == 404, "\(role)")
                #expect(try await !staff.get("/routing/api/complaints").text.contains(Samples.number(1).text))
                let page = try await client.signedIn(as: role).get("/routing/?state=all")
                #expect(!page.text.contains(Samples.number(1).text))
                #expect(page.text.contains(Samples.number(2).text))
                #expect(
                    try await staff.post(path + "/judgement", json: #"{"verdict": "valid", "reason": "x"}"#).status
                        == 404)
            }
            #expect(try await client.program(.manager).get(path).status == 200)
        }
        _ = try await bench.desk.judge(Samples.number(1), JudgementOrder(verdict: .valid, reason: "属实"), by: "m")
        let elsewhere = AssignmentOrder(department: Samples.department("sales"), assisting: [], reason: "x")
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.assign(Samples.number(1), elsewhere, by: "m", isSupervisor: true)
        }
        let order = AssignmentOrder(
            department: Samples.department("supervision"), assisting: [], owner: "supervisor", reason: "监督小组")
        let record = try await bench.desk.assign(Samples.number(1), order, by: "m", isSupervisor: true)
        #expect(record.owner != "supervisor")
    }

    @Test("M18 Each role sees of the customer what the pack lets it see")
    func masking() async throws {
        let privacy = "privacy: {masks: {coordinator: [], agent: [phone]}}"
        let bench = try RoutingBench(sections: ["privacy": privacy])
        try await bench.receive()
        let path = "/routing/api/complaints/\(Samples.number(1))"
        try await bench.serve { client async throws in
            #expect(try await client.program(.coordinator).get(path).text.contains("13800000000"))
            let agent = try await client.program(.agent).get(path).text
            #expect(agent.contains("138****0000"))
            #expect(agent.contains("王芳"))
            let manager = try await client.signedIn(as: .manager).get("/routing/complaints/\(Samples.number(1))").text
            #expect(!manager.contains("王芳"))
            #expect(!manager.contains("13800000000"))
        }
    }

    @Test("The description of the API has every address of the API, and no other")
    func description() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/api/routing.yaml"), encoding: .utf8)
        var described: Set<String> = []
        var path = ""
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(of: /^  (\/\S+):$/) { path = String(match.1) }
            if let match = line.firstMatch(of: /^    (get|post|put|delete|patch):$/) {
                described.insert("\(match.1.uppercased()) \(path)")
            }
        }
        let bench = try RoutingBench(pack: "dealer-aftersales")
        let router = Router(context: WebContext.self)
        RoutingWeb(store: bench.store, work: bench.desk.work).add(to: router)
        let served = Set(router.routes.map(\.description).filter { $0.contains("/api/") })
        #expect(served == described)
    }
}
