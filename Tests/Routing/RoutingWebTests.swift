import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import RoutingService

@Suite("Routing's pages and API")
struct RoutingWebTests {
    let bench: RoutingBench
    let staff: TestStaff

    init() throws {
        bench = try RoutingBench()
        staff = try TestStaff(folder: bench.folder.url.appending(path: "staff"))
    }

    static let path = "/routing/api/complaints/\(Samples.number(1))"

    @Test("A complaint is judged and assigned through the API")
    func judgeAndAssign() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.serve(staff: staff) { client async throws in
            let desk = client.program(.coordinator)
            let judged = try await desk.post(Self.path + "/judgement", json: #"{"verdict": "valid", "reason": "属实"}"#)
            #expect(judged.status == 200)
            #expect(judged.json["state"] as? String == "awaitingAssignment")
            let again = try await desk.post(Self.path + "/judgement", json: #"{"verdict": "valid", "reason": "属实"}"#)
            #expect(again.status == 409)
            #expect(again["content-type"]?.hasPrefix("application/problem+json") == true)
            let assigned = try await desk.post(
                Self.path + "/assignment",
                json:
                    #"{"department": "logistics", "assisting": ["finance"], "severity": "major", "category": "delivery", "reason": "配送问题"}"#
            )
            #expect(assigned.status == 200)
            #expect(assigned.json["department"] as? String == "logistics")
            #expect(assigned.json["severity"] as? String == "major")
            #expect(assigned.json["owner"] as? String == "logistics.handler")
        }
        let messages = try await bench.said(CaseAssigned.self)
        #expect(messages.map(\.department.text) == ["logistics", "finance"])
        #expect(messages[0].category == "delivery")
        #expect(messages[0].explanations.contains { $0.rule == "desk.severity" })
    }

    @Test("The first responsible person is somebody whom the pack names in the department")
    func owner() async throws {
        try await bench.receive(Samples.complaint(flags: ["injury"]))
        try await bench.serve(staff: staff) { client async throws in
            let desk = client.program(.coordinator)
            for stranger in ["nobody", "finance.handler"] {
                let refused = try await desk.post(
                    Self.path + "/assignment",
                    json: #"{"department": "logistics", "owner": "\#(stranger)", "reason": "配送问题"}"#)
                #expect(refused.status == 422)
                #expect(refused.pointers == ["/owner"])
            }
            let head = try await desk.post(
                Self.path + "/assignment",
                json: #"{"department": "logistics", "owner": "logistics.head", "reason": "配送问题"}"#)
            #expect(head.json["owner"] as? String == "logistics.head")
        }
    }

    @Test("Urging twice at once urges once")
    func urgingTwiceAtOnce() async throws {
        try await bench.bring(to: .investigating)
        try await bench.serve(staff: staff) { client async throws in
            let supervisor = client.program(.supervisor)
            async let first = supervisor.post(Self.path + "/urging", json: #"{"comment": "请尽快"}"#)
            async let second = supervisor.post(Self.path + "/urging", json: #"{"comment": "请尽快"}"#)
            #expect(try await [first.status, second.status] == [200, 200])
        }
        #expect(try await bench.said(CaseUrged.self).count == 1)
    }

    @Test("An enquiry is answered through the API")
    func answer() async throws {
        try await bench.receive(Samples.complaint(kind: .enquiry))
        try await bench.serve(staff: staff) { client async throws in
            let answer = try await client.program(.agent).post(
                Self.path + "/judgement", json: #"{"verdict": "enquiry", "reason": "保修期一年"}"#)
            #expect(answer.json["state"] as? String == "answered")
        }
        #expect(try await bench.said(ComplaintAnswered.self).map(\.answer) == ["保修期一年"])
    }

    @Test(
        "Each wrong field is named",
        arguments: [
            ("judgement", "{}", ["/verdict", "/reason"]),
            (
                "judgement", #"{"verdict": "maybe", "reason": "", "severity": "huge", "category": "weather"}"#,
                ["/verdict", "/reason", "/category", "/severity"]
            ),
            ("judgement", #"{"verdict": 1, "reason": ["a"]}"#, ["/verdict", "/reason"]),
            (
                "assignment", #"{"department": "nowhere", "assisting": ["logistics", "moon"]}"#,
                ["/department", "/assisting/1", "/reason"]
            ),
            ("assignment", #"{"department": "logistics", "assisting": ["logistics"], "reason": "x"}"#, ["/assisting"]),
            ("assignment", #"{"department": "logistics", "assisting": "finance", "reason": "x"}"#, ["/assisting"]),
        ])
    func wrongFields(address: String, body: String, pointers: [String]) async throws {
        try await bench.receive(Samples.complaint("差差差"))
        let answer = try await bench.serve(staff: staff) { client async throws in
            try await client.program(.coordinator).post("\(Self.path)/\(address)", json: body)
        }
        #expect(answer.status == 422)
        #expect(answer.pointers == pointers)
        #expect(try await bench.state() == .awaitingJudgement)
    }

    @Test("Merging names its field; urging needs somebody to urge; unknown numbers are 404")
    func mergeAndUrge() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.serve(staff: staff) { client async throws in
            let supervisor = client.program(.supervisor)
            let merges = [
                #"{"into": "7", "reason": "重复"}"#, #"{"into": "\#(Samples.number(1))", "reason": "重复"}"#,
                #"{"into": "\#(Samples.number(9))", "reason": "重复"}"#,
            ]
            for body in merges {
                let answer = try await supervisor.post(Self.path + "/merge", json: body)
                #expect(answer.status == 422)
                #expect(answer.pointers == ["/into"])
            }
            #expect(try await supervisor.post(Self.path + "/urging", json: #"{"comment": "快"}"#).status == 409)
            #expect(
                try await supervisor.post("/routing/api/complaints/x/urging", json: #"{"comment": "快"}"#).status == 404)
            let unknown = "/routing/api/complaints/\(Samples.number(9))"
            #expect(try await supervisor.post(unknown + "/urging", json: #"{"comment": "快"}"#).status == 404)
            #expect(try await supervisor.get(unknown).status == 404)
            #expect(try await supervisor.get(Self.path + "/judgement").status == 405)
        }
    }

    @Test("Complaints of different customers are not merged: one of them would hear nothing more")
    func mergeOfOthers() async throws {
        var other = Samples.complaint("差差差")
        other.complainant = Complainant(name: "赵敏", phone: "13911112222")
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.receive(other, about: Samples.number(2))
        try await bench.receive(Samples.complaint("又坏了"), about: Samples.number(3))
        try await bench.serve(staff: staff) { client async throws in
            let supervisor = client.program(.supervisor)
            for (into, status) in [(2, 422), (3, 200)] {
                let body = #"{"into": "\#(Samples.number(into))", "reason": "重复"}"#
                let answer = try await supervisor.post(Self.path + "/merge", json: body)
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.pointers == (status == 422 ? ["/into"] : []))
            }
        }
    }

    @Test(
        "Roles: who may read, decide, merge and urge",
        arguments: [
            (Role.manager, 200, 403, 403, 403), (.agent, 200, 422, 403, 403), (.coordinator, 200, 422, 422, 422),
            (.supervisor, 200, 422, 422, 422), (.handler, 403, 403, 403, 403), (.caller, 403, 403, 403, 403),
        ])
    func roles(role: Role, read: Int, decide: Int, merge: Int, urge: Int) async throws {
        try await bench.receive()
        try await bench.serve(staff: staff) { client async throws in
            let program = client.program(role)
            #expect(try await program.get("/routing/api/complaints").status == read)
            #expect(try await program.post(Self.path + "/assignment", json: "{}").status == decide)
            #expect(try await program.post(Self.path + "/merge", json: "{}").status == merge)
            #expect(try await program.post(Self.path + "/urging", json: "{}").status == urge)
            #expect(try await client.get("/routing/api/complaints").status == 401)
        }
    }

    @Test("The list filters, pages and refuses nonsense")
    func list() async throws {
        for counter in 1...5 { try await bench.receive(about: Samples.number(counter)) }
        try await bench.receive(Samples.complaint("差差差"), about: Samples.number(6))
        try await bench.serve(staff: staff) { client async throws in
            let desk = client.program(.manager)
            func numbers(_ query: String) async throws -> (numbers: [String], next: String?) {
                let answer = try await desk.get("/routing/api/complaints?" + query)
                #expect(answer.status == 200)
                let complaints = answer.json["complaints"] as? [[String: Any]] ?? []
                return (complaints.compactMap { $0["number"] as? String }, answer.json["next"] as? String)
            }
            #expect(try await numbers("").numbers.count == 6)
            #expect(try await numbers("state=awaitingJudgement").numbers == [Samples.number(6).text])
            #expect(try await numbers("state=desk").numbers == [Samples.number(6).text])
            #expect(try await numbers("department=product-quality&severity=general").numbers.count == 5)
            #expect(try await numbers("department=finance").numbers.isEmpty)
            let first = try await numbers("sort=oldest&limit=4")
            #expect(first.numbers == (1...4).map { Samples.number($0).text })
            let rest = try await numbers("sort=oldest&limit=4&cursor=\(try #require(first.next))")
            #expect(rest.numbers == (5...6).map { Samples.number($0).text })
            #expect(rest.next == nil)
            let wrong = try await desk.get("/routing/api/complaints?state=lost&limit=0&cursor=%25&sort=up&department=x")
            #expect(wrong.status == 422)
            #expect(Set(wrong.pointers) == ["/state", "/limit", "/cursor", "/sort", "/department"])
        }
    }

    @Test("One complaint's answer holds deadlines, history and explanations, and who complained as the pack says")
    func dossier() async throws {
        try await bench.receive()
        let answer = try await bench.serve(staff: staff) { client in try await client.program(.manager).get(Self.path) }
        #expect(answer.status == 200)
        #expect((answer.json["deadlines"] as? [[String: Any]])?.count == 5)
        #expect((answer.json["history"] as? [[String: Any]])?.count == 3)
        #expect((answer.json["explanations"] as? [[String: Any]])?.isEmpty == false)
        #expect(answer.text.contains("13800000000"))
    }

    @Test(
        "Pages speak both languages and show what there is",
        arguments: [
            ("zh-Hans", ["分派台", "待判定", "未满足"]), ("en", ["Triage desk", "To be judged", "is not met"]),
        ])
    func pages(language: String, words: [String]) async throws {
        try await bench.receive(Samples.complaint("差<b>&"))
        try await bench.receive(Samples.complaint(amount: "20000"), about: Samples.number(2))
        try await bench.serve(staff: staff) { client async throws in
            var client = try await client.signedIn(as: .supervisor)
            client.cookies["redress_language"] = language
            let list = try await client.get("/routing/?state=open")
            #expect(list.status == 200)
            #expect(list.text.contains(words[0]) && list.text.contains(words[1]))
            #expect(list.text.contains(Samples.number(2).text))
            #expect(list.text.contains("&lt;b&gt;&amp;"))
            let page = try await client.get("/routing/complaints/\(Samples.number(1))")
            #expect(page.status == 200)
            #expect(page.text.contains(words[2]))
            #expect(page.text.contains("/routing/complaints/\(Samples.number(1))/judgement"))
            let held = try await client.get("/routing/complaints/\(Samples.number(2))")
            #expect(held.text.contains("/routing/complaints/\(Samples.number(2))/urging"))
            #expect(held.text.contains("/routing/complaints/\(Samples.number(2))/assignment"))
        }
    }

    @Test("Every state's page can be shown", arguments: StateName.allCases, ["zh-Hans", "en"])
    func everyState(state: StateName, language: String) async throws {
        try await bench.bring(to: state)
        try #require(try await bench.state() == state)
        try await bench.serve(staff: staff) { client async throws in
            var client = try await client.signedIn(as: .supervisor)
            client.cookies["redress_language"] = language
            #expect(try await client.get("/routing/complaints/\(Samples.number(1))").status == 200)
            #expect(try await client.get("/routing/?state=\(state.rawValue)").text.contains(Samples.number(1).text))
        }
    }

    @Test("The form judges, keeps what was typed when it is refused, and assigns")
    func forms() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.serve(staff: staff) { client async throws in
            let client = try await client.signedIn(as: .coordinator)
            let address = "/routing/complaints/\(Samples.number(1))"
            let csrf = try #require(try await client.get(address).hidden("csrf"))
            let refused = try await client.post(
                address + "/judgement", form: [("csrf", csrf), ("verdict", ""), ("reason", "属实<")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("属实&lt;"))
            #expect(refused.text.contains("id=\"f-verdict-error\""))
            let judged = try await client.post(
                address + "/judgement",
                form: [
                    ("csrf", csrf), ("verdict", "valid"), ("reason", "属实"), ("category", "delivery"), ("severity", ""),
                ])
            #expect(judged.status == 303)
            let assigned = try await client.post(
                address + "/assignment",
                form: [
                    ("csrf", csrf), ("department", "logistics"), ("assisting", "finance"), ("owner", ""),
                    ("category", "delivery"), ("severity", "important"), ("reason", "配送"),
                ])
            #expect(assigned.status == 303)
            // Sent twice: nothing happens twice, and the person is told.
            let twice = try await client.post(
                address + "/assignment",
                form: [("csrf", csrf), ("department", "logistics"), ("assisting", "finance"), ("reason", "配送")])
            #expect(twice.status == 303)
            #expect(try await client.post(address + "/judgement", form: [("verdict", "valid")]).status == 403)
        }
        #expect(try await bench.said(CaseAssigned.self).map(\.department.text) == ["logistics", "finance"])
    }

    @Test("A number is found, and what is no number leads back with a word")
    func find() async throws {
        try await bench.receive()
        try await bench.serve(staff: staff) { client async throws in
            let client = try await client.signedIn(as: .manager)
            let found = try await client.get("/routing/find?number=%20\(Samples.number(1).text.lowercased())")
            #expect(found["location"] == "/routing/complaints/\(Samples.number(1))")
            #expect(try await client.get("/routing/find?number=nonsense")["location"] == "/routing/")
        }
    }
}
