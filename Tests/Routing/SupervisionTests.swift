import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import RoutingService

@Suite("The supervision board")
struct SupervisionTests {
    let bench: RoutingBench
    let staff: TestStaff

    init() throws {
        bench = try RoutingBench()
        staff = try TestStaff(folder: bench.folder.url.appending(path: "staff"))
    }

    /// Three with the quality department whose sign-off is overdue, one at the desk whose judgement is, at 15:40.
    private func bringOverdue() async throws {
        for counter in 1...3 { try await bench.receive(about: Samples.number(counter)) }
        try await bench.receive(Samples.complaint("差差差"), about: Samples.number(4))
        try await bench.pass(to: "2026-11-20 15:40")
    }

    @Test("It shows what is overdue or about to be, by department and person, whatever was due first comes first")
    func board() async throws {
        try await bringOverdue()
        let page = try await bench.store.supervision(SupervisionFilter())
        // Their other clocks have not warned yet.
        #expect(page.clocks.map(\.clock.alert) == [.missed, .missed, .missed, .missed])
        #expect(
            Set(page.counts) == [
                PressingCount(holder: "product-quality", owner: "product-quality.handler", overdue: 3, approaching: 0),
                PressingCount(holder: "desk", owner: nil, overdue: 1, approaching: 0),
            ])
        let overdue = try await bench.store.supervision(SupervisionFilter(holder: "product-quality", alert: .missed))
        #expect(overdue.clocks.map(\.clock.number) == (1...3).map(Samples.number))
        #expect(overdue.clocks.map(\.urgings) == [1, 1, 1])
        // Signed for: off the board.
        try await bench.hear(
            CaseAcknowledged(
                department: Samples.department("product-quality"), assignment: 1, by: .staff("li.na")),
            about: Samples.number(2))
        let left = try await bench.store.supervision(SupervisionFilter(holder: "product-quality", alert: .missed))
        #expect(left.clocks.map(\.clock.number) == [Samples.number(1), Samples.number(3)])
    }

    @Test("M18 W21 what is not for the reader's eyes is not counted for them either")
    func confidential() async throws {
        let bench = try RoutingBench { $0.privacy?.confidential?.roles = [.supervisor] }
        try await bench.receive(about: Samples.number(1))
        try await bench.receive(
            Samples.complaint(flags: ["confidential"], at: bench.clock.now()), about: Samples.number(5))
        try await bench.pass(to: "2026-11-25 18:00")
        func counted(_ role: Role) async throws -> Int {
            try await bench.serve(staff: staff) { client async throws in
                let board = try await client.program(role).get("/routing/api/supervision?limit=200")
                let counts = try #require(board.json["counts"] as? [[String: Any]])
                let clocks = try #require(board.json["clocks"] as? [[String: Any]])
                let sum = counts.reduce(0) { $0 + ($1["overdue"] as? Int ?? 0) + ($1["approaching"] as? Int ?? 0) }
                #expect(sum == clocks.count)
                #expect(clocks.contains { $0["number"] as? String == Samples.number(5).text } == (role == .supervisor))
                return sum
            }
        }
        #expect(try await counted(.supervisor) > counted(.coordinator))
        // What was kept before that was noted is looked at.
        let (all, fewer) = (try await counted(.supervisor), try await counted(.coordinator))
        _ = try await bench.store.database.write { unit in
            try unit.db.execute(sql: "UPDATE complaint SET isRestricted = NULL")
        }
        #expect(try await counted(.supervisor) == all)
        #expect(try await counted(.coordinator) == fewer)
    }

    @Test("It is paged by keys, each clock once")
    func pages() async throws {
        try await bringOverdue()
        var seen: [Int64] = []
        var cursor: PressingCursor?
        repeat {
            let page = try await bench.store.supervision(SupervisionFilter(), after: cursor, limit: 3)
            seen += page.clocks.map(\.clock.id)
            cursor = page.next.flatMap { PressingCursor($0.text) }
        } while cursor != nil
        #expect(seen.count == Set(seen).count)
        #expect(seen.count == (try await bench.store.supervision(SupervisionFilter(), limit: 200).clocks.count))
    }

    @Test("The query reads along the index of clocks that have warned")
    func index() async throws {
        let query = SupervisionList.query(SupervisionFilter(alert: .missed), after: nil, limit: 50)
        let plan = try await bench.store.database.read { db in try StoreProbe.plan(query.sql, query.arguments, in: db) }
        #expect(plan.contains { $0.contains("clock_alert") }, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test("One action urges, and pressing twice urges once")
    func urge() async throws {
        try await bringOverdue()
        let before = try await bench.said(CaseUrged.self).count
        try await bench.serve(staff: staff) { client async throws in
            let client = try await client.signedIn(as: .coordinator)
            let page = try await client.get("/routing/supervision?standing=overdue")
            #expect(page.status == 200)
            let csrf = try #require(page.hidden("csrf"))
            let comment = try #require(page.hidden("comment"))
            #expect(comment.contains("签收"))
            let form = [
                ("csrf", csrf), ("number", Samples.number(1).text), ("comment", comment), ("query", "standing=overdue"),
            ]
            for _ in 1...2 {
                let urged = try await client.post("/routing/supervision/urging", form: form)
                #expect(urged.status == 303)
                #expect(urged["location"] == "/routing/supervision?standing=overdue")
            }
        }
        let urged = try await bench.said(CaseUrged.self)
        #expect(urged.count == before + 1)
        #expect(urged.last?.by == .staff("coordinator"))
        #expect(urged.last?.clock == "sign-off")
    }

    @Test(
        "The board and its API speak to those who watch, in both languages",
        arguments: [("zh-Hans", "督办台"), ("en", "Supervision")])
    func languages(language: String, title: String) async throws {
        try await bringOverdue()
        try await bench.serve(staff: staff) { client async throws in
            var client = try await client.signedIn(as: .supervisor)
            client.cookies["redress_language"] = language
            for query in ["", "?standing=approaching", "?holder=product-quality&owner=product-quality.handler"] {
                let page = try await client.get("/routing/supervision" + query)
                #expect(page.status == 200)
                #expect(page.text.contains(title))
            }
            #expect(try await client.get("/routing/supervision").text.contains(Samples.number(4).text))
            #expect(try await client.get("/routing/supervision?standing=late&cursor=x").status == 422)
        }
    }

    @Test("The API's board")
    func api() async throws {
        try await bringOverdue()
        try await bench.serve(staff: staff) { client async throws in
            let answer = try await client.program(.manager).get("/routing/api/supervision?standing=overdue&limit=2")
            #expect(answer.status == 200)
            let clocks = try #require(answer.json["clocks"] as? [[String: Any]])
            #expect(clocks.count == 2)
            #expect(clocks.allSatisfy { $0["standing"] as? String == "overdue" })
            let next = try #require(answer.json["next"] as? String)
            let rest = try await client.program(.manager)
                .get("/routing/api/supervision?standing=overdue&limit=2&cursor=\(next)")
            #expect((rest.json["clocks"] as? [[String: Any]])?.count == 2)
            #expect((answer.json["counts"] as? [[String: Any]])?.isEmpty == false)
            #expect(try await client.program(.agent).get("/routing/api/supervision").status == 403)
            let charges =
                try await client.program(.manager).get("/routing/api/complaints/\(Samples.number(1))")
                .json["charges"] as? [[String: Any]]
            let quality = charges?.first { $0["holder"] as? String == "product-quality" }
            #expect(quality?["elapsedSeconds"] as? Int == 340 * 60)
            #expect(quality?["workingSeconds"] as? Int == 250 * 60)
        }
    }

    @Test("A department asks for more time on its page and its head grants it", arguments: ["zh-Hans", "en"])
    func extensionPages(language: String) async throws {
        try await bench.receive(Samples.complaint("快递丢失，物流一直没有更新"))
        let address = "/routing/complaints/\(Samples.number(1))/extensions"
        let bench = bench
        try #require(try await bench.store.dossier(Samples.number(1))?.record.handling?.lead.text == "logistics")
        try await bench.serve(staff: staff) { client async throws in
            var handler = try await client.signedIn(as: .handler)
            handler.cookies["redress_language"] = language
            let csrf = try #require(try await handler.get(address).hidden("csrf"))
            let wrong = try await handler.post(
                address, form: [("csrf", csrf), ("clock", "solution"), ("by", "a while"), ("reason", "等待检测<")])
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("等待检测&lt;"))
            let asked = try await handler.post(
                address,
                form: [("csrf", csrf), ("clock", "solution"), ("by", "2 working days"), ("reason", "等待检测")])
            #expect(asked.status == 303)
            // Whoever watches finds it on the board.
            let board = try await client.signedIn(as: .supervisor).get("/routing/supervision")
            #expect(board.text.contains(address))
            let id = try #require(try await bench.store.dossier(Samples.number(1))?.extensions.first?.id)
            var head = try await client.signedIn(as: .head)
            head.cookies["redress_language"] = language
            let page = try await head.get(address)
            #expect(page.text.contains("\(address)/\(id)"))
            let headCSRF = try #require(page.hidden("csrf"))
            let granted = try await head.post(
                "\(address)/\(id)", form: [("csrf", headCSRF), ("decision", "granted"), ("comment", "同意")])
            #expect(granted.status == 303)
            #expect(try await head.get(address).status == 200)
        }
        #expect(try await RFC3339.text(bench.runningClock("solution").deadline.dueAt) == "2026-11-27T10:00:00.000Z")
    }

    @Test("The API of extensions names wrong fields, and lets in nobody whose complaint it is not")
    func extensionAPI() async throws {
        try await bench.receive()
        let address = "/routing/api/complaints/\(Samples.number(1))/extensions"
        try await bench.serve(staff: staff) { client async throws in
            let supervisor = client.program(.supervisor)
            let wrong = try await supervisor.post(address, json: #"{"clock": "solution", "by": "ages"}"#)
            #expect(wrong.status == 422)
            #expect(wrong.pointers == ["/by", "/reason"])
            let tooLong = try await supervisor.post(
                address, json: #"{"clock": "solution", "by": "30 working days", "reason": "检测"}"#)
            #expect(tooLong.status == 422)
            #expect(tooLong.pointers == ["/by"])
            let asked = try await supervisor.post(
                address, json: #"{"clock": "solution", "by": "1 working day", "reason": "检测"}"#)
            #expect(asked.status == 201)
            let id = try #require(asked.json["id"] as? Int)
            let own = try await supervisor.post("\(address)/\(id)/decision", json: #"{"granted": true}"#)
            #expect(own.status == 403)
            #expect(try await supervisor.post("\(address)/77/decision", json: #"{"granted": true}"#).status == 404)
            #expect(try await supervisor.post("\(address)/\(id)/decision", json: "{}").status == 422)
            #expect(try await client.program(.head).get(address).status == 403)
            let other = try await client.signedIn(as: .handler)
            #expect(try await other.get("/routing/complaints/\(Samples.number(1))/extensions").status == 403)
            let list = try await supervisor.get(address).json["extensions"] as? [[String: Any]]
            #expect(list?.first?["standing"] as? String == "asked")
        }
    }
}
