import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import CallbackService

@Suite("Pages of consent, rulings and callbacks")
struct ConsentPageTests {
    private static let casePage = "/callback/cases/C20261120-01-000001"
    private static let questions = [
        CallbackQuestion(
            id: "promptness", title: LocalizedText(zhHans: "处理是否及时", en: "Was it prompt?"), scale: .oneToFive),
        CallbackQuestion(id: "fixed", title: LocalizedText(zhHans: "是否修好", en: "Fixed?"), scale: .yesNo),
        CallbackQuestion(id: "wish", title: LocalizedText(zhHans: "意见", en: "Wishes"), scale: .text),
    ]

    @Test("S09 an answer is noted on its form only with what proves it") func evidence() async throws {
        let web = try WebBench()
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            let csrf = try #require(try await caller.get(Self.casePage, headers: WebBench.html).hidden("csrf"))
            let path = "\(Self.casePage)/proposals/1/answer"
            let bare = try await caller.post(path, form: [("csrf", csrf), ("answer", "accept")])
            #expect(bare.status == 422)
            #expect(bare.text.contains("proposal-evidence-kind-error"))
            let form = [
                ("csrf", csrf), ("answer", "accept"), ("evidence.kind", "phone"), ("evidence.person", "王小明"),
                ("evidence.at", "2026-11-20T09:58"), ("evidence.note", "同意换新"),
            ]
            #expect(try await caller.post(path, form: form).status == 303)
            let page = try await caller.get("\(Self.casePage)?lang=zh-Hans", headers: WebBench.html)
            #expect(page.text.contains("电话记录") && page.text.contains("同意换新"))
        }
        let evidence = try await web.bench.said(SolutionAccepted.self).first?.evidence
        #expect(evidence?.at == Date(timeIntervalSince1970: 1_795_139_880))
    }

    @Test("K12 M17 a supervisor rules on the case page, and the customer reads why") func ruling() async throws {
        let web = try WebBench()
        try await web.goOn(to: .ruling)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            #expect(try await !caller.get(Self.casePage, headers: WebBench.html).text.contains("/ruling\""))
            let supervisor = try await client.signedIn(as: .supervisor)
            let desk = try await supervisor.get("/callback/?list=rulings", headers: WebBench.html)
            #expect(desk.text.contains(Self.casePage))
            let page = try await supervisor.get(Self.casePage, headers: WebBench.html)
            let csrf = try #require(page.hidden("csrf"))
            let path = "\(Self.casePage)/proposals/1/ruling"
            #expect(try await supervisor.post(path, form: [("csrf", csrf)]).status == 422)
            let form = [("csrf", csrf), ("verdict", "close"), ("reason", "已提供全部合理方案")]
            #expect(try await supervisor.post(path, form: form).status == 303)
            for language in ["zh-Hans", "en"] {
                let track = try await client.get("\(WebBench.page)&lang=\(language)", headers: WebBench.html)
                #expect(track.status == 200 && track.text.contains("已提供全部合理方案"))
            }
        }
        #expect(try await web.bench.said(ComplaintClosed.self).map(\.outcome) == [.ruled])
    }

    @Test("K16 the callback record prints calls, answers and talks in both languages") func record() async throws {
        let web = try WebBench { $0.callback.questions = Self.questions }
        try await web.goOn(to: .soothing)
        try await web.bench.callbacks.soothe(.this, person: "王芳", note: "致歉并说明", by: .staff("zhao"))
        let answers = [
            CallbackAnswer(
                question: "promptness", title: Self.questions[0].title, scale: "oneToFive", answer: "4")
        ]
        try await web.bench.callbacks.record(
            about: .this, .content, call: 2, Statement(way: "phone", answers: answers, by: .staff("zhao")))
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            for (language, words) in [
                ("zh-Hans", ["投诉回访情况记录表", "处理是否及时", "致歉并说明", "138****5678"]),
                ("en", ["Callback record", "Was it prompt?", "王芳", "138****5678"]),
            ] {
                let page = try await caller.get("\(Self.casePage)/record?lang=\(language)", headers: WebBench.html)
                #expect(page.status == 200)
                for word in words { #expect(page.text.contains(word), "\(word)") }
            }
            let handler = try await client.signedIn(as: .handler)
            #expect(try await handler.get("\(Self.casePage)/record").status == 403)
        }
    }

    @Test("K14 W09 the questionnaire is made from the pack's questions") func questionnaire() async throws {
        let web = try WebBench { $0.callback.questions = Self.questions }
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let page = try await client.get("\(WebBench.page)&lang=zh-Hans", headers: WebBench.html)
            for name in ["answers.promptness", "answers.fixed", "answers.wish"] {
                #expect(page.text.contains("name=\"\(name)\""))
            }
            let path = "/callback/track/C20261120-01-000001/survey\(WebBench.key)"
            let form = [("solved", "yes"), ("satisfaction", "5"), ("call", "1")]
            let refused = try await client.post(path, form: form)
            #expect(refused.status == 422 && refused.text.contains("survey-answers-promptness-error"))
            let done = try await client.post(
                path, form: form + [("answers.promptness", "5"), ("answers.fixed", "yes"), ("answers.wish", "谢谢")])
            #expect(done.status == 303)
        }
        let answers = try await web.bench.said(CallbackCompleted.self).first?.answers?.map(\.answer)
        #expect(answers == ["5", "yes", "谢谢"])
    }

    @Test("K10 M16 the page says what is done for the customer and who presents it together")
    func jointly() async throws {
        let web = try WebBench()
        try await web.goOn(to: .inProgress)
        var proposed = ExampleMessages.proposed()
        proposed.solution.remedies = [.exchange, .apology]
        proposed.presentation = Presentation(
            leader: "li.head", departments: [.logistics, .quality],
            titles: [
                LocalizedText(zhHans: "物流部", en: "Logistics"), LocalizedText(zhHans: "客户权益部", en: "Customer Rights"),
            ])
        try await web.bench.hear(proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let page = try await client.get("\(WebBench.page)&lang=en", headers: WebBench.html)
            #expect(page.text.contains("exchange, apology") && page.text.contains("Logistics, Customer Rights"))
            // Who leads the group is the house's affair.
            #expect(!page.text.contains("li.head"))
            let caller = try await client.signedIn(as: .caller)
            let staff = try await caller.get("\(Self.casePage)?lang=zh-Hans", headers: WebBench.html)
            #expect(staff.text.contains("物流部、客户权益部 (li.head)"))
        }
    }
}
