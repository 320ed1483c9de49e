import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import CallbackService

/// What people read and what they may note.
@Suite("What callers read and note") struct WordingTests {
    private func caller(_ client: HTTPClient) -> HTTPClient {
        var caller = client
        caller.token = "caller-token"
        return caller
    }

    @Test("People and departments stand under their names, not under accounts and ids")
    func names() async throws {
        let web = try WebBench {
            $0.people["wang"] = LocalizedText(zhHans: "物流部王经办", en: "Wang of Logistics")
        }
        let logistics = try #require(web.bench.rules.pack.department(.logistics)).title
        try await web.goOn(to: .proposed)
        try await web.bench.hear(
            InformationRequested(department: .logistics, request: 1, question: "哪家快递？", by: .staff("wang")))
        try await web.serve { (client: HTTPClient) async throws in
            let page = try await client.signedIn(as: .caller).get("/callback/cases/C20261120-01-000001").text
            #expect(page.contains("物流部王经办"))
            #expect(page.contains("<span class=\"quiet-text\">\(logistics.zhHans)</span>"))
            #expect(!page.contains(">logistics<") && !page.contains("· wang"))
            let english = try await client.signedIn(as: .caller).get("/callback/cases/C20261120-01-000001?lang=en").text
            #expect(english.contains("Wang of Logistics"))
        }
    }

    @Test("K15 Whom the customer was talked with by is somebody", arguments: ["1", "13900010001", "-"])
    func soothing(person: String) async throws {
        let web = try WebBench()
        try await web.goOn(to: .soothing)
        try await web.serve { (client: HTTPClient) async throws in
            let path = "\(WebBench.api)/soothing"
            let wrong = try await caller(client).post(path, json: #"{"person": "\#(person)", "note": "致歉"}"#)
            #expect(wrong.status == 422 && wrong.pointers == ["/person"])
            #expect(try await caller(client).post(path, json: #"{"person": "李娜", "note": "致歉"}"#).status == 200)
        }
    }

    @Test("W11 A callback is noted by one of the pack's ways", arguments: ["letter", "questionnaire"])
    func ways(way: String) async throws {
        let web = try WebBench()
        try await web.goOn(to: .callbackDue)
        try await web.bench.wait(10 * 86_400)
        try await web.serve { (client: HTTPClient) async throws in
            let body = #"{"solved": true, "satisfaction": 5, "way": "\#(way)"}"#
            let wrong = try await caller(client).post("\(WebBench.api)/callbacks", json: body)
            #expect(wrong.status == 422 && wrong.pointers == ["/way"])
        }
    }

    @Test(
        "K11 What proves an answer names somebody, and lies between the proposal and now",
        arguments: [
            (#""person": "x", "at": "2026-11-20T01:30:00Z""#, "/evidence/person"),
            (#""person": "王小明", "at": "2020-01-01T00:00:00Z""#, "/evidence/at"),
            (#""person": "王小明", "at": "2036-01-01T00:00:00Z""#, "/evidence/at"),
            (#""person": "王小明""#, "/evidence/at"),
        ])
    func signature(evidence: String, pointer: String) async throws {
        let web = try WebBench()
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let body = #"{"answer": "accept", "evidence": {"kind": "signature", \#(evidence)}}"#
            let wrong = try await caller(client).post("\(WebBench.api)/proposals/1/answer", json: body)
            #expect(wrong.status == 422)
            #expect(wrong.pointers == [pointer])
        }
    }

    @Test("K11 A version that does not exist is not called expired", arguments: [Standing.Name.inProgress, .proposed])
    func noSuchVersion(standing: Standing.Name) async throws {
        let web = try WebBench()
        try await web.goOn(to: standing)
        try await web.serve { (client: HTTPClient) async throws in
            for (person, key) in [(client, WebBench.key), (caller(client), "")] {
                let answer = try await person.post(
                    "\(WebBench.api)/proposals/2/answer\(key)",
                    json: #"{"answer": "accept", "evidence": {"kind": "phone", "person": "王小明", "note": "同意"}}"#)
                #expect(answer.status == 404)
                #expect(answer.json["detail"] as? String == "没有这一版处理方案。")
            }
        }
    }
}
