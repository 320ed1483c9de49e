import Contracts
import Foundation
import TestSupport
import Testing

@testable import CallbackService

@Suite("The JSON API")
struct APITests {
    private let web: WebBench

    init() throws { web = try WebBench() }

    @Test func tellsWhereTheComplaintStands() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let answer = try await client.get("\(WebBench.api)\(WebBench.key)&lang=en")
            #expect(answer.status == 200)
            let json = answer.json
            #expect(json["number"] as? String == "C20261120-01-000001")
            #expect(json["status"] as? String == "proposed")
            #expect(json["callbacks"] == nil)
            let proposal = try #require(json["proposal"] as? [String: Any])
            #expect(proposal["version"] as? Int == 1 && proposal["isOpen"] as? Bool == true)
            #expect(proposal["compensation"] as? String == "50.00")
            let kinds = (json["timeline"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
            #expect(kinds == ["received", "accepted", "assigned", "proposed"])
        }
    }

    static let wrongBodies: [(Standing.Name, String, String, [String])] = [
        (.proposed, "proposals/1/answer", #"{}"#, ["/answer"]),
        (.proposed, "proposals/1/answer", #"{"answer": "perhaps"}"#, ["/answer"]),
        (.proposed, "proposals/1/answer", #"{"answer": "decline"}"#, ["/comment"]),
        (.proposed, "proposals/1/answer", #"{"answer": 1, "comment": 2}"#, ["/answer", "/comment"]),
        (.explaining, "explanation/answer", #"{"answer": "decline"}"#, ["/answer"]),
        (.inProgress, "information/1/answer", #"{"answer": ""}"#, ["/answer"]),
        (.callbackDue, "survey", #"{}"#, ["/satisfaction", "/solved"]),
        (.callbackDue, "survey", #"{"solved": true, "satisfaction": 5, "call": 2}"#, ["/call"]),
        (.soothing, "survey", #"{"solved": true, "satisfaction": 5, "call": 7}"#, ["/call"]),
        (.callbackDue, "survey", #"{"solved": "ja", "satisfaction": 6}"#, ["/satisfaction", "/solved"]),
    ]

    @Test(arguments: wrongBodies)
    func namesEveryWrongField(
        _ standing: Standing.Name, _ path: String, _ body: String, _ pointers: [String]
    ) async throws {
        try await web.goOn(to: standing)
        let before = try await web.bench.said()
        try await web.serve { (client: HTTPClient) async throws in
            let answer = try await client.post("\(WebBench.api)/\(path)\(WebBench.key)", json: body)
            #expect(answer.status == 422)
            #expect(answer["content-type"]?.hasPrefix("application/problem+json") == true)
            #expect(answer.pointers.sorted() == pointers)
        }
        #expect(try await web.bench.said() == before)
    }

    @Test(arguments: [
        (#"{"call": 3, "reached": true, "solved": true, "satisfaction": 5}"#, ["/call"]),
        (#"{"call": 2, "reached": false}"#, ["/call"]),
        (#"{"call": 1, "reached": false, "solved": true}"#, ["/solved"]),
        (#"{"call": 1, "reached": false, "solved": true, "satisfaction": 5}"#, ["/satisfaction", "/solved"]),
    ])
    func aCallIsTheNextOneAndSaysOneThing(_ body: String, _ pointers: [String]) async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            var caller = client
            caller.token = "caller-token"
            let answer = try await caller.post("\(WebBench.api)/callbacks", json: body)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.pointers.sorted() == pointers)
            let right = try await caller.post("\(WebBench.api)/callbacks", json: #"{"call": 1, "reached": false}"#)
            #expect(right.status == 200, "\(right.text)")
        }
    }

    @Test(arguments: [("after=x", "/after"), ("after=2026~nothing", "/after"), ("list=nothing", "/list")])
    func wrongValuesOfAListAreNamed(_ query: String, _ pointer: String) async throws {
        try await web.serve { (client: HTTPClient) async throws in
            var caller = client
            caller.token = "caller-token"
            let answer = try await caller.get("/callback/api/complaints?\(query)")
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer])
        }
    }

    @Test func badRequestsAreAnsweredNotFailed() async throws {
        try await web.goOn(to: .proposed)
        let path = "\(WebBench.api)/proposals/1/answer\(WebBench.key)"
        try await web.serve { (client: HTTPClient) async throws in
            #expect(try await client.post(path, json: "{").status == 400)
            #expect(try await client.post(path, json: "[]").status == 400)
            #expect(try await client.send("PUT", path).status == 405)
            let huge = "{\"answer\": \"accept\", \"comment\": \"\(String(repeating: "x", count: 70_000))\"}"
            #expect(try await client.post(path, json: huge).status == 413)
            let text = ["Content-Type": "text/plain"]
            #expect(try await client.send("POST", path, headers: text, body: Data("x".utf8)).status == 415)
            let none = "\(WebBench.api)/proposals/none/answer\(WebBench.key)"
            #expect(try await client.post(none, json: "{}").status == 404)
            #expect(try await client.get("/callback/api/complaints/none").status == 404)
        }
    }

    /// The department that took the case over goes on with version 7; to the customer it is the second proposal.
    @Test(arguments: [2, 7]) func aStaleVersionIsRefusedAndTheDocumentNamesTheCurrentOne(_ version: Int) async throws {
        try await web.goOn(to: .proposed)
        try await web.bench.hear(ExampleMessages.proposed(version, number: 3))
        try await web.serve { (client: HTTPClient) async throws in
            let path = "\(WebBench.api)/proposals/1/answer\(WebBench.key)&lang=en"
            let answer = try await client.post(path, json: #"{"answer": "accept"}"#)
            #expect(answer.status == 409)
            #expect((answer.json["detail"] as? String)?.contains("a later one waits") == true)
            let document = try await client.get("\(WebBench.api)\(WebBench.key)").json
            let proposal = try #require(document["proposal"] as? [String: Any])
            #expect(proposal["version"] as? Int == version)
            #expect(proposal["number"] as? Int == 2)
            #expect(proposal["isOpen"] as? Bool == true)
            let page = try await client.send("GET", WebBench.page, headers: WebBench.html).text
            #expect(page.contains("第 2 次方案"))
            #expect(!page.contains("第 \(version + 5) ") && !page.contains("第 7 "))
        }
        #expect(try await web.bench.said(SolutionAccepted.self).isEmpty)
    }

    @Test func theSameAnswerTwiceIsAnsweredAlike() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let path = "\(WebBench.api)/proposals/1/answer\(WebBench.key)"
            for _ in 1...2 {
                let answer = try await client.post(path, json: #"{"answer": "accept"}"#)
                #expect(answer.status == 200)
                #expect(answer.json["status"] as? String == "agreed")
            }
            let contrary = try await client.post(path, json: #"{"answer": "decline", "comment": "反悔"}"#)
            #expect(contrary.status == 409)
        }
        #expect(try await web.bench.said(SolutionAccepted.self).count == 1)
    }

    @Test func callersRecordCallbacks() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            var caller = client
            caller.token = "caller-token"
            let list = try await caller.get("/callback/api/complaints")
            #expect((list.json["complaints"] as? [[String: Any]])?.count == 1)
            #expect(!list.text.contains("13812345678"))
            let missed = try await caller.post("\(WebBench.api)/callbacks", json: #"{"reached": false}"#)
            #expect(missed.status == 200)
            let done = try await caller.post(
                "\(WebBench.api)/callbacks", json: #"{"solved": true, "satisfaction": 5, "comment": "好"}"#)
            #expect(done.json["outcome"] as? String == "satisfied")
            #expect((done.json["callbacks"] as? [[String: Any]])?.count == 2)
        }
        #expect(try await web.bench.said(ComplaintClosed.self).map(\.by) == [.staff("caller-program")])
    }

    @Test func onlyCallersCall() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let body = #"{"solved": true, "satisfaction": 5}"#
            for (token, status) in [("manager-token", 403), ("handler-token", 403), ("nobody", 401)] {
                var other = client
                other.token = token
                #expect(try await other.post("\(WebBench.api)/callbacks", json: body).status == status)
            }
            #expect(try await client.post("\(WebBench.api)/callbacks", json: body).status == 401)
            // The customer's code opens the survey, not the callers' record.
            #expect(try await client.post("\(WebBench.api)/callbacks\(WebBench.key)", json: body).status == 401)
        }
    }

    @Test("S09 callers note what customers say on the phone, with whom they spoke and what was said")
    func callersNoteWhatCustomersSayOnThePhone() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            var caller = client
            caller.token = "caller-token"
            // Without a word on how they know it, it proves nothing.
            let bare = try await caller.post("\(WebBench.api)/proposals/1/answer", json: #"{"answer": "accept"}"#)
            #expect(bare.status == 422 && Set(bare.pointers) == ["/evidence/kind", "/evidence/person"])
            let noted = #"{"answer": "accept", "evidence": {"kind": "phone", "person": "王小明", "note": "同意换新"}}"#
            let answer = try await caller.post("\(WebBench.api)/proposals/1/answer", json: noted)
            #expect(answer.status == 200)
            var manager = client
            manager.token = "manager-token"
            #expect(try await manager.get(WebBench.api).status == 200)
            let refused = try await manager.post("\(WebBench.api)/proposals/1/answer", json: #"{"answer": "accept"}"#)
            #expect(refused.status == 403)
        }
        #expect(try await web.bench.said(SolutionAccepted.self).map(\.by) == [.staff("caller-program")])
    }
}
