import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Corrective measures (整改措施)")
struct MeasureTests {
    private static let path = "/reporting/api/measures"
    private static let number = "C20261121-01-000001"

    private func dealer(auditor: String? = "manager-program") throws -> ImprovementFixture {
        try ImprovementFixture("dealer-aftersales") { $0.improvement?.auditedBy = auditor }
    }

    /// A department of the pack other than the one that the tests' head belongs to.
    private static func order(month: String? = "2026-11", number: String? = nil, due: String? = nil) -> String {
        var parts = [#""department": "service""#, #""measure": "出库前双人复核""#, #""cause": "复核缺失""#]
        if let month { parts.append(#""month": "\#(month)""#) }
        if let number { parts.append(#""number": "\#(number)""#) }
        if let due { parts.append(#""due": "\#(due)""#) }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    @Test("V11 a measure is set from a month's report, for a department, within the pack's time unless a day is given")
    func setting() async throws {
        let fixture = try dealer()
        try await fixture.serve { (client: HTTPClient) async throws in
            let supervisor = client.as(.supervisor)
            let measure = try await supervisor.post(Self.path, json: Self.order()).json
            #expect(measure["month"] as? String == "2026-11")
            #expect(measure["stage"] as? String == "open")
            let due = try #require((measure["dueAt"] as? String).flatMap { RFC3339.date($0) })
            let days = due.timeIntervalSince(fixture.clock.now()) / 86_400
            #expect((27...31).contains(days), "\(days) days for 20 working days")
            let given = try await supervisor.post(Self.path, json: Self.order(due: "2026-12-01")).json
            #expect(given["dueAt"] as? String == "2026-12-01T15:59:59Z" || given["dueAt"] != nil)
            #expect(try await client.as(.handler).post(Self.path, json: Self.order()).status == 403)
        }
    }

    @Test(
        "V11 what is wrong about a measure is named",
        arguments: [
            (order(month: nil), ["/month"]), (order(month: "2026-13"), ["/month"]),
            (order(number: "nonsense"), ["/number"]), (order(month: nil, number: "C20261121-01-000099"), ["/number"]),
            (order(due: "2026-02-30"), ["/due"]), (order(due: "2020-01-01"), ["/due"]),
            (#"{"month": "2026-11"}"#, ["/department", "/measure"]),
        ])
    func refused(order: String, pointers: [String]) async throws {
        let answer = try await dealer().serve { try await $0.as(.supervisor).post(Self.path, json: order) }
        #expect(answer.status == 422)
        #expect(answer.pointers == pointers)
    }

    @Test("M19 a complaint that the pack wants a measure for waits until it has one, which stands on its ticket")
    func needs() async throws {
        let fixture = try ImprovementFixture("service-standard")
        try await fixture.tell(try .closed(1, .major), try .closed(2, .general))
        #expect(try await fixture.store.measureNeeds().map(\.ticket.text) == [Self.number])
        try await fixture.serve { (client: HTTPClient) async throws in
            let department = fixture.pack.departments[0].id.text
            let order = #"{"number": "\#(Self.number)", "department": "\#(department)", "measure": "改流程"}"#
            #expect(try await client.as(.manager).post(Self.path, json: order).status == 200)
            _ = try await client.as(.manager).bothPages("/reporting/measures")
        }
        #expect(try await fixture.store.measureNeeds().isEmpty)
        #expect(try await fixture.said() == ["measure.assigned"])
    }

    @Test("V12 reported done by its department, audited by the pack's auditor with result and consequence")
    func course() async throws {
        let fixture = try dealer()
        try await fixture.serve { (client: HTTPClient) async throws in
            let (supervisor, manager) = (client.as(.supervisor), client.as(.manager))
            #expect(try await supervisor.post(Self.path, json: Self.order()).status == 200)
            let item = Self.path + "/1"
            let audit = #"{"result": "effective", "note": "已查", "consequence": "reward", "consequenceNote": "奖 500 元"}"#
            // Nothing is audited before it is done.
            #expect(try await manager.post(item + "/audit", json: audit).status == 409)
            let done = #"{"outcome": "已双人复核"}"#
            #expect(try await client.as(.head).post(item + "/completion", json: done).status == 403)
            #expect(try await supervisor.post(item + "/completion", json: "{}").pointers == ["/outcome"])
            #expect(try await supervisor.post(item + "/completion", json: done).status == 200)
            #expect(try await supervisor.post(item + "/audit", json: audit).status == 403)
            let bare = #"{"result": "insufficient", "note": "未见效", "consequence": "penalty"}"#
            #expect(try await manager.post(item + "/audit", json: bare).pointers == ["/consequenceNote", "/due"])
            // Insufficient: it goes on, with a new date.
            let again = #"""
                {"result": "insufficient", "note": "未见效", "consequence": "penalty", "consequenceNote": "扣 200 元", \#
                "due": "2026-12-31"}
                """#
            #expect(try await manager.post(item + "/audit", json: again).json["stage"] as? String == "open")
            #expect(try await supervisor.post(item + "/completion", json: #"{"outcome": "已落实"}"#).status == 200)
            let audited = try await manager.post(item + "/audit", json: audit)
            #expect(audited.json["stage"] as? String == "audited")
            let kept = try #require(audited.json["audit"] as? [String: Any])
            #expect(kept["consequence"] as? String == "reward")
            let trail = try #require(try await manager.get(item).json["trail"] as? [[String: Any]])
            #expect(
                trail.compactMap { $0["step"] as? String }
                    == ["set", "done", "audited-insufficient", "done", "audited-effective"])
            for path in ["/reporting/measures", "/reporting/measures/1", "/reporting/measures?view=audited"] {
                _ = try await manager.bothPages(path)
            }
        }
    }

    @Test("V12 the department's own people report their measure done, and no other department's")
    func department() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        try await fixture.serve { (client: HTTPClient) async throws in
            for department in ["logistics", "sales"] {
                let order = #"{"month": "2026-11", "department": "\#(department)", "measure": "x"}"#
                #expect(try await client.as(.manager).post(Self.path, json: order).status == 200)
            }
            let head = try await client.signedIn(as: .head)
            let csrf = try #require(try await head.get("/reporting/measures/1").hidden("csrf"))
            let form = [("csrf", csrf), ("outcome", "做好了")]
            #expect(try await head.post("/reporting/measures/1/completion", form: form).status == 303)
            #expect(try await head.post("/reporting/measures/2/completion", form: form).status == 403)
        }
    }

    @Test("V12 who reported a measure done does not audit it, also where the pack names no auditor")
    func ownWork() async throws {
        try await dealer(auditor: nil).serve { (client: HTTPClient) async throws in
            let (supervisor, manager) = (client.as(.supervisor), client.as(.manager))
            #expect(try await supervisor.post(Self.path, json: Self.order()).status == 200)
            #expect(try await supervisor.post(Self.path + "/1/completion", json: #"{"outcome": "x"}"#).status == 200)
            let audit = #"{"result": "effective", "note": "已查"}"#
            #expect(try await supervisor.post(Self.path + "/1/audit", json: audit).status == 403)
            #expect(try await client.as(.agent).post(Self.path + "/1/audit", json: audit).status == 403)
            #expect(try await manager.post(Self.path + "/1/audit", json: audit).status == 200)
        }
    }

    @Test("V11 M19 the state of measures is kept: open, overdue, done, audited")
    func states() async throws {
        let fixture = try dealer()
        try await fixture.serve { (client: HTTPClient) async throws in
            let supervisor = client.as(.supervisor)
            for due in ["2026-11-25", "2026-12-25"] {
                #expect(try await supervisor.post(Self.path, json: Self.order(due: due)).status == 200)
            }
        }
        fixture.clock.advance(by: 10 * 86_400)
        try await fixture.serve { (client: HTTPClient) async throws in
            func count(_ view: String) async throws -> Int {
                let answer = try await client.as(.agent).get(Self.path + "?view=\(view)&month=2026-11")
                return (answer.json["measures"] as? [Any])?.count ?? -1
            }
            #expect(try await count("open") == 2)
            #expect(try await count("overdue") == 1)
            #expect(try await count("done") == 0)
            #expect(try await count("all") == 2)
            let page = try await client.as(.agent).get("/reporting/measures", headers: ["Accept": "text/html"])
            #expect(page.text.contains("deadline-overdue"))
        }
    }
}
