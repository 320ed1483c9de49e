import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Employees' suggestions (流程建议)")
struct SuggestionTests {
    private static let path = "/reporting/api/suggestions"
    private static let answer = #"{"verdict": "adopted", "answer": "下月起照办"}"#

    @Test("W19 anybody who is signed in makes a suggestion; whom the pack names answers it; everybody reads both")
    func course() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        try await fixture.serve { (client: HTTPClient) async throws in
            #expect(try await client.post(Self.path, json: #"{"text": "x"}"#).status == 401)
            for role in [Role.handler, .operator] {
                let made = try await client.as(role).post(Self.path, json: #"{"text": "给现场拍照留档"}"#)
                #expect(made.status == 200, "\(role)")
            }
            #expect(try await client.as(.handler).post(Self.path, json: "{}").pointers == ["/text"])
            let item = Self.path + "/1/answer"
            #expect(try await client.as(.manager).post(item, json: Self.answer).status == 403)
            let supervisor = client.as(.supervisor)
            #expect(try await supervisor.post(item, json: "{}").pointers == ["/verdict", "/answer"])
            #expect(try await supervisor.post(item, json: Self.answer).status == 200)
            #expect(try await supervisor.post(item, json: Self.answer).status == 409)
            let list = try await client.as(.agent).get(Self.path + "?view=answered")
            let answered = try #require((list.json["suggestions"] as? [[String: Any]])?.first)
            #expect(answered["verdict"] as? String == "adopted")
            #expect(answered["answeredBy"] as? String == "supervisor-program")
            for view in ["all", "open", "answered"] {
                _ = try await supervisor.bothPages("/reporting/suggestions?view=\(view)")
            }
        }
    }

    @Test("W19 a suggestion has to be answered within the pack's time, and is overdue after that")
    func time() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        try await fixture.serve { (client: HTTPClient) async throws in
            let made = try await client.as(.agent).post(Self.path, json: #"{"text": "x"}"#)
            let due = try #require((made.json["dueAt"] as? String).flatMap { RFC3339.date($0) })
            #expect(fixture.pack.calendar.due(from: fixture.clock.now(), within: .workingDays(5)).dueAt == due)
        }
        fixture.clock.advance(by: 15 * 86_400)
        try await fixture.serve { (client: HTTPClient) async throws in
            let page = try await client.as(.agent).get("/reporting/suggestions", headers: ["Accept": "text/html"])
            #expect(page.text.contains("deadline-overdue"))
        }
    }

    @Test("W19 nobody answers their own suggestion")
    func own() async throws {
        try await ImprovementFixture("wholesale-feedback").serve { (client: HTTPClient) async throws in
            let supervisor = client.as(.supervisor)
            #expect(try await supervisor.post(Self.path, json: #"{"text": "x"}"#).status == 200)
            #expect(try await supervisor.post(Self.path + "/1/answer", json: Self.answer).status == 403)
        }
    }

    @Test("W19 the form keeps what was typed when it is refused")
    func form() async throws {
        try await ImprovementFixture("wholesale-feedback").serve { (client: HTTPClient) async throws in
            let supervisor = try await client.signedIn(as: .supervisor)
            #expect(try await client.as(.agent).post(Self.path, json: #"{"text": "x"}"#).status == 200)
            let csrf = try #require(try await supervisor.get("/reporting/suggestions").hidden("csrf"))
            let refused = try await supervisor.post(
                "/reporting/suggestions/1/answer", form: [("csrf", csrf), ("answer", "再想想")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("再想想"))
            let kept = try await supervisor.post(
                "/reporting/suggestions/1/answer",
                form: [("csrf", csrf), ("answer", "再想想"), ("verdict", "partly")])
            #expect(kept.status == 303)
            let made = try await supervisor.post("/reporting/suggestions", form: [("csrf", csrf), ("text", "y")])
            #expect(made.status == 303)
        }
    }
}
