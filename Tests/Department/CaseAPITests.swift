import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// The JSON API, over a real connection.
@Suite struct CaseAPITests {
    static let investigation = """
        {"findings": "拆机检测", "directCause": "端子压接不良", "rootCause": "工装磨损", "responsibility": "制造一部"}
        """
    static let solution = """
        {"measures": "换新机", "compensation": "800.00", "completionDue": "2026-12-01T18:00:00+08:00", "grounds": "三包规定"}
        """

    @Test func aCaseIsHandledFromSignatureToOutcome() async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        try await test.serve { client in
            let handler = client.program(.handler)
            func post(_ action: String, _ json: String, as client: HTTPClient) async throws -> String {
                let answer = try await client.post(test.api(action), json: json)
                #expect(answer.status == 200, "\(action): \(answer.text)")
                return answer.json["state"] as? String ?? ""
            }
            #expect(try await post("acknowledgement", "{}", as: handler) == "investigating")
            #expect(try await post("progress", #"{"note": "已取回样机"}"#, as: handler) == "investigating")
            #expect(try await post("information-request", #"{"question": "发票照片"}"#, as: handler) == "investigating")
            #expect(try await post("investigation", Self.investigation, as: handler) == "investigated")
            #expect(try await post("solution", Self.solution, as: handler) == "awaitingApproval")
            let approval = try await handler.post(test.api("approval"), json: #"{"decision": "approve"}"#)
            #expect(approval.status == 403, "a handler approves nothing")
            #expect(try await post("approval", #"{"decision": "approve"}"#, as: client.program(.head)) == "proposed")
            let accepted = SolutionAccepted(department: test.department.samples.quality, version: 1, by: .customer)
            #expect(try await test.department.hear(accepted) == [.handled])
            let done = #"{"outcome": "新机已送达", "completedAt": "2026-11-20T09:30:00+08:00"}"#
            #expect(try await post("implementation", done, as: handler) == "implemented")
            #expect(try await post("implementation", done, as: handler) == "implemented", "said once, answered twice")
        }
        #expect(
            try await test.department.said() == [
                "case.acknowledged.quality", "case.progressed.quality", "information.requested.quality",
                "case.investigated.quality", "solution.drafted.quality", "solution.approved.quality",
                "solution.proposed.quality", "solution.completed.quality", "solution.implemented.quality",
            ])
    }

    @Test(arguments: [
        ("return", "{}", ["/reason"]),
        ("investigation", "{}", ["/findings", "/directCause", "/rootCause", "/responsibility"]),
        (
            "investigation", #"{"findings": 5, "directCause": [], "rootCause": " "}"#,
            ["/findings", "/directCause", "/rootCause", "/responsibility"]
        ),
        (
            "solution", #"{"measures": "换", "compensation": 800, "completionDue": "tomorrow", "grounds": "依据"}"#,
            ["/compensation", "/completionDue"]
        ),
        (
            "solution", #"{"measures": "换", "completionDue": "2020-01-01T00:00:00Z", "grounds": "依据"}"#,
            ["/completionDue"]
        ),
        (
            "solution",
            #"{"measures": "换", "compensation": "1e3", "completionDue": "2026-12-01T00:00:00Z", "grounds": "x"}"#,
            ["/compensation"]
        ),
        ("progress", #"{"note": "x", "expectedBy": "2020-01-01T00:00:00Z"}"#, ["/expectedBy"]),
        ("information-request", "{}", ["/question"]),
        ("opinion-request", #"{"department": "Not One", "question": "x"}"#, ["/department"]),
        ("opinion", #"{"opinion": ""}"#, ["/opinion"]),
        ("implementation", #"{"outcome": "x", "completedAt": "2030-01-01T00:00:00Z"}"#, ["/completedAt"]),
        ("implementation", "{}", ["/outcome", "/completedAt"]),
    ])
    func wrongFieldsAreNamed(_ action: String, _ json: String, _ pointers: [String]) async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        let answer = try await test.serve { try await $0.program(.handler).post(test.api(action), json: json) }
        #expect(answer.status == 422)
        #expect(Set(answer.pointers) == Set(pointers))
        #expect(try await test.department.said() == [])
    }

    @Test(arguments: [#"{}"#, #"{"decision": "maybe"}"#, #"{"decision": "refuse"}"#])
    func approvalNeedsADecisionAndARefusalAReason(_ json: String) async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        let answer = try await test.serve { try await $0.program(.head).post(test.api("approval"), json: json) }
        #expect(answer.status == 422)
        #expect(answer.pointers == [json.contains("refuse") ? "/reason" : "/decision"])
    }

    @Test func signFirst() async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        let answer = try await test.serve { client in
            try await client.program(.handler).post(
                test.api("investigation"), json: Self.investigation, headers: ["Accept-Language": "en"])
        }
        #expect(answer.status == 409)
        #expect(answer.json["detail"] as? String == "Acknowledge the case first.")
    }

    @Test(arguments: [
        ("/departments/quality/api/cases/C20261121-01-999999", 404), ("/departments/quality/api/cases/nonsense", 404),
        ("/departments/logistics/api/cases", 404), ("/departments/quality/cases/C20261121-01-999999", 404),
        ("/departments/quality/api/cases?state=nonsense", 422), ("/departments/quality/api/cases?cursor=x", 422),
        ("/departments/quality/api/cases?limit=0", 422), ("/departments/quality/?sort=worst", 422),
        ("/departments/quality/api/cases?state=assigned", 200), ("/departments/quality/?state=ended", 200),
    ])
    func addresses(_ path: String, _ status: Int) async throws {
        let test = try TestDesk()
        #expect(try await test.serve { try await $0.program(.handler).get(path).status } == status)
    }

    @Test(arguments: [
        ("wang", "acknowledgement", 200), ("zhao", "acknowledgement", 200), ("sun", "acknowledgement", 403),
        ("ma", "acknowledgement", 403), ("gu", "acknowledgement", 403), ("wang", "approval", 403),
        ("ma", "approval", 200), ("zhao", "approval", 200),
    ])
    func whoMayDoWhat(_ name: String, _ action: String, _ status: Int) async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .awaitingApproval)
        let body = action == "approval" ? [("decision", "approve")] : []
        let answer = try await test.serve { client in
            let person = try await client.named(name)
            let page = try await person.get(test.page())
            #expect(page.status == (name == "sun" ? 403 : 200))
            let token = page.hidden("csrf") ?? ""
            return try await person.post(
                test.api(action), form: body, headers: ["X-CSRF-Token": token, "Accept": "application/json"])
        }
        #expect(answer.status == status)
    }

    @Test func listsGoByKeys() async throws {
        let test = try TestDesk()
        let samples = test.department.samples
        let wires = try (1...7).map { try TestMessages.wire(samples.assigned(), about: TestMessages.number($0)) }
        #expect(try await test.department.handler.handle(wires).allSatisfy { $0 == .handled })
        try await test.serve { client in
            for sort in ["due", "newest"] {
                var seen: [String] = []
                var cursor: String?
                repeat {
                    let page = cursor.map { "&cursor=\($0)" } ?? ""
                    let path = "/departments/quality/api/cases?limit=3&sort=\(sort)\(page)"
                    let answer = try await client.program(.manager).get(path)
                    #expect(answer.status == 200)
                    let cases = answer.json["cases"] as? [[String: Any]] ?? []
                    seen += cases.compactMap { $0["number"] as? String }
                    cursor = answer.json["next"] as? String
                } while cursor != nil
                let all = try (1...7).map { try TestMessages.number($0).text }
                #expect(seen == (sort == "due" ? all : all.reversed()))
            }
            let counts = try await client.program(.manager).get("/departments/quality/api/cases").json["counts"]
            #expect((counts as? [String: Int])?["assigned"] == 7)
        }
    }

    @Test func filtersNarrowTheList() async throws {
        let test = try TestDesk()
        let asked = try await test.department.bring(to: .proposed)
        #expect(asked.state == .proposed)
        let other = try TestMessages.wire(
            test.department.samples.assigned(severity: .major), about: TestMessages.number(8))
        #expect(try await test.department.handler.handle([other]) == [.handled])
        test.department.clock.advance(by: 2 * 3600)
        try await test.serve { client in
            func numbers(_ query: String) async throws -> [String] {
                let answer = try await client.program(.manager).get("/departments/quality/api/cases?\(query)")
                return (answer.json["cases"] as? [[String: Any]] ?? []).compactMap { $0["number"] as? String }
            }
            let (mine, major) = (test.department.samples.number.text, try TestMessages.number(8).text)
            #expect(try await numbers("") == [major, mine])
            #expect(try await numbers("ours=1") == [major])
            #expect(try await numbers("overdue=1") == [major], "its sign-off was due an hour ago")
            #expect(try await numbers("severity=major") == [major])
            #expect(try await numbers("state=proposed") == [mine])
            #expect(try await numbers("state=ended").isEmpty)
            #expect(try await numbers("urged=1").isEmpty)
            #expect(try await numbers("waiting=1").isEmpty)
        }
    }

    /// Keyset paging over an index: no sort, no scan of what is closed.
    @Test(arguments: [WorkListQuery.Scope.open, .ended, .state(.assigned)])
    func listsUseAnIndex(_ scope: WorkListQuery.Scope) async throws {
        let test = try TestDepartment()
        for order in WorkListQuery.Order.allCases {
            var query = WorkListQuery()
            query.scope = scope
            query.order = order
            query.onlyOurTurn = true
            query.cursor = WorkListQuery.Cursor(instant: Samples.now, number: test.samples.number)
            let listed = query
            let plan = try await test.database.read { try listed.plan(at: Samples.now, in: $0) }
            #expect(plan.allSatisfy { $0.contains("USING INDEX") && !$0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }
}
