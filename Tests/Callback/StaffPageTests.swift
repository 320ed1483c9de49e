import Contracts
import Foundation
import TestSupport
import Testing

@testable import CallbackService

@Suite("The callers' pages")
struct StaffPageTests {
    private static let casePage = "/callback/cases/C20261120-01-000001"
    private let web: WebBench

    init() throws { web = try WebBench() }

    @Test(arguments: Standing.Name.allCases)
    func aCaseIsShownInBothLanguagesWhereverItStands(_ standing: Standing.Name) async throws {
        try await web.goOn(to: standing)
        try await web.bench.hear(
            InformationRequested(department: .logistics, request: 1, question: "哪家快递？", by: .staff("wang")))
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            for (language, word) in [("zh-Hans", "处理经过"), ("en", "What has happened")] {
                let page = try await caller.get("\(Self.casePage)?lang=\(language)", headers: WebBench.html)
                #expect(page.status == 200)
                #expect(page.text.contains(word))
            }
        }
    }

    @Test(arguments: DeskList.allCases)
    func theDeskListsWhatWaits(_ list: DeskList) async throws {
        let standings: [DeskList: Standing.Name] = [
            .callbacks: .callbackDue, .proposals: .proposed, .explanations: .explaining, .rulings: .ruling,
        ]
        try await web.goOn(to: try #require(standings[list]))
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            for language in ["zh-Hans", "en"] {
                let page = try await caller.get(
                    "/callback/?list=\(list.rawValue)&lang=\(language)", headers: WebBench.html)
                #expect(page.status == 200)
                #expect(page.text.contains(Self.casePage))
                #expect(page.text.contains("138****5678") && !page.text.contains("13812345678"))
            }
            let other = DeskList.allCases.first { $0 != list }?.rawValue ?? ""
            #expect(try await !caller.get("/callback/?list=\(other)").text.contains(Self.casePage))
        }
    }

    @Test func theDeskFindsACaseByItsNumber() async throws {
        try await web.goOn(to: .received)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            let found = try await caller.get("/callback/cases?number=c20261120-01-000001")
            #expect(found["location"] == Self.casePage)
            #expect(try await caller.get("/callback/cases?number=1")["location"] == "/callback/")
        }
    }

    @Test func theContactIsMaskedUntilItIsOpened() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            let masked = try await caller.get(Self.casePage, headers: WebBench.html)
            #expect(masked.text.contains("138****5678") && !masked.text.contains("13812345678"))
            let csrf = try #require(masked.hidden("csrf"))
            let opened = try await caller.post("\(Self.casePage)/contact", form: [("csrf", csrf)])
            #expect(opened.status == 303)
            #expect(try await caller.get(Self.casePage, headers: WebBench.html).text.contains("13812345678"))
            let manager = try await client.signedIn(as: .manager)
            #expect(try await !manager.get(Self.casePage, headers: WebBench.html).text.contains("13812345678"))
        }
        web.bench.clock.advance(by: 3601)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            #expect(try await !caller.get(Self.casePage, headers: WebBench.html).text.contains("13812345678"))
        }
    }

    @Test func aCallIsRecordedFromItsForm() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            let csrf = try #require(try await caller.get(Self.casePage, headers: WebBench.html).hidden("csrf"))
            let path = "\(Self.casePage)/callbacks"
            let refused = try await caller.post(
                path, form: [("csrf", csrf), ("call", "1"), ("reached", "yes"), ("comment", "客户在忙")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("call-satisfaction-error") && refused.text.contains("客户在忙"))
            let form = [("csrf", csrf), ("call", "1"), ("reached", "yes"), ("solved", "yes"), ("satisfaction", "5")]
            for _ in 1...2 { #expect(try await caller.post(path, form: form).status == 303) }
        }
        #expect(try await web.bench.said(ComplaintClosed.self).map(\.outcome) == [.satisfied])
    }

    @Test func aFormOfAnotherSiteDoesNothing() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let caller = try await client.signedIn(as: .caller)
            let form = [("reached", "yes"), ("solved", "yes"), ("satisfaction", "5")]
            #expect(try await caller.post("\(Self.casePage)/callbacks", form: form).status == 403)
            // Nor through the API for customers, which takes staff by token alone.
            #expect(
                try await caller.post("\(WebBench.api)/proposals/1/answer", form: [("answer", "accept")]).status == 404)
        }
        #expect(try await web.bench.said(ComplaintClosed.self).isEmpty)
    }

    @Test func rolesWithoutBusinessHereSeeNothing() async throws {
        try await web.goOn(to: .callbackDue)
        try await web.serve { (client: HTTPClient) async throws in
            let handler = try await client.signedIn(as: .handler)
            #expect(try await handler.get("/callback/").status == 403)
            #expect(try await handler.get(Self.casePage).status == 403)
            let manager = try await client.signedIn(as: .manager)
            #expect(try await !manager.get(Self.casePage, headers: WebBench.html).text.contains("/callbacks\""))
            #expect(try await manager.post("\(Self.casePage)/callbacks", form: []).status == 403)
        }
    }
}
