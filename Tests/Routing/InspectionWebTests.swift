import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import RoutingService

@Suite("Pages and API of samples and rectification notices")
struct InspectionWebTests {
    static let api = "/routing/api/supervision"
    let bench: RoutingBench

    init() throws { bench = try RoutingBench(pack: "wholesale-feedback") }

    private func receive(_ range: ClosedRange<Int>) async throws {
        for counter in range {
            try await bench.receive(Samples.complaint("送货慢").by("hotline"), about: Samples.number(counter))
        }
    }

    @Test("W20 The group draws, inspects and orders on its pages, in both languages", arguments: Language.allCases)
    func pages(language: Language) async throws {
        try await receive(1...1)
        let bench = bench
        try await bench.serve { client async throws in
            var group = try await client.signedIn(as: .supervisor)
            group.cookies["redress_language"] = language.tag
            let samples = "/routing/supervision/samples"
            let board = try await group.get("/routing/supervision")
            #expect(board.text.contains(samples) && board.text.contains("/routing/supervision/notices"))
            let list = try await group.get(samples)
            #expect(list.status == 200)
            let csrf = try #require(list.hidden("csrf"))
            let drawn = try await group.post(samples, form: [("csrf", csrf), ("period", "2026-11"), ("draw", "1")])
            #expect(drawn.status == 303)
            let address = try #require(drawn["location"])
            let sample = try await group.get(address)
            #expect(sample.status == 200 && sample.text.contains("/reporting/tickets/\(Samples.number(1))"))
            #expect(!sample.text.contains("13800000000") && !sample.text.contains("王芳"))
            // Who drew it, and nobody yet who inspected.
            let person = try #require(bench.pack.people["supervisor"]).text(for: language.tag)
            #expect(sample.text.components(separatedBy: person).count == 2)
            let form = [("csrf", csrf), ("number", Samples.number(1).text), ("result", "finding")]
            let refused = try await group.post(address + "/results", form: form)
            #expect(refused.status == 422 && refused.text.contains("f-\(Samples.number(1))-finding-error"))
            let recorded = try await group.post(address + "/results", form: form + [("finding", "没有进度<记录>")])
            #expect(recorded.status == 303)
            let inspected = try await group.get(address)
            #expect(inspected.text.contains("没有进度&lt;记录&gt;"))
            #expect(inspected.text.contains("/routing/supervision/order?number=\(Samples.number(1))"))
            let order = try await group.get("/routing/supervision/order?number=\(Samples.number(1))&sample=1")
            #expect(order.status == 200 && order.text.contains("没有进度&lt;记录&gt;") && order.hidden("sample") == "1")
            let wrong = try await group.post(
                "/routing/supervision/order",
                form: [("csrf", csrf), ("number", Samples.number(7).text), ("department", "moon"), ("sample", "1")])
            #expect(wrong.status == 422 && wrong.hidden("sample") == "1")
            let ordered = try await group.post(
                "/routing/supervision/order",
                form: [
                    ("csrf", csrf), ("number", Samples.number(1).text), ("department", "logistics"), ("sample", "1"),
                    ("finding", "没有进度记录"),
                ])
            #expect(ordered.status == 303)
            let notice = try #require(ordered["location"])
            for page in ["/routing/supervision", "/routing/complaints/\(Samples.number(1))"] {
                #expect(try await group.get(page).text.contains(notice), "\(page)")
            }
            #expect(try await group.get(samples).status == 200)
            #expect(try await group.get(notice).text.contains("没有进度记录"))
            try await bench.hear(
                RectificationAnswered(
                    department: Samples.department("logistics"), notice: 1, round: 1, answer: "已补记", by: .staff("w")))
            let answered = try await group.get(notice)
            #expect(answered.text.contains("已补记") && answered.text.contains(notice + "/decision"))
            let empty = try await group.post(notice + "/decision", form: [("csrf", csrf), ("decision", "returned")])
            #expect(empty.status == 422)
            let closed = try await group.post(notice + "/decision", form: [("csrf", csrf), ("decision", "accepted")])
            #expect(closed.status == 303)
            for view in RectificationView.allCases {
                let page = try await group.get("/routing/supervision/notices?view=\(view.rawValue)")
                #expect(page.status == 200 && page.text.contains(notice) == (view == .closed), "\(view)")
            }
        }
    }

