import Contracts
import Foundation
import GRDB
import Persistence
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Cases (案例)")
struct CaseTests {
    private static let written = """
        {"title": "漏发一箱", "background": "王小明来电 13812345678", "cause": "拣货漏件", "handling": "补送", \
        "lesson": "出库前复核", "submit": true}
        """

    private func kangyu(approver: String = "manager-program") throws -> ImprovementFixture {
        try ImprovementFixture("kangyu-medical") { $0.cases[0].approver = approver }
    }

    @Test("K17 S13 a closed major complaint is nominated once, and everybody is told")
    func nomination() async throws {
        let fixture = try kangyu()
        let course = try SampleCourse.closed(1, .major)
        try await fixture.tell(course, try .closed(2, .general))
        // What comes late, and what comes again, makes no second case.
        var late = course
        late.then("routing", ComplaintChased(by: .customer))
        try await fixture.tell(late)
        let files = try await fixture.store.cases(CaseFilter())
        #expect(files.map(\.ticket) == [course.number])
        #expect(files.first?.rule == "major")
        #expect(files.first?.approver == "manager-program")
        #expect(files.first?.recipients == ["customer-rights", "quality", "after-sales", "sales", "marketing"])
        #expect(try await fixture.said() == ["case.nominated"])
    }

    @Test("K17 what makes it a case may come after the closing")
    func lateGrading() async throws {
        let fixture = try kangyu()
        var course = try SampleCourse(3)
        course.then("intake/01", Sample.received())
        course.then("callback", ComplaintClosed(outcome: .satisfied, satisfaction: 5, by: Sample.caller), after: 600)
        try await fixture.tell(course)
        #expect(try await fixture.store.cases(CaseFilter()).isEmpty)
        var earlier = try SampleCourse(3, start: SampleCourse.start.addingTimeInterval(60))
        earlier.then("routing", Sample.accepted(severity: .major))
        try await fixture.tell(earlier)
        #expect(try await fixture.store.cases(CaseFilter()).count == 1)
    }

