import Contracts
import Foundation
import Messaging
import TestSupport
import Testing
import Web

@testable import DepartmentService

@Suite("Rectification notices in a department")
struct RectificationTests {
    private let desk: TestDesk
    private var department: TestDepartment { desk.department }

    init() throws { desk = try TestDesk() }

    private func ordered(_ notice: Int = 1, audience: Audience? = nil) -> RectificationOrdered {
        RectificationOrdered(
            department: department.samples.quality, finding: "检验记录缺失 <3 件>", dueAt: Samples.tomorrow,
            by: .staff("supervision.head"), notice: notice,
            deadline: Samples.deadline("rectification", "整改", "Rectification", hours: 24, stops: []),
            audience: audience)
    }

    private func returned(_ round: Int) -> RectificationReturned {
        RectificationReturned(
            department: department.samples.quality, notice: 1, round: round, reason: "未说明原因",
            dueAt: Samples.tomorrow + 86_400, by: .staff("supervision.head"))
    }

    private func closed(_ round: Int) -> RectificationClosed {
        RectificationClosed(
            department: department.samples.quality, notice: 1, round: round, by: .staff("supervision.head"))
    }

    private func record() async throws -> RectificationRecord {
        let number = department.samples.number
        return try #require(try await department.database.read { try RectificationTable.find(number, 1, in: $0) })
    }

    @Test("W20 a department answers what it put right, again when it is sent back, until the group is content")
    func course() async throws {
        let (store, number) = (desk.desk.store, department.samples.number)
        #expect(try await department.hear(ordered(), ordered()) == [.handled, .duplicate])
        try await store.answer(number, 1, "已补记", by: Samples.handler)
        try await store.answer(number, 1, "已补记", by: Samples.handler)
        await #expect(throws: RectificationRefusal.answered) {
            try await store.answer(number, 1, "别的", by: Samples.handler)
        }
        #expect(try await department.hear(returned(1)) == [.handled])
        let again = try await record()
        #expect(again.standing == .open && again.round == 2 && again.dueAt > Samples.tomorrow)
        try await store.answer(number, 1, "已培训", by: Samples.head)
        #expect(try await department.hear(returned(1), closed(2), returned(2)) == [.duplicate, .handled, .duplicate])
        #expect(try await record().standing == .closed)
        #expect(try await department.said() == Array(repeating: "rectification.answered.quality", count: 2))
        await #expect(throws: RectificationRefusal.unknown) {
            try await store.answer(number, 9, "x", by: Samples.handler)
        }
    }

    @Test("W20 what the group says of a notice that has not come yet waits for it")
    func premature() async throws {
        for outcome in try await department.hear(returned(1), closed(1)) {
            guard case .retry = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    @Test(
        "W20 the notice is on the department's pages and answered there, in both languages",
        arguments: Language.allCases)
    func pages(language: Language) async throws {
        _ = try await department.hear(ordered())
        let (desk, number) = (desk, department.samples.number)
        let address = "/departments/quality/rectifications"
        try await desk.serve { client async throws in
            var handler = try await client.named("wang")
            handler.cookies["redress_language"] = language.tag
            #expect(try await handler.get("/departments/quality/").text.contains(address))
            let page = try await handler.get(address)
            #expect(page.status == 200 && page.text.contains("检验记录缺失 &lt;3 件&gt;"))
            let csrf = try #require(page.hidden("csrf"))
            let answer = "\(address)/\(number)/1"
            let empty = try await handler.post(answer, form: [("csrf", csrf), ("answer", "")])
            #expect(empty.status == 422 && empty.text.contains("f-\(number)-1-answer-error"))
            let done = try await handler.post(answer, form: [("csrf", csrf), ("answer", "已补记")])
            #expect(done.status == 303)
            #expect(try await handler.get(address).text.contains("已补记"))
            let other = try await handler.post(answer, form: [("csrf", csrf), ("answer", "别的")])
            #expect(other.status == 409)
            #expect(try await handler.post("\(address)/\(number)/7", form: [("csrf", csrf)]).status == 404)
        }
        #expect(try await department.said() == ["rectification.answered.quality"])
    }

    @Test("W20 the API answers too; who only looks does not, and other departments see nothing")
    func api() async throws {
        _ = try await department.hear(ordered())
        let (desk, number) = (desk, department.samples.number)
        let address = "/departments/quality/api/rectifications"
        try await desk.serve { client async throws in
            let list = try await client.program(.manager).get(address).json["rectifications"] as? [[String: Any]]
            #expect(list?.first?["standing"] as? String == "open" && list?.first?["round"] as? Int == 1)
            for stranger in ["sun", "zhou"] {
                #expect(try await client.named(stranger).get(address).status == 403)
            }
            #expect(
                try await client.program(.supervisor).post("\(address)/\(number)/1", json: #"{"answer": "x"}"#).status
                    == 403)
            let head = client.program(.head)
            #expect(try await head.post("\(address)/\(number)/1", json: "{}").pointers == ["/answer"])
            let answered = try await head.post("\(address)/\(number)/1", json: #"{"answer": "已补记"}"#)
            let after = answered.json["rectifications"] as? [[String: Any]]
            #expect(after?.first?["answeredBy"] as? String == "head-program")
        }
    }

    @Test("W20 W21 a notice about a report is on no page of whom it concerns, who cannot answer it either")
    func confidential() async throws {
        let quality = department.samples.quality
        _ = try await department.hear(ordered(audience: Audience(departments: [quality], concerned: ["li"])))
        let (desk, number) = (desk, department.samples.number)
        try await desk.serve { client async throws in
            let concerned = try await client.named("li")
            let address = "/departments/quality/rectifications"
            let page = try await concerned.get(address)
            #expect(page.status == 200 && !page.text.contains(number.text))
            #expect(try await !concerned.get("/departments/quality/").text.contains(address))
            #expect(try await client.named("wang").get(address).text.contains(number.text))
            #expect(
                try await client.program(.handler).post(
                    "/departments/quality/api/rectifications/\(number)/1", json: #"{"answer": "x"}"#
                ).status == 404)
        }
        #expect(try await department.said().isEmpty)
    }
}
