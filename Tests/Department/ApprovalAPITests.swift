import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// Approvals by the people whose they are, over a real connection.
@Suite struct ApprovalAPITests {
    private static func solution(_ compensation: String, _ remedies: [String] = []) -> String {
        let list = remedies.map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            {"measures": "换新机", "compensation": "\(compensation)", "completionDue": "2026-12-01T18:00:00+08:00",
             "grounds": "三包规定", "remedies": [\(list)]}
            """
    }

    private func desk(approver: String = "general-manager") async throws -> TestDesk {
        let test = try TestDesk()
        var authority = ApprovalTests.authority
        authority.stages?[1].approver = approver
        _ = try await test.department.hear(test.department.samples.assigned(authority: authority))
        _ = try await test.department.does(.acknowledge)
        _ = try await test.department.does(.investigate(Samples.findings))
        return test
    }

    private func draft(_ compensation: String, in test: TestDesk) async throws {
        var draft = Samples.draft
        draft.compensation = Money(compensation)
        _ = try await test.department.does(.draft(draft))
    }

    @Test("M14 Compensation above the standard is 422 at the field, and the limit is named")
    func aboveStandard() async throws {
        let test = try await desk()
        try await test.serve { client in
            let answer = try await client.program(.handler).post(
                test.api("solution"), json: Self.solution("3000.01"), headers: ["Accept-Language": "en"])
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/compensation"])
            #expect(answer.text.contains("3,000.00"))
            let wrong = try await client.program(.handler).post(
                test.api("solution"), json: Self.solution("10.00", ["return", "magic"]))
            #expect(wrong.status == 422)
            #expect(wrong.pointers == ["/remedies/1"])
        }
        #expect(try await test.department.order()?.state == .investigated)
    }

    @Test("S07 The signature is recorded, and asked for where the level wants it")
    func signature() async throws {
        let test = try await desk()
        try await draft("2000.00", in: test)
        _ = try await test.department.does(.approve(.head), by: Samples.head)
        try await test.serve { client in
            let person = try await client.named("general-manager")
            let token = try #require(try await person.get(test.page()).hidden("csrf"))
            let form = [("csrf", token), ("decision", "approve"), ("version", "1"), ("level", "deputy")]
            let refused = try await person.post(test.page("approval"), form: form)
            #expect(refused.status == 422)
            #expect(refused.text.contains("href=\"#approval-signature\""))
            let scribble = try await person.post(test.page("approval"), form: form + [("signature", "1")])
            #expect(scribble.status == 422)
            #expect(scribble.text.contains("id=\"approval-signature-error\""))
            let done = try await person.post(test.page("approval"), form: form + [("signature", "周建国")])
            #expect(done.status == 303)
            let page = try await person.get(test.page())
            #expect(page.text.contains("周建国"))
            #expect(page.text.contains("副总经理"))
        }
        #expect(try await test.department.order()?.stage.solution?.approvals?.last?.signature == "周建国")
    }

    @Test("K19 S07 Management without a department finds what waits for it")
    func managementFindsItsCases() async throws {
        let test = try await desk()
        try await draft("2000.00", in: test)
        _ = try await test.department.hear(test.department.samples.assigned())
        let other = try TestMessages.wire(test.department.samples.assigned(), about: TestMessages.number(8))
        #expect(try await test.department.handler.handle([other]) == [.handled])
        try await test.serve { client in
            func mine(_ name: String) async throws -> [String] {
                let answer = try await client.named(name).get("/departments/quality/api/cases?mine=1")
                return (answer.json["cases"] as? [[String: Any]] ?? []).compactMap { $0["number"] as? String }
            }
            let number = test.department.samples.number.text
            #expect(try await mine("zhao") == [number], "the head is asked first")
            #expect(try await mine("general-manager").isEmpty)
            _ = try await test.department.does(.approve(.head), by: Samples.head)
            #expect(try await mine("zhao").isEmpty)
            #expect(try await mine("general-manager") == [number])
            #expect(try await mine("ma").isEmpty, "what is for one manager is not for another")
            let page = try await client.named("general-manager").get("/departments/quality/?mine=1&lang=en")
            #expect(page.text.contains("For me to approve or confirm"))
            #expect(page.text.contains(number))
        }
    }

    @Test("M18 K19 An approver of another department sees what names them, and nothing else")
    func approverOfAnotherDepartment() async throws {
        let test = try await desk(approver: "zhou")
        let other = try TestMessages.wire(test.department.samples.assigned(), about: TestMessages.number(8))
        #expect(try await test.department.handler.handle([other]) == [.handled])
        try await test.serve { client in
            let person = try await client.named("zhou")
            #expect(try await person.get("/departments/quality/").status == 403, "nothing names them yet")
            let empty = try await client.named("hong").get("/departments/quality/api/cases")
            #expect(empty.status == 200, "management of another department may look for what names it")
            #expect((empty.json["cases"] as? [Any])?.isEmpty == true)
            #expect(try await client.named("hong").get(test.page()).status == 403)
            #expect(try await client.named("hong").get("/departments/quality/emergencies").status == 403)
            try await draft("2000.00", in: test)
            _ = try await test.department.does(.approve(.head), by: Samples.head)
            let list = try await person.get("/departments/quality/api/cases")
            #expect((list.json["cases"] as? [Any])?.count == 1)
            #expect((list.json["counts"] as? [String: Int])?.isEmpty == true)
            #expect(try await person.get("/departments/quality/?lang=en").status == 200)
            let foreign = try TestMessages.number(8)
            #expect(try await person.get("/departments/quality/cases/\(foreign)").status == 403)
            let page = try await person.get(test.page())
            #expect(page.status == 200)
            #expect(page.text.contains("action=\"\(test.page("approval"))\""))
            #expect(!page.text.contains("action=\"\(test.page("progress"))\""))
            let token = try #require(page.hidden("csrf"))
            let headers = ["X-CSRF-Token": token, "Accept": "application/json"]
            let meddling = try await person.post(test.api("progress"), form: [("note", "x")], headers: headers)
            #expect(meddling.status == 403)
            let vote = [("decision", "approve"), ("level", "deputy"), ("signature", "周正")]
            let approved = try await person.post(test.api("approval"), form: vote, headers: headers)
            #expect(approved.status == 200)
            #expect(approved.json["state"] as? String == "proposed")
            #expect(try await person.get(test.page()).status == 200, "who decided may look again")
        }
    }

    @Test("M15 Two heads send the same approval at once: one counts, and the solution is proposed once")
    func atOnce() async throws {
        let test = try await desk()
        try await draft("800.00", in: test)
        let statuses = try await test.serve { client in
            let people = try await [client.named("zhao"), client.named("qian")]
            var tokens: [String] = []
            for person in people { tokens.append(try #require(try await person.get(test.page()).hidden("csrf"))) }
            let body = [("decision", "approve"), ("version", "1"), ("level", "head")]
            return try await withThrowingTaskGroup(of: Int.self) { group in
                for (person, token) in zip(people, tokens) {
                    group.addTask {
                        try await person.post(
                            test.api("approval"), form: body,
                            headers: ["X-CSRF-Token": token, "Accept": "application/json"]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(statuses.sorted() == [200, 409])
        let said = try await test.department.said()
        #expect(said.filter { $0 == "solution.approved.quality" }.count == 1)
        #expect(said.filter { $0 == "solution.proposed.quality" }.count == 1)
        #expect(try await test.department.order()?.stage.solution?.approvals?.count == 1)
    }

    @Test("M15 The form says which version and level it decides on")
    func formNamesWhatItDecides() async throws {
        let test = try await desk()
        try await draft("2000.00", in: test)
        let page = try await test.serve { try await $0.named("zhao").get("\(test.page())?lang=en").text }
        #expect(page.contains("name=\"version\" value=\"1\""))
        #expect(page.contains("name=\"level\" value=\"head\""))
        #expect(page.contains("The proposal waits for"))
        #expect(page.contains("Deputy general manager (general-manager)"))
        #expect(!page.contains("name=\"signature\""), "the head's level wants none")
    }

    @Test("S07 The program's answer says who is next")
    func answerSaysWhoIsNext() async throws {
        let test = try await desk()
        try await draft("2000.00", in: test)
        let answer = try await test.serve { try await $0.program(.head).get(test.api()) }
        let pending = answer.json["pendingApprovals"] as? [[String: Any]] ?? []
        #expect(pending.compactMap { $0["level"] as? String } == ["head", "deputy"])
        #expect(pending.last?["signature"] as? Bool == true)
        let waits = answer.json["waitsFor"] as? [[String: Any]] ?? []
        #expect(waits.compactMap { $0["kind"] as? String } == ["approval", "approval"])
    }

    /// What is stored is what was decided, level by level.
    @Test func approvalsSurviveTheStore() async throws {
        let test = try TestDepartment()
        _ = try await test.hear(test.samples.assigned(authority: ApprovalTests.authority))
        var draft = Samples.draft
        draft.compensation = Money("2000.00")
        draft.remedies = [.exchange, .compensation]
        for command in [
            WorkCommand.acknowledge, .plan(Samples.plan), .collect(Samples.evidence), .investigate(Samples.findings),
            .report(note: "已联系", expectedBy: nil, needs: "改为退货"), .draft(draft),
        ] {
            let expected = try await test.does(command).order
            #expect(try await test.order() == expected)
        }
        let endorsed = try await test.does(.approve(.head), by: Samples.head).order
        #expect(try await test.order() == endorsed)
        let approved = try await test.does(.approve(ApprovalTests.signed), by: ApprovalTests.deputy).order
        #expect(try await test.order() == approved)
    }
}
