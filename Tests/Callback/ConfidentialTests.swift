import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import CallbackService

/// Reports of misconduct and other confidential complaints at the callers' desk.
@Suite("Who sees confidential complaints at the callers' desk")
struct ConfidentialTests {
    private static let page = "/callback/cases/\(TicketNumber.this)"
    private let web: WebBench
    private let privacy: PrivacyTerms

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let pack = try PolicyPack.load(
            file: root.appendingPathComponent("compose/policies/wholesale-feedback.yaml").path)
        let terms = try #require(pack.privacy)
        privacy = terms
        web = try WebBench {
            $0.privacy = terms
            $0.categories = pack.categories
        }
    }

    private func receive(concerned: [String], flags: [String] = ["whistleblowing"]) async throws {
        var received = ExampleMessages.received()
        received.complaint.flags = flags
        received.complaint.protected = ProtectedReport(concerned: concerned)
        try await web.bench.hear(received)
    }

    private func goOn() async throws {
        try await web.bench.hear(ExampleMessages.accepted())
        try await web.bench.hear(ExampleMessages.assigned())
        try await web.bench.hear(ExampleMessages.proposed())
    }

    @Test("W21 a report is on no list and no page of whom it concerns, nor of roles that the pack does not name")
    func hidden() async throws {
        try await receive(concerned: ["manager", "manager-program"])
        try await goOn()
        let number = TicketNumber.this.text
        try await web.serve { (client: HTTPClient) async throws in
            for role in [Role.agent, .caller, .supervisor, .manager] {
                let sees = role == .supervisor
                let staff = try await client.signedIn(as: role)
                for page in [Self.page, Self.page + "/record", WebBench.api] {
                    let answer = try await staff.get(page, headers: page == WebBench.api ? [:] : WebBench.html)
                    #expect(answer.status == (sees ? 200 : 404), "\(role) \(page)")
                }
                let desk = try await staff.get("/callback/?list=proposals", headers: WebBench.html)
                #expect(desk.status == 200 && desk.text.contains(Self.page) == sees, "\(role)")
                let list = try await staff.get("/callback/api/complaints?list=proposals")
                #expect(list.text.contains(number) == sees, "\(role)")
                let found = try await staff.get("/callback/cases?number=\(number)")["location"]
                #expect(found == (sees ? Self.page : "/callback/"), "\(role)")
            }
        }
        let files = CustomerFiles(web.bench.database)
        #expect(try await files.counts(seenBy: Viewer(name: "z", roles: ["caller"]))[.proposals] == 0)
        #expect(try await files.counts(seenBy: Viewer(name: "z", roles: ["supervisor"]))[.proposals] == 1)
    }

    @Test(
        "W21 What tells who reports is taken out of what is written about a report",
        arguments: [
            ("我是李建国，仓库，13888880001", "我是【举报人】，仓库，【举报人】"), ("请写信到 li@example.com", "请写信到 【举报人】"),
            ("姓名：欧阳小红。", "姓名：【举报人】。"), ("2026-11-20 那天 240 箱，我是说仓库里的", "2026-11-20 那天 240 箱，我是说仓库里的"),
            ("accept", "accept"), ("同 C20261121-01-000007 一事", "同 C20261121-01-000007 一事"),
            ("通行证 C12345678", "通行证 C【举报人】"), ("微信 ABC13800138000", "微信 ABC【举报人】"),
            ("C20261122-01-000123 13800138000", "C20261122-01-000123 【举报人】"),
            ("C20261122-A1-000123", "C20261122-A1-000123"),
        ])
    func sealing(written: String, kept: String) { #expect(ReporterSealing.text(written) == kept) }

    @Test("W21 a protected reporter's answer reaches nobody with their name; the page asks them not to write it")
    func sealedAnswers() async throws {
        try await receive(concerned: ["manager"])
        try await goOn()
        try await web.serve { (client: HTTPClient) async throws in
            let page = try await client.get(WebBench.page, headers: WebBench.html)
            #expect(page.text.contains("本举报受保护"))
            let body = #"{"answer": "decline", "comment": "我是李建国，请回电 13888880001", "request": "查清"}"#
            let answer = try await client.post("\(WebBench.api)/proposals/1/answer\(WebBench.key)", json: body)
            #expect(answer.status == 200, "\(answer.text)")
        }
        let declined = try #require(try await web.bench.said(SolutionDeclined.self).first)
        #expect(declined.objection == "我是【举报人】，请回电 【举报人】")
        #expect(declined.request == "查清")
    }

    @Test("W21 who is concerned notes nothing on it, on pages and in the API, as if it did not exist")
    func acting() async throws {
        try await receive(concerned: ["supervisor", "supervisor-program"])
        try await goOn()
        // A complaint that they may see has the form's token.
        try await web.bench.hear(ExampleMessages.received(), about: .other)
        try await web.serve { (client: HTTPClient) async throws in
            var program = client
            program.token = "supervisor-token"
            for path in [
                "/callbacks", "/proposals/1/presentation", "/proposals/1/ruling", "/soothing", "/proposals/1/answer",
            ] {
                #expect(try await program.post(WebBench.api + path, json: "{}").status == 404, "\(path)")
            }
            let staff = try await client.signedIn(as: .supervisor)
            let csrf = try #require(
                try await staff.get("/callback/cases/\(TicketNumber.other)", headers: WebBench.html).hidden("csrf"))
            for path in ["/contact", "/callbacks", "/proposals/1/ruling", "/soothing"] {
                #expect(try await staff.post(Self.page + path, form: [("csrf", csrf)]).status == 404, "\(path)")
            }
        }
        let since = web.bench.clock.now() - 3600
        let files = CustomerFiles(web.bench.database)
        #expect(try await !files.hasOpenedContact(of: .this, by: "supervisor", since: since))
    }

    @Test("W21 the reporter goes on with number and code")
    func reporter() async throws {
        try await receive(concerned: ["supervisor"])
        try await goOn()
        try await web.serve { (client: HTTPClient) async throws in
            #expect(try await client.get(WebBench.page, headers: WebBench.html).status == 200)
        }
    }

    @Test("M18 W21 what Routing's category makes confidential is so from then on, and what another opens is open")
    func category() async throws {
        try await web.bench.hear(ExampleMessages.received())
        let files = CustomerFiles(web.bench.database)
        let caller = Viewer(name: "z", roles: ["caller"])
        #expect(try await files.isSeen(.this, by: caller))
        var accepted = ExampleMessages.accepted()
        accepted.category = "misconduct"
        try await web.bench.hear(accepted)
        #expect(try await !files.isSeen(.this, by: caller))
        #expect(try await files.isSeen(.this, by: Viewer(name: "m", roles: ["manager"])))
        try await web.bench.hear(ExampleMessages.assigned())
        #expect(try await files.isSeen(.this, by: caller))
    }
}
