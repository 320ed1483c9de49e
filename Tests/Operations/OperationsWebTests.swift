import Contracts
import Foundation
import Messaging
import TestSupport
import Testing
import Web

@testable import OperationsService

@Suite struct OperationsWebTests {
    private let test: TestStore
    private let site: Site
    private let desk: OperationsDesk

    init() throws {
        test = try TestStore()
        let staff = try TestStaff(folder: test.folder.url.appendingPathComponent("staff"))
        site = try Site(
            .test(service: "operations", home: "/operations/", staff: staff),
            bundles: [OperationsService.resources], now: { [clock = test.clock] in clock.now() })
        desk = OperationsDesk(store: test.store, clock: test.clock, publisher: ScriptedPublisher())
    }

    private func serve(_ role: String, _ work: @Sendable (HTTPClient) async throws -> Void) async throws {
        let authorized: @Sendable (HTTPClient) async throws -> Void = { client in
            var client = client
            client.token = "\(role)-token"
            try await work(client)
        }
        try await withServer(site, routes: { OperationsRoutes(desk: desk).add(to: $0) }, authorized)
    }

    @Test func aLetterIsListedShownReplayedAndDiscarded() async throws {
        let first = try await test.park(Samples.parked(try Samples.received(1)))
        let second = try await test.park(Samples.parked(try Samples.received(2)))
        try await serve("operator") { client in
            let list = try await client.get("/operations/api/dead-letters?state=failed&consumer=routing&limit=1")
            #expect(list.status == 200)
            let letters = list.json["letters"] as? [[String: Any]] ?? []
            #expect(letters.map { $0["id"] as? Int } == [Int(second)])
            #expect(list.json["next"] as? Int == Int(second))
            let detail = try await client.get("/operations/api/dead-letters/\(first)")
            #expect((detail.json["body"] as? [String: Any])?["text"] as? String != nil)
            #expect((detail.json["headers"] as? [String: Any])?["redress-failure-kind"] as? String == "rejected")

            let replay = try await client.post("/operations/api/dead-letters/\(first)/replay", json: "{}")
            #expect(replay.status == 202)
            #expect(replay.json["state"] as? String == "staged")
            #expect(try await client.post("/operations/api/dead-letters/\(first)/replay", json: "{}").status == 409)

            let unexplained = try await client.post("/operations/api/dead-letters/\(second)/discard", json: "{}")
            #expect(unexplained.status == 422)
            #expect(unexplained.pointers == ["/reason"])
            let discard = try await client.post(
                "/operations/api/dead-letters/\(second)/discard", json: #"{"reason":"spam"}"#)
            #expect(discard.json["state"] as? String == "discarded")
            #expect(try await test.store.letter(second).audit.map(\.actor) == ["operator-program"])
            // That it was discarded is said before anything about the new body.
            for body in [#"{"reason": "fix", "body": "{}"}"#, #"{"reason": "fix", "body": "nonsense"}"#, "{}"] {
                let edit = try await client.post("/operations/api/dead-letters/\(second)/edit", json: body)
                #expect(edit.status == 409, "\(body): \(edit.text)")
            }
        }
    }

    @Test(arguments: [
        ("GET", "/operations/api/dead-letters?state=lost", 422), ("GET", "/operations/api/dead-letters?limit=0", 422),
        ("GET", "/operations/api/dead-letters?kind=bad", 422), ("GET", "/operations/api/dead-letters?consumer=x", 422),
        ("GET", "/operations/api/dead-letters?cursor=x", 422), ("GET", "/operations/api/dead-letters/abc", 404),
        ("GET", "/operations/api/dead-letters/7", 404), ("POST", "/operations/api/dead-letters/7/replay", 404),
        ("DELETE", "/operations/api/dead-letters/7", 405), ("GET", "/operations/letters/99999999999999999999", 404),
        ("POST", "/operations/api/dead-letters/replay", 422), ("GET", "/operations/api/nothing", 404),
    ])
    func badRequestsAreAnswered(method: String, path: String, status: Int) async throws {
        try await serve("operator") { client in
            let answer = try await client.send(method, path)
            #expect(answer.status == status)
        }
    }

    @Test func managersReadButDoNotAct() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        try await serve("manager") { client in
            for path in ["/operations/", "/operations/letters/\(id)", "/operations/reconciliation"] {
                let page = try await client.get(path, headers: ["Accept": "text/html"])
                #expect(page.status == 200)
                #expect(!page.text.contains("<form method=\"post\" action=\"/operations"))
            }
            #expect(try await client.post("/operations/api/dead-letters/\(id)/replay", json: "{}").status == 403)
        }
        try await serve("agent") { client in
            let answer = try await client.get("/operations/api/dead-letters")
            #expect(answer.status == 403)
        }
    }