    @Test("W21 a report whose reporter is protected never becomes a case")
    func protectedReport() async throws {
        let fixture = try kangyu()
        var complaint = Sample.complaint()
        complaint.protected = ProtectedReport()
        let course = try SampleCourse.closed(4, .major, complaint: complaint)
        try await fixture.tell(course)
        #expect(try await fixture.store.cases(CaseFilter()).isEmpty)
        await #expect(throws: ImprovementRefusal.protected) {
            try await fixture.store.nominate(course.number, reason: "典型", by: "boss", pack: fixture.pack)
        }
    }

    @Test("K17 S13 written up, sent back with the reason, approved by the pack's approver alone, read by everybody")
    func course() async throws {
        let fixture = try kangyu()
        let recipients = fixture.pack.cases[0].recipients
        try await fixture.tell(try .closed(1, .major))
        try await fixture.serve { (client: HTTPClient) async throws in
            let (head, manager) = (client.as(.head), client.as(.manager))
            let path = "/reporting/api/cases/1"
            #expect(try await client.as(.operator).get(path).status == 404)
            // Empty parts are named when it is handed in.
            let empty = try await head.post(path + "/text", json: #"{"title": "x", "submit": true}"#)
            #expect(empty.pointers == ["/background", "/cause", "/handling", "/lesson"])
            // Who approves does not write.
            #expect(try await manager.post(path + "/text", json: Self.written).status == 403)
            #expect(try await head.post(path + "/text", json: Self.written).status == 200)
            #expect(try await head.post(path + "/text", json: Self.written).status == 409)
            #expect(try await head.post(path + "/approval", json: "{}").status == 403)
            let refusal = #"{"reason": "原因写得太浅"}"#
            #expect(try await client.as(.supervisor).post(path + "/refusal", json: refusal).status == 403)
            #expect(try await manager.post(path + "/refusal", json: "{}").pointers == ["/reason"])
            #expect(try await manager.post(path + "/refusal", json: refusal).json["stage"] as? String == "returned")
            #expect(try await head.post(path + "/text", json: Self.written).status == 200)
            let published = try await manager.post(path + "/approval", json: "{}")
            #expect(published.json["stage"] as? String == "published")
            // Everybody who is signed in reads it, and nobody reads who the customer was.
            for role in Role.allCases {
                let answer = try await client.as(role).get(path)
                #expect(answer.status == 200, "\(role)")
                #expect(answer.text.contains("出库前复核"))
                #expect(!answer.text.contains("13812345678") && !answer.text.contains("王小明"))
            }
            #expect(try await head.get("/reporting/api/cases/C20261121-01-000001").json["id"] as? Int == 1)
            #expect(try await head.get("/reporting/api/cases/C20261121-01-000009").status == 404)
            let trail = try #require(try await head.get(path).json["trail"] as? [[String: Any]])
            #expect(
                trail.compactMap { $0["step"] as? String }
                    == ["nominated", "submitted", "returned", "submitted", "published"]
                    + Array(repeating: "sent", count: 5))
            #expect(trail[2]["note"] as? String == "原因写得太浅")
            #expect(trail.suffix(5).compactMap { $0["note"] as? String } == recipients)
        }
        let sent = recipients.count
        #expect(sent == 5)
        #expect(
            try await fixture.said()
                == ["case.nominated", "case.published"] + Array(repeating: "case.distributed", count: sent))
    }

    @Test("K17 a department that has read a case is named beside it, once")
    func reading() async throws {
        let fixture = try kangyu()
        var course = try SampleCourse.closed(1, .major)
        try await fixture.tell(course)
        try await fixture.serve { (client: HTTPClient) async throws in
            let path = "/reporting/api/cases/1"
            #expect(try await client.as(.head).post(path + "/text", json: Self.written).status == 200)
            #expect(try await client.as(.manager).post(path + "/approval", json: "{}").status == 200)
        }
        let quality = try #require(DepartmentID("quality"))
        for caseFile in [1, 1, 7] {
            course.then("department/quality", CaseRead(department: quality, caseFile: caseFile, by: .staff("wang")))
        }
        try await fixture.tell(course)
        try await fixture.serve { (client: HTTPClient) async throws in
            let trail = try await client.as(.head).get("/reporting/api/cases/1").json["trail"] as? [[String: Any]]
            let readings = try #require(trail).filter { $0["step"] as? String == "read" }
            #expect(readings.map { $0["by"] as? String } == ["wang"])
            #expect(readings.map { $0["note"] as? String } == ["quality"])
            let head = try await client.signedIn(as: .head)
            let pages = try await head.bothPages("/reporting/cases/1")
            #expect(pages[0].text.contains("未签阅") && pages[0].text.contains("已签阅"))
            for page in pages { #expect(!page.text.contains(">quality<")) }
        }
    }

    @Test("K17 a case that no department was sent is not said to be unread")
    func unsent() async throws {
        let fixture = try kangyu()
        try await fixture.tell(try .closed(1, .major))
        let text = CaseText(title: "漏发", background: "b", cause: "c", handling: "h", lesson: "l")
        _ = try await fixture.store.write(text, submits: true, to: 1, by: "li")
        _ = try await fixture.store.approveCase(1, by: "manager-program", pack: fixture.pack)
        // As it is with what was published before cases were sent.
        try await fixture.store.database.write { unit in
            try unit.db.execute(sql: "DELETE FROM trail WHERE area = 'case' AND step = 'sent'")
        }
        try await fixture.serve { (client: HTTPClient) async throws in
            let head = try await client.signedIn(as: .head)
            let pages = try await head.bothPages("/reporting/cases/1")
            for page in pages { #expect(page.text.contains("漏发")) }
            #expect(!pages[0].text.contains("未签阅") && !pages[1].text.contains("not read yet"))
        }
    }

    @Test("K17 nobody approves a case that they wrote themselves")
    func ownWork() throws {
        var file = try Self.file()
        file.author = file.approver
        file.stage = .submitted
        #expect(throws: ImprovementRefusal.ownWork) { try file.approve(by: "boss", at: SampleCourse.start) }
        #expect(throws: ImprovementRefusal.ownWork) { try file.refuse("x", by: "boss", at: SampleCourse.start) }
    }

    @Test("K17 each step of a case is possible in its stages alone", arguments: CaseStage.allCases)
    func stages(stage: CaseStage) throws {
        var file = try Self.file()
        (file.stage, file.author) = (stage, "li")
        func isPossible(_ step: (inout CaseFile) throws -> Void) -> Bool {
            var file = file
            return (try? step(&file)) != nil
        }
        let text = CaseText(title: "a", background: "b", cause: "c", handling: "d", lesson: "e")
        let mayWrite = isPossible { try $0.write(text, submits: true, by: "li", at: SampleCourse.start) }
        #expect(mayWrite == [.nominated, .returned].contains(stage))
        let mayApprove = isPossible { try $0.approve(by: "boss", at: SampleCourse.start) }
        #expect(mayApprove == (stage == .submitted))
        let mayRefuse = isPossible { try $0.refuse("x", by: "boss", at: SampleCourse.start) }
        #expect(mayRefuse == (stage == .submitted))
    }

    @Test("S13 the time for writing a case up is shown, and when it is overdue")
    func time() async throws {
        let fixture = try ImprovementFixture("sunshine-property")
        try await fixture.tell(try .closed(1, .major))
        let file = try #require(try await fixture.store.cases(CaseFilter()).first)
        let due = try #require(file.dueAt)
        #expect(file.approver == "call-centre.head")
        #expect(file.recipients == ["headquarters"])
        #expect(due > fixture.clock.now().addingTimeInterval(9 * 86_400))
        try await fixture.serve { (client: HTTPClient) async throws in
            for path in ["/reporting/cases?view=work", "/reporting/cases/1"] {
                for page in try await client.as(.agent).bothPages(path) {
                    #expect(page.text.contains("deadline-ok"))
                }
            }
        }
        fixture.clock.advance(by: 30 * 86_400)
        try await fixture.serve { (client: HTTPClient) async throws in
            let page = try await client.as(.agent).get("/reporting/cases?view=work", headers: ["Accept": "text/html"])
            #expect(page.text.contains("deadline-overdue"))
        }
    }

    @Test("S13 a person may see the case value of a closed complaint that the pack did not nominate")
    func byHand() async throws {
        let fixture = try ImprovementFixture("sunshine-property")
        var open = try SampleCourse(2)
        open.then("intake/01", Sample.received())
        try await fixture.tell(try .closed(1, .general), open)
        try await fixture.serve { (client: HTTPClient) async throws in
            let supervisor = client.as(.supervisor)
            #expect(try await client.as(.agent).post("/reporting/api/cases", json: Self.nomination(1)).status == 403)
            #expect(try await supervisor.post("/reporting/api/cases", json: Self.nomination(2)).pointers == ["/number"])
            #expect(try await supervisor.post("/reporting/api/cases", json: Self.nomination(9)).pointers == ["/number"])
            #expect(try await supervisor.post("/reporting/api/cases", json: Self.nomination(1)).status == 200)
            #expect(try await supervisor.post("/reporting/api/cases", json: Self.nomination(1)).pointers == ["/number"])
        }
        #expect(try await fixture.said() == ["case.nominated"])
    }

    @Test("K17 the pages: what the ticket says is there already when somebody writes, without the customer's data")
    func pages() async throws {
        let fixture = try kangyu(approver: "manager")
        try await fixture.tell(try .closed(1, .major))
        try await fixture.serve { (client: HTTPClient) async throws in
            let head = try await client.signedIn(as: .head)
            for page in try await head.bothPages("/reporting/cases/1") {
                #expect(page.text.contains("下单三箱苹果只收到两箱"))
                #expect(!page.text.contains("13812345678"))
            }
            let csrf = try #require(try await head.get("/reporting/cases/1").hidden("csrf"))
            var form = [
                ("csrf", csrf), ("title", "漏发"), ("background", "b"), ("cause", "c"), ("handling", "h"),
                ("submit", "1"),
            ]
            let refused = try await head.post("/reporting/cases/1/text", form: form)
            #expect(refused.status == 422)
            #expect(refused.text.contains("漏发"))
            form.append(("lesson", "复核"))
            #expect(try await head.post("/reporting/cases/1/text", form: form).status == 303)
            let manager = try await client.signedIn(as: .manager)
            for page in try await manager.bothPages("/reporting/cases/1") {
                #expect(page.text.contains("/reporting/cases/1/approval"))
            }
            for path in ["/reporting/cases", "/reporting/cases?view=work", "/reporting/cases?q=%E6%BC%8F"] {
                _ = try await manager.bothPages(path)
            }
        }
    }

    @Test("K17 what somebody else wrote meanwhile is shown, and replaced only knowingly")
    func staleForm() async throws {
        let fixture = try kangyu(approver: "manager")
        try await fixture.tell(try .closed(1, .major))
        try await fixture.serve { (client: HTTPClient) async throws in
            let (head, other) = (try await client.signedIn(as: .head), try await client.signedIn(as: .coordinator))
            let path = "/reporting/cases/1"
            func form(_ page: HTTPAnswer, _ lesson: String) throws -> [(String, String)] {
                [
                    ("csrf", try #require(page.hidden("csrf"))), ("seen", try #require(page.hidden("seen"))),
                    ("title", "漏发"), ("lesson", lesson),
                ]
            }
            let (mine, theirs) = (try await head.get(path), try await other.get(path))
            #expect(try await other.post(path + "/text", form: form(theirs, "出库前复核")).status == 303)
            let stale = try await head.post(path + "/text", form: form(mine, "培训拣货员"))
            #expect(stale.status == 409)
            #expect(stale.text.contains("出库前复核") && stale.text.contains("培训拣货员"))
            #expect(try await head.get("/reporting/api/cases/1").text.contains("出库前复核"))
            var again = try form(mine, "培训拣货员")
            again[1].1 = try #require(stale.hidden("seen"))
            #expect(try await head.post(path + "/text", form: again).status == 303)
        }
    }

    @Test("A pack without cases has no section of cases")
    func absent() async throws {
        let fixture = try ImprovementFixture("service-standard")
        try await fixture.serve { (client: HTTPClient) async throws in
            #expect(try await client.as(.manager).get("/reporting/cases").status == 404)
            let page = try await client.as(.manager).get("/reporting/", headers: ["Accept": "text/html"])
            #expect(!page.text.contains("/reporting/cases"))
        }
    }

    private static func nomination(_ n: Int) -> String {
        #"{"number": "C20261121-01-00000\#(n)", "reason": "很典型"}"#
    }

    private static func file() throws -> CaseFile {
        CaseFile(
            ticket: try TestMessages.number(1), rule: "major", ruleTitle: LocalizedText(zhHans: "案例", en: "Case"),
            because: LocalizedText(zhHans: "重大", en: "major"), nominatedBy: .system("test"),
            nominatedAt: SampleCourse.start, approver: "boss", recipients: [])
    }
}
