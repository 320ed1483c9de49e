import Contracts
import Foundation
import TestSupport
import Testing

@testable import CallbackService

@Suite("The customer's page")
struct CustomerPageTests {
    private let web: WebBench

    init() throws { web = try WebBench() }

    @Test(arguments: Standing.Name.allCases)
    func isThereInBothLanguagesWhereverItStands(_ standing: Standing.Name) async throws {
        try await web.goOn(to: standing)
        try await web.bench.hear(
            InformationRequested(department: .logistics, request: 1, question: "哪家快递？", by: .staff("wang")))
        #expect(try await web.bench.record()?.standing == standing)
        try await web.serve { (client: HTTPClient) async throws in
            for (language, word) in [("zh-Hans", "处理经过"), ("en", "What has happened")] {
                let page = try await client.get("\(WebBench.page)&lang=\(language)", headers: WebBench.html)
                #expect(page.status == 200)
                #expect(page.text.contains("lang=\"\(language)\""))
                #expect(page.text.contains(word))
                #expect(!page.text.contains("13812345678"))
            }
        }
    }

    @Test func speaksTheCustomersLanguageUnlessAskedOtherwise() async throws {
        try await web.goOn(to: .received)
        try await web.serve { (client: HTTPClient) async throws in
            let page = try await client.get(WebBench.page, headers: ["Accept": "text/html", "Accept-Language": "en"])
            #expect(page.text.contains("您的投诉已受理"))
        }
    }

    @Test func aProposalShowsAllThatTheCustomerHasToKnow() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let text = try await client.get(WebBench.page, headers: WebBench.html).text
            for fact in ["免费更换新品，顺丰寄送。", "¥50.00", "运输破损由承运方负责。", "2026-11-23", "物流部", "我同意", "我不同意"] {
                #expect(text.contains(fact), "\(fact)")
            }
            #expect(!text.contains("wang"))
        }
    }

    @Test func decliningWithoutAnObjectionIsShownAgain() async throws {
        try await web.goOn(to: .proposed)
        let path = "/callback/track/C20261120-01-000001/proposals/1/answer\(WebBench.key)"
        try await web.serve { (client: HTTPClient) async throws in
            let refused = try await client.post(path, form: [("answer", "decline"), ("comment", " ")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("请写明客户的意见") && refused.text.contains("<details class=\"mt-3\" open>"))
            let done = try await client.post(path, form: [("answer", "decline"), ("comment", "希望退款")])
            #expect(done.status == 303)
            #expect(done["location"]?.hasPrefix(WebBench.page) == true)
        }
        #expect(try await web.bench.said(SolutionDeclined.self).map(\.objection) == ["希望退款"])
    }

    @Test func theSurveyClosesAContentCustomersComplaint() async throws {
        try await web.goOn(to: .callbackDue)
        let path = "/callback/track/C20261120-01-000001/survey\(WebBench.key)"
        try await web.serve { (client: HTTPClient) async throws in
            let refused = try await client.post(path, form: [("comment", "好")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("survey-solved-error"))
            for _ in 1...2 {
                let done = try await client.post(path, form: [("solved", "yes"), ("satisfaction", "5"), ("call", "1")])
                #expect(done.status == 303)
            }
        }
        let closed = try await web.bench.said(ComplaintClosed.self)
        #expect(closed.map(\.outcome) == [.satisfied])
        #expect(closed.map(\.by) == [.customer])
    }

    @Test func aWrongCodeAndAnUnknownNumberLookTheSame() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            let wrong = try await client.get("/callback/track/C20261120-01-000001?code=WRONG", headers: WebBench.html)
            let unknown = try await client.get("/callback/track/C20261120-01-000009?code=WRONG", headers: WebBench.html)
            for answer in [wrong, unknown] {
                #expect(answer.status == 404)
                #expect(answer["refresh"]?.hasPrefix("3; url=/callback/track/") == true)
            }
            #expect(
                wrong.text.replacingOccurrences(of: "000001", with: "000009") == unknown.text)
            let last = try await client.get(
                "/callback/track/C20261120-01-000009?code=WRONG&looks=6", headers: WebBench.html)
            #expect(last.status == 404 && last["refresh"] == nil)
            let malformed = try await client.get("/callback/track/C2026?code=WRONG", headers: WebBench.html)
            #expect(malformed.status == 404 && malformed["refresh"] == nil)
        }
    }

    @Test func guessingCodesIsThrottled() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            var statuses: Set<Int> = []
            for guess in 0..<60 {
                statuses.insert(
                    try await client.get("\(WebBench.api)?code=guess\(guess)").status)
            }
            #expect(statuses == [404, 429])
            // Who has used up the attempts does not get in with the right code either: else guessing would go on.
            #expect(try await client.get("\(WebBench.api)\(WebBench.key)").status == 429)
        }
    }

    @Test func theRightCodeIsNeverThrottled() async throws {
        try await web.goOn(to: .proposed)
        try await web.serve { (client: HTTPClient) async throws in
            for _ in 0..<60 { #expect(try await client.get("\(WebBench.api)\(WebBench.key)").status == 200) }
        }
    }

    @Test func leadsFromNumberAndCodeToThePage() async throws {
        try await web.serve { (client: HTTPClient) async throws in
            let form = try await client.get("/callback/track", headers: WebBench.html)
            #expect(form.status == 200)
            let led = try await client.get("/callback/track?number=%20c20261120-01-000001&code=7k2m-%209qxa")
            #expect(led["location"] == WebBench.page)
            let again = try await client.get("/callback/track?number=12&code=x", headers: WebBench.html)
            #expect(again.status == 200 && again.text.contains("value=\"12\""))
            #expect(again.text.contains("aria-invalid"))
            let alone = try await client.get("/callback/track?number=C20261120-01-000002", headers: WebBench.html)
            #expect(alone.text.contains("value=\"C20261120-01-000002\"") && !alone.text.contains("aria-invalid"))
        }
    }

    @Test func answersThatComeTooLateAreExplainedOnThePage() async throws {
        try await web.goOn(to: .agreed)
        let path = "/callback/track/C20261120-01-000001/proposals/1/answer\(WebBench.key)"
        try await web.serve { (client: HTTPClient) async throws in
            let answer = try await client.post(path, form: [("answer", "decline"), ("comment", "反悔")])
            #expect(answer.status == 303)
            #expect(answer.cookie("redress_flash")?.isEmpty == false)
        }
        #expect(try await web.bench.said(SolutionDeclined.self).isEmpty)
    }

    @Test func whatCustomersWriteIsNeverMarkup() async throws {
        try await web.goOn(to: .received)
        try await web.bench.hear(
            ComplaintSupplemented(narrative: "<script>alert(1)</script>\"'><img src=x>", by: .customer))
        try await web.serve { (client: HTTPClient) async throws in
            let text = try await client.get(WebBench.page, headers: WebBench.html).text
            #expect(!text.contains("<script>alert") && !text.contains("<img src=x"))
            #expect(text.contains("&lt;script&gt;alert(1)"))
        }
    }
}
