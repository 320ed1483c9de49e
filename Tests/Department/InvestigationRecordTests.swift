import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// What an investigation leaves on record, and what the pages ask for.
@Suite struct InvestigationRecordTests {
    @Test("M11 Goals, information needed and steps are stated at the start, and go out with the findings")
    func plan() throws {
        let signed = try Samples().order(.investigating)
        let planned = try signed.decide(.plan(Samples.plan), by: Samples.handler, at: Samples.now)
        #expect(planned.says.isEmpty, "there is nothing to tell others yet")
        #expect(planned.history.map(\.kind) == [.planned])
        #expect(try planned.order.decide(.plan(Samples.plan), by: Samples.handler, at: Samples.now).isUnchanged)
        let found = try planned.order.decide(.investigate(Samples.findings), by: Samples.handler, at: Samples.now)
        #expect((found.says.first as? CaseInvestigated)?.plan == Samples.plan)
    }

    @Test("M12 Evidence is collected piece by piece, and what comes later is said with the findings once more")
    func evidence() throws {
        let signed = try Samples().order(.investigating)
        let first = try signed.decide(.collect(Samples.evidence), by: Samples.handler, at: Samples.now)
        #expect(first.says.isEmpty)
        let found = try first.order.decide(.investigate(Samples.findings), by: Samples.handler, at: Samples.now)
        #expect((found.says.first as? CaseInvestigated)?.evidence == [Samples.evidence])
        var call = Samples.evidence
        call.kind = .recording
        call.title = "11 月 20 日通话录音"
        let later = try found.order.decide(.collect(call), by: Samples.handler, at: Samples.now)
        let event = try #require(later.says.first as? CaseInvestigated)
        #expect(event.evidence == [Samples.evidence, call])
        #expect(event.rootCause == Samples.findings.rootCause)
        #expect(try later.order.decide(.collect(call), by: Samples.handler, at: Samples.now).isUnchanged)
    }

    @Test("M13 Findings without direct cause, root cause or responsibility are refused at each field")
    func causes() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .investigating)
        let answer = try await test.serve {
            try await $0.program(.handler).post(test.api("investigation"), json: #"{"findings": "拆机检测"}"#)
        }
        #expect(answer.status == 422)
        #expect(Set(answer.pointers) == ["/directCause", "/rootCause", "/responsibility"])
    }

    @Test("W08 Changed needs are recorded, said, and shown above the case")
    func changedNeeds() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .investigating)
        try await test.serve { client in
            let answer = try await client.program(.handler).post(
                test.api("progress"), json: #"{"note": "已电话联系", "needs": "客户改为要求退货"}"#)
            #expect(answer.status == 200)
            #expect(answer.json["changedNeeds"] as? String == "客户改为要求退货")
            let page = try await client.named("wang").get("\(test.page())?lang=en")
            #expect(page.text.contains("What the customer needs now"))
            #expect(page.text.contains("客户改为要求退货"))
        }
        let next = try await test.department.does(.report(note: "样机已送检", expectedBy: nil)).order
        #expect(next.changedNeeds == "客户改为要求退货", "a report that says nothing of needs changes none")
    }

    @Test("W09 The result holds problem analysis, measures, outcome, and satisfaction once it is known")
    func result() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .implemented)
        try await test.serve { client in
            let person = try await client.named("wang")
            let open = try await person.get("\(test.page())?lang=en")
            #expect(open.text.contains("The customer has not said yet."))
            _ = try await test.department.hear(
                ComplaintClosed(
                    department: test.department.samples.quality, outcome: .satisfied, satisfaction: 4, by: .customer))
            let closed = try await person.get("\(test.page())?lang=en")
            #expect(closed.text.contains("4 of 5"))
            for part in [Samples.findings.rootCause, Samples.draft.measures, "已换新机"] {
                #expect(closed.text.contains(part))
            }
        }
        #expect(try await test.department.order()?.satisfaction == 4)
    }

    @Test(
        "M11 M12 K09 Wrong fields are named",
        arguments: [
            ("plan", "{}", ["/goals", "/information", "/steps"]),
            (
                "evidence", #"{"kind": "rumour", "collectedAt": "2030-01-01T00:00:00Z"}"#,
                ["/kind", "/title", "/collectedAt"]
            ),
            (
                "investigation",
                #"{"findings": "f", "rootCause": "r", "responsibility": "w", "siteVisit": {"place": "x"}}"#,
                ["/directCause", "/siteVisit/at", "/siteVisit/people"]
            ),
        ])
    func wrongFields(_ action: String, _ json: String, _ pointers: [String]) async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .investigating)
        let answer = try await test.serve { try await $0.program(.handler).post(test.api(action), json: json) }
        #expect(answer.status == 422)
        #expect(Set(answer.pointers) == Set(pointers))
    }

    @Test("K08 K09 A group's case shows who takes part, what is waited for, and asks for the verification")
    func groupPage() async throws {
        let test = try TestDesk()
        let samples = test.department.samples
        _ = try await test.department.hear(
            samples.assigned(assisting: [samples.logistics], severity: .major, group: GroupTests.group(samples)))
        _ = try await test.department.does(.acknowledge)
        try await test.serve { client in
            let handler = try await client.named("wang").get("\(test.page())?lang=en").text
            #expect(handler.contains("the opinion of Logistics"))
            #expect(handler.contains("zhou, to confirm taking part"))
            #expect(handler.contains("name=\"siteVisit.place\""))
            #expect(!handler.contains("action=\"\(test.page("participation"))\""), "a handler is not asked")
            let manager = try await client.named("general-manager")
            let list = try await manager.get("/departments/quality/api/cases?mine=1")
            #expect((list.json["cases"] as? [Any])?.count == 1)
            let page = try await manager.get(test.page())
            #expect(page.text.contains("action=\"\(test.page("participation"))\""))
            let token = try #require(page.hidden("csrf"))
            let form = [("csrf", token)]
            #expect(try await manager.post(test.page("participation"), form: form).status == 303)
            #expect(try await manager.post(test.page("participation"), form: form).status == 303, "a double click")
            let unasked = try await client.program(.manager).post(test.api("participation"), json: "{}")
            #expect(unasked.status == 409, "the case does not ask for them")
        }
        #expect(try await test.department.said().filter { $0.hasPrefix("case.joined") } == ["case.joined.quality"])
    }

    @Test("K09 A form without the verification comes back with what was typed and what is missing")
    func formWithoutVerification() async throws {
        let test = try TestDesk()
        let samples = test.department.samples
        _ = try await test.department.hear(samples.assigned(group: GroupTests.group(samples)))
        _ = try await test.department.does(.acknowledge)
        try await test.serve { client in
            let person = try await client.named("wang")
            let token = try #require(try await person.get(test.page()).hidden("csrf"))
            let answer = try await person.post(
                test.page("investigation"),
                form: [
                    ("csrf", token), ("findings", "拆机检测"), ("directCause", "虚焊"), ("rootCause", "温度漂移"),
                    ("responsibility", "制造一部"), ("siteVisit.place", ""),
                ])
            #expect(answer.status == 422)
            #expect(answer.text.contains("拆机检测"))
            #expect(answer.text.contains("href=\"#investigation-siteVisit-place\""))
        }
    }
}
