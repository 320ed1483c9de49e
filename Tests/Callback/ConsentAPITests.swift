import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import CallbackService

@Suite("The JSON API of consent, rulings and callbacks")
struct ConsentAPITests {
    private static let answer = "\(WebBench.api)/proposals/1/answer"
    private static let promptness = CallbackQuestion(
        id: "promptness", title: LocalizedText(zhHans: "处理是否及时", en: "Prompt?"), scale: .oneToFive)
    private static let fixed = CallbackQuestion(
        id: "fixed", title: LocalizedText(zhHans: "是否修好", en: "Fixed?"), scale: .yesNo)

    private func client(_ client: HTTPClient, _ role: String) -> HTTPClient {
        var client = client
        client.token = "\(role)-token"
        return client
    }

    private func proposal(_ answer: HTTPAnswer) -> [String: Any] { answer.json["proposal"] as? [String: Any] ?? [:] }

    @Test("S09 K10 who signed when is the evidence of an answer on paper") func signature() async throws {
        let web = try WebBench()
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = self.client(client, "caller")
            let wrong = #"{"answer": "accept", "evidence": {"kind": "signature", "person": "王小明"}}"#
            #expect(try await caller.post(Self.answer, json: wrong).pointers == ["/evidence/at"])
            let future =
                #"{"answer": "accept", "evidence": {"kind": "signature", "person": "王小明", "at": "2027-01-01T00:00:00Z"}}"#
            #expect(try await caller.post(Self.answer, json: future).pointers == ["/evidence/at"])
            let code = #"{"answer": "accept", "evidence": {"kind": "code", "person": "王小明"}}"#
            #expect(try await caller.post(Self.answer, json: code).pointers == ["/evidence/kind"])
            let right =
                #"{"answer": "accept", "evidence": {"kind": "signature", "person": "王小明", "at": "2026-11-20T01:30:00Z"}}"#
            let done = try await caller.post(Self.answer, json: right)
            #expect(done.status == 200)
            let evidence = proposal(done)["evidence"] as? [String: Any]
            #expect(evidence?["kind"] as? String == "signature" && evidence?["person"] as? String == "王小明")
            // The customer sees what they said, not how the house proves it.
            let customer = try await client.get(WebBench.api + WebBench.key)
            #expect(proposal(customer)["answer"] as? String == "accept" && proposal(customer)["evidence"] == nil)
        }
        #expect(try await web.bench.said(SolutionAccepted.self).first?.evidence?.kind == .signature)
    }

    @Test("S09 the customer's own answer is proved by the code") func code() async throws {
        let web = try WebBench()
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let body = #"{"answer": "decline", "comment": "太少", "request": "赔 500 元"}"#
            #expect(try await client.post(Self.answer + WebBench.key, json: body).status == 200)
        }
        let declined = try #require(try await web.bench.said(SolutionDeclined.self).first)
        #expect(declined.evidence == AnswerEvidence(kind: .code, at: web.bench.clock.now()))
        #expect(declined.request == "赔 500 元")
    }

    @Test("S09 who answers an expired proposal is told so clearly") func expired() async throws {
        let web = try WebBench { $0.consent.validity = .elapsed(3600) }
        try await web.goOn(to: .proposed)
        try await web.bench.wait(3600)
        try await web.serve { (client: HTTPClient) async throws in
            for answer in ["accept", "decline"] {
                let late = try await client.post(
                    Self.answer + WebBench.key + "&lang=en", json: #"{"answer": "\#(answer)", "comment": "x"}"#)
                #expect(late.status == 409)
                #expect((late.json["detail"] as? String)?.contains("expired") == true)
            }
            let view = proposal(try await client.get(WebBench.api + WebBench.key))
            #expect(view["isOpen"] as? Bool == false && view["silence"] as? String == "ruling")
            let page = try await client.get("\(WebBench.page)&lang=en", headers: WebBench.html)
            #expect(page.text.contains("Expired without an answer") && page.text.contains("A supervisor decides"))
        }
    }

    @Test("S08 M16 the customer was told: by reading their page, or by somebody, jointly with whom (K10)")
    func told() async throws {
        let web = try WebBench { $0.consent.ways = [.page, .phone, .visit] }
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = self.client(client, "caller")
            _ = try await caller.get(WebBench.api)
            // Staff who look through the customer's link tell the customer nothing.
            _ = try await caller.get(WebBench.page, headers: WebBench.html)
            #expect(try await web.bench.said(SolutionPresented.self).isEmpty)
            let path = "\(WebBench.api)/proposals/1/presentation"
            #expect(try await caller.post(path, json: #"{"way": "letter"}"#).pointers == ["/way"])
            let body = #"{"way": "visit", "with": "处理小组组长", "note": "当面说明"}"#
            for _ in 1...2 { #expect(try await caller.post(path, json: body).status == 200) }
            for _ in 1...2 { _ = try await client.get(WebBench.page, headers: WebBench.html) }
            _ = try await client.get(WebBench.api + WebBench.key)
            let ways = (proposal(try await caller.get(WebBench.api))["presentations"] as? [[String: Any]])?
                .compactMap { $0["way"] as? String }
            #expect(ways == ["visit", "page"])
            let stale = try await caller.post("\(WebBench.api)/proposals/2/presentation", json: body)
            #expect(stale.status == 404, "there is no version 2 yet")
        }
        let told = try await web.bench.said(SolutionPresented.self)
        #expect(told.map(\.way) == ["visit", "page"] && told.map(\.with) == ["处理小组组长", nil])
        #expect(told.map(\.by) == [.staff("caller-program"), .customer])
    }

    @Test("K12 M17 a supervisor or manager rules, nobody else") func ruling() async throws {
        let web = try WebBench()
        try await web.goOn(to: .ruling)
        let path = "\(WebBench.api)/proposals/1/ruling"
        try await web.serve { (client: HTTPClient) async throws in
            let body = #"{"verdict": "carryOut", "reason": "方案已合理"}"#
            #expect(try await self.client(client, "caller").post(path, json: body).status == 403)
            let manager = self.client(client, "manager")
            let list = try await manager.get("/callback/api/complaints?list=rulings")
            #expect((list.json["complaints"] as? [[String: Any]])?.count == 1)
            #expect(try await manager.post(path, json: "{}").pointers.sorted() == ["/reason", "/verdict"])
            for _ in 1...2 { #expect(try await manager.post(path, json: body).status == 200) }
            let other = #"{"verdict": "close", "reason": "不"}"#
            #expect(try await manager.post(path, json: other).status == 409)
            let view = proposal(try await client.get(WebBench.api + WebBench.key))["ruling"] as? [String: Any]
            #expect(view?["verdict"] as? String == "carryOut" && view?["reason"] as? String == "方案已合理")
        }
        #expect(try await web.bench.said(SolutionRuled.self).map(\.verdict) == [.carryOut])
        #expect(try await web.bench.standing() == .agreed(version: 1))
    }

    // MARK: Callbacks

    @Test("K14 K16 W11 satisfaction is asked question by question, by phone or questionnaire")
    func questions() async throws {
        let web = try WebBench { $0.callback.questions = [Self.promptness, Self.fixed] }
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let view = try await client.get(WebBench.api + WebBench.key)
            #expect((view.json["surveyQuestions"] as? [[String: Any]])?.count == 2)
            let path = "\(WebBench.api)/survey\(WebBench.key)"
            let wrong = #"{"solved": true, "satisfaction": 5, "answers": {"promptness": 6, "fixed": "maybe"}}"#
            #expect(
                try await client.post(path, json: wrong).pointers.sorted() == ["/answers/fixed", "/answers/promptness"])
            let right = #"{"solved": true, "satisfaction": 5, "answers": {"promptness": 4, "fixed": true}}"#
            #expect(try await client.post(path, json: right).status == 200)
        }
        let completed = try #require(try await web.bench.said(CallbackCompleted.self).first)
        #expect(completed.answers?.map(\.answer) == ["4", "yes"] && completed.way == "questionnaire")
        let record = try #require(try await web.bench.database.read { try CallRecord.fetchOne($0) })
        #expect(record.answers?.map(\.question) == ["promptness", "fixed"])
    }

    @Test("W11 V10 a pack without a questionnaire has none") func noQuestionnaire() async throws {
        let web = try WebBench { $0.callback.ways = [.phone, .visit] }
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            #expect(try await client.get(WebBench.api + WebBench.key).json["surveyIsOpen"] as? Bool == false)
            let body = #"{"solved": true, "satisfaction": 5}"#
            #expect(try await client.post("\(WebBench.api)/survey\(WebBench.key)", json: body).status == 409)
            let page = try await client.get(WebBench.page, headers: WebBench.html)
            #expect(!page.text.contains("/survey?"))
            let caller = self.client(client, "caller")
            let path = "\(WebBench.api)/callbacks"
            let letter = #"{"way": "letter", "solved": true, "satisfaction": 5}"#
            #expect(try await caller.post(path, json: letter).pointers == ["/way"])
            let visit = #"{"way": "visit", "solved": true, "satisfaction": 5}"#
            #expect(try await caller.post(path, json: visit).status == 200)
        }
        #expect(try await web.bench.said(CallbackCompleted.self).map(\.way) == ["visit"])
    }

    @Test("K14 who is not reached is tried again after the pack's spacing, and at last closed with an alarm")
    func unreachable() async throws {
        let web = try WebBench {
            $0.callback.spacing = .elapsed(3600)
            $0.callback.attempts = 2
        }
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = self.client(client, "caller")
            let path = "\(WebBench.api)/callbacks"
            let missed = try await caller.post(path, json: #"{"reached": false}"#)
            #expect(missed.status == 200 && missed.json["callFrom"] as? String == "2026-11-20T03:00:00.000Z")
            let early = try await caller.post(path + "?lang=en", json: #"{"reached": false}"#)
            #expect(early.status == 409)
            #expect((early.json["detail"] as? String)?.contains("too early") == true)
            web.bench.clock.advance(by: 3600)
            let closed = try await caller.post(path, json: #"{"reached": false}"#)
            #expect(closed.json["outcome"] as? String == "unreachable")
        }
        let attempts = try await web.bench.said(CustomerUnreachable.self)
        #expect(attempts.map(\.isLast) == [false, true] && attempts.map { $0.nextAttemptAt == nil } == [false, true])
    }

    @Test("K15 the handler's talk is on record before the next call decides") func soothing() async throws {
        let web = try WebBench()
        try await web.goOn(to: .soothing)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = self.client(client, "caller")
            let call = #"{"solved": false, "satisfaction": 1, "comment": "还是漏水"}"#
            let early = try await caller.post("\(WebBench.api)/callbacks", json: call)
            #expect(early.status == 409)
            let path = "\(WebBench.api)/soothing"
            #expect(try await caller.post(path, json: "{}").pointers == ["/note"])
            let talk = #"{"person": "wang", "note": "致歉并说明原因"}"#
            for _ in 1...2 { #expect(try await caller.post(path, json: talk).status == 200) }
            let after = try await caller.post("\(WebBench.api)/callbacks", json: call)
            #expect(after.json["status"] as? String == "reworking")
        }
        #expect(try await web.bench.said(CustomerSoothed.self).map(\.person) == ["wang"])
        #expect(try await web.bench.said(ReworkOrdered.self).map(\.reason) == ["还是漏水"])
    }

    @Test("K14 where the pack names the callers' department, nobody of another calls") func department() async throws {
        let web = try WebBench { $0.callback.by = DepartmentID("customer-service") }
        let outsider = Identity(name: "x", roles: [.caller], department: "finance", proof: .bearer)
        let insider = Identity(name: "x", roles: [.caller], department: "customer-service", proof: .bearer)
        let anyone = Identity(name: "x", roles: [.caller], proof: .bearer)
        #expect(throws: Problem.self) { try web.web.checkMayCall(outsider) }
        try web.web.checkMayCall(insider)
        try web.web.checkMayCall(anyone)
    }
}