    @Test("W20 The API says how a sample was drawn, and takes results, notices and decisions")
    func api() async throws {
        try await receive(1...11)
        let bench = bench
        try await bench.serve { client async throws in
            let group = client.program(.supervisor)
            let drawn = try await group.post(Self.api + "/samples", json: #"{"period": "2026-11"}"#)
            #expect(drawn.status == 201)
            let seed = try #require(drawn.json["seed"] as? String)
            let population = try #require(drawn.json["population"] as? [String])
            let complaints = try #require(drawn.json["complaints"] as? [[String: Any]])
            let again = SampleDraw(seed: seed, size: 2).drawn(from: population.compactMap { TicketNumber($0) })
            #expect(population.count == 11 && complaints.compactMap { $0["number"] as? String } == again.map(\.text))
            let result = #"{"number": "\#(again[0])", "result": "finding", "finding": "超时"}"#
            let recorded = try await group.post(Self.api + "/samples/1/results", json: result)
            #expect((recorded.json["complaints"] as? [[String: Any]])?.first?["result"] as? String == "finding")
            let order = #"{"number": "\#(again[0])", "department": "logistics", "finding": "超时", "sample": 1}"#
            let ordered = try await group.post(Self.api + "/notices", json: order)
            #expect(ordered.status == 201 && ordered.json["standing"] as? String == "ordered")
            let decision = try await group.post(Self.api + "/notices/1/decision", json: #"{"decision": "accepted"}"#)
            #expect(decision.status == 409)
            let board = try await group.get(Self.api)
            #expect((board.json["notices"] as? [[String: Any]])?.count == 1)
            #expect(try await group.get(Self.api + "/notices/1").json["steps"] != nil)
            #expect(try await group.get(Self.api + "/notices/7").status == 404)
            #expect(try await group.get(Self.api + "/samples/7").status == 404)
            let samples = try await group.get(Self.api + "/samples").json["samples"] as? [[String: Any]]
            #expect(samples?.first?["findings"] as? Int == 1)
        }
    }

    @Test(
        "W20 Each wrong field is named",
        arguments: [
            ("/samples", "{}", ["/period"]), ("/samples", #"{"period": "2026-Q4", "draw": 0}"#, ["/period", "/draw"]),
            ("/samples", #"{"period": "2027-05"}"#, ["/period"]),
            ("/samples/1/results", "{}", ["/number", "/result"]),
            ("/samples/1/results", #"{"number": "x", "result": "finding"}"#, ["/number", "/finding"]),
            (
                "/samples/1/results", #"{"number": "C20261120-01-000001", "result": "inOrder", "finding": "x"}"#,
                ["/finding"]
            ),
            ("/samples/1/results", #"{"number": "C20261120-01-000009", "result": "inOrder"}"#, ["/number"]),
            ("/notices", "{}", ["/number", "/department", "/finding"]),
            (
                "/notices", #"{"number": 7, "department": "moon", "finding": ""}"#,
                ["/number", "/department", "/finding"]
            ),
            (
                "/notices", #"{"number": "C20261120-01-000009", "department": "sales", "finding": "x"}"#, ["/number"]
            ),
            (
                "/notices", #"{"number": "C20261120-01-000001", "department": "sales", "finding": "x", "sample": 1}"#,
                ["/sample"]
            ),
        ])
    func wrongFields(address: String, body: String, pointers: [String]) async throws {
        try await receive(1...1)
        try await bench.serve { client async throws in
            let group = client.program(.supervisor)
            #expect(try await group.post(Self.api + "/samples", json: #"{"period": "2026-11"}"#).status == 201)
            let answer = try await group.post(Self.api + address, json: body)
            #expect(answer.status == 422 && answer.pointers == pointers, "\(answer.text)")
        }
    }

    @Test("W20 Only those whom the pack names inspect; who watches reads along, and nobody else")
    func roles() async throws {
        try await receive(1...1)
        try await bench.serve { client async throws in
            for role in Role.allCases {
                let staff = client.program(role)
                let reads: Set<Role> = [.supervisor, .coordinator, .manager]
                for address in ["/samples", "/notices"] {
                    #expect(try await staff.get(Self.api + address).status == (reads.contains(role) ? 200 : 403))
                }
                guard role != .supervisor else { continue }
                for address in ["/samples", "/samples/1/results", "/notices"] {
                    #expect(try await staff.post(Self.api + address, json: "{}").status == 403, "\(role)")
                }
            }
            #expect(try await client.get(Self.api + "/samples").status == 401)
        }
    }

    @Test(
        "W20 A pack without supervision has no such page and no way to it",
        arguments: ["kangyu-medical", "service-standard"])
    func without(name: String) async throws {
        let bench = try RoutingBench(pack: name)
        try await bench.receive()
        try await bench.serve { client async throws in
            let staff = try await client.signedIn(as: .supervisor)
            for address in ["samples", "samples/1", "notices", "notices/1", "order"] {
                #expect(try await staff.get("/routing/supervision/\(address)").status == 404, "\(address)")
            }
            #expect(try await !staff.get("/routing/supervision").text.contains("/routing/supervision/samples"))
            let complaint = try await staff.get("/routing/complaints/\(Samples.number(1))")
            #expect(!complaint.text.contains("/routing/supervision/order"))
        }
    }

    @Test("W21 W20 A report of misconduct is on no board, and no notice of it is there, for whom it concerns")
    func misconduct() async throws {
        var report = Samples.complaint("经办人篡改处理记录", flags: ["whistleblowing"]).by("internal")
        report.protected = ProtectedReport(concerned: ["supervisor", "supervisor-program"])
        try await bench.receive(report)
        let order = RectificationOrder(
            number: Samples.number(1), department: Samples.department("supervision"), finding: "查处")
        _ = try await bench.rectifications.order(order, by: "supervision.head")
        // Nobody has judged it: overdue.
        try await bench.pass(to: "2026-11-27 18:00")
        let number = Samples.number(1).text
        try await bench.serve { client async throws in
            let (concerned, manager) = (client.program(.supervisor), client.program(.manager))
            for address in [Self.api, Self.api + "/notices"] {
                #expect(try await !concerned.get(address).text.contains(number), "\(address)")
                #expect(try await manager.get(address).text.contains(number), "\(address)")
            }
            #expect(try await concerned.get(Self.api + "/notices/1").status == 404)
            #expect(try await manager.get(Self.api + "/notices/1").status == 200)
            let hidden = #"{"number": "\#(number)", "department": "supervision", "finding": "x"}"#
            let unknown = hidden.replacingOccurrences(of: number, with: Samples.number(9).text)
            let answers = (
                try await concerned.post(Self.api + "/notices", json: hidden),
                try await concerned.post(Self.api + "/notices", json: unknown)
            )
            #expect(answers.0.status == 422 && answers.0.pointers == ["/number"])
            #expect(answers.1.status == 422 && answers.1.pointers == ["/number"])
            let staff = try await client.signedIn(as: .supervisor)
            for page in ["", "/notices"] {
                #expect(try await !staff.get("/routing/supervision" + page).text.contains(number), "\(page)")
            }
            #expect(try await staff.get("/routing/supervision/order?number=\(number)").status == 404)
            #expect(try await staff.get("/routing/complaints/\(number)/extensions").status == 404)
        }
    }
}

extension RoutingBench {
    var rectifications: RectificationDesk { RectificationDesk(store: store, work: desk.work) }
}