    /// Every page in both languages: a missing sentence is an error on a strict site.
    @Test(arguments: ["zh-Hans", "en"])
    func pagesAreWholeInBothLanguages(language: String) async throws {
        let message = try Samples.received()
        let id = try await test.park(Samples.parked(message))
        _ = try await test.store.discard(id, by: "op", because: "<b>why</b>")
        let edited = try await test.park(Samples.parked(try Samples.received(2)))
        try await serve("operator") { client in
            var client = client
            client.token = nil
            client = try await client.signedIn(as: .operator)
            let pages = [
                "/operations/?state=", "/operations/?state=staged", "/operations/letters/\(id)",
                "/operations/letters/\(edited)", "/operations/reconciliation",
            ]
            for path in pages {
                let page = try await client.get(
                    "\(path)\(path.contains("?") ? "&" : "?")lang=\(language)", headers: ["Accept": "text/html"])
                #expect(page.status == 200, "\(path): \(page.text)")
                #expect(!page.text.contains("<b>why</b>"))
            }
        }
    }

    @Test func theFormsOfALetterWork() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        try await serve("operator") { client in
            var client = client
            client.token = nil
            client = try await client.signedIn(as: .operator)
            let page = try await client.get("/operations/letters/\(id)", headers: ["Accept": "text/html"])
            let csrf = try #require(page.hidden("csrf"))
            let address = "/operations/letters/\(id)"
            let refused = try await client.post(
                "\(address)/edit", form: [("csrf", csrf), ("body", "{\"typed\":1}"), ("reason", "")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("{&quot;typed&quot;:1}"))
            let body = String(decoding: try ContractJSON.encode(Samples.complaint()), as: UTF8.self)
            let edited = try await client.post(
                "\(address)/edit", form: [("csrf", csrf), ("body", body), ("reason", "channel")])
            #expect(edited.status == 303)
            #expect(try await test.state(id) == .staged(replay: 1))
            let late = try await client.post("\(address)/discard", form: [("csrf", csrf), ("reason", "x")])
            #expect(late.status == 303)
            #expect(try await test.state(id) == .staged(replay: 1))
            #expect(try await client.post("\(address)/replay", form: [("csrf", "wrong")]).status == 403)
        }
    }

    @Test func aFilterIsReplayedFromThePage() async throws {
        for n in 1...3 { try await test.park(Samples.parked(try Samples.received(n))) }
        try await serve("operator") { client in
            let answer = try await client.post(
                "/operations/api/dead-letters/replay", json: #"{"consumer":"routing","reason":"fixed"}"#)
            #expect(answer.status == 202)
            #expect(answer.json["staged"] as? Int == 3)
        }
    }

    @Test func theReconciliationIsAnsweredInNumbers() async throws {
        try await test.park(Samples.parked(try Samples.received()))
        try await serve("manager") { client in
            let answer = try await client.get("/operations/api/reconciliation").json
            let row = (answer["rows"] as? [[String: Any]])?.first
            #expect(row?["day"] as? String == "20261121")
            #expect(row?["channel"] as? String == "web")
            #expect(row?["parked"] as? Int == 0)
            #expect(row?["unmatched"] as? Int == 1)
            #expect(row?["difference"] as? Int == 0)
            #expect(answer["difference"] as? Int == 0)
            #expect(answer["balanced"] as? Bool == true)
            #expect(answer["settled"] as? Bool == false)
            #expect((answer["totals"] as? [String: Any])?["received"] as? Int == 0)
            #expect(answer["asOf"] as? [String: Any] != nil)
        }
    }
}
