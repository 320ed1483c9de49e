import Contracts
import Foundation
import TestSupport
import Testing

/// The supervision group of the wholesaler at work, in a real browser: it draws a sample (抽查), inspects it, orders what it
/// found to be rectified (整改), sends the first answer back and accepts the second.
@Suite("Inspection in Chromium", .serialized, .tags(.browser, .journey, .broker), .timeLimit(.minutes(8)))
struct InspectionInChromiumTests {
    @Test("W20 A sample is drawn and inspected, and what it found is rectified")
    func inspectedAndRectified() async throws {
        try await People.play("inspection", policy: "wholesale-feedback") { people in try await play(people) }
    }

    private func play(_ people: People) async throws {
        let story = try await Story.submit(to: people.system, Self.complaint, as: "agent")
        try await people.inspect(story.number)
        try await people.orderRectification(story.number)
        try await people.answer("已提醒经办人", "i6-department")
        try await people.decide("returned", "只是提醒不够，请说明如何避免再次发生", "i7-answered")
        try await people.answer("进度说明列入每日交接清单，由内勤核对", "i8-returned")
        try await people.decide("accepted", "已核对交接清单", "i9-answered-again")
        let ticket = try await story.ticket(until: "tells that the rectification is accepted") {
            "\($0)".contains("已核对交接清单")
        }
        #expect(ticket["number"] as? String == story.number)
        try await people.seeTicket(story.number)
    }

    private static var complaint: [String: Any] {
        Story.complaint([
            "channel": "hotline", "complainant": ["name": "万家超市 钱经理", "phone": "13900040001"],
            "about": ["product": "果汁饮料 240 箱", "orderNumber": "PF20260225-015"], "reason": "整批饮料胀罐",
            "narrative": "上周到货的 240 箱果汁饮料，整批有胀罐，已经挑出 60 多箱，质量不合格没法卖。", "request": "退货并赔偿损失",
            "amount": "21600.00", "confirmed": true,
        ])
    }
}

extension People {
    private var supervision: String { system.site(.routing) + "/routing/supervision" }

    /// Draws a sample of the month that runs, and notes what the inspection found.
    fileprivate func inspect(_ number: String) async throws {
        let desk = system.site(.routing) + "/routing/"
        try await signIn("supervisor", at: supervision)
        try await wait(at: desk + "?state=all", for: "a[href*='\(number)']")
        try await browser.open("\(supervision)/samples")
        try await camera.take("i1-periods")
        // The month that runs is the first of the list.
        try await browser.submit("form[action$='/samples']")
        #expect(try await browser.text().contains(number))
        try await camera.take("i2-sample")
        let form = "form[action$='/results']"
        try await browser.click("\(form) input[name=result][value=finding]")
        try await browser.submit(form)
        #expect(try await browser.has("[aria-invalid=true]"), "a finding needs words")
        try await camera.keep("i2-sample-refused")
        try await browser.type("复杂问题未在 48 小时内说明进度", into: "\(form) [name=finding]")
        try await browser.submit(form)
        try await camera.take("i3-inspected")
        try await browser.click("a[href*='/supervision/order']")
    }

    /// Orders the rectification: number, department and finding are filled in already.
    fileprivate func orderRectification(_ number: String) async throws {
        let form = "form[action*='/order']"
        #expect(try await browser.run("return document.querySelector('[name=number]').value") as? String == number)
        try await camera.take("i4-order")
        try await browser.submit(form)
        #expect(try await browser.text().contains("\(number)-1"))
        try await camera.take("i5-ordered")
        try await browser.open(supervision)
        try await camera.take("i5-board")
        try await signOut()
    }

    /// The department's head finds the notice and answers it.
    fileprivate func answer(_ words: String, _ shot: String) async throws {
        let id = try #require(DepartmentID("product-quality"))
        let page = system.site(.department(id)) + "/departments/product-quality/rectifications"
        try await signIn("product-quality.head", at: page)
        let form = "form[action*='/rectifications/']"
        try await wait(at: page, for: form)
        try await camera.take(shot)
        try await browser.type(words, into: "\(form) [name=answer]")
        try await browser.submit(form)
        #expect(try await !browser.has(form))
        #expect(try await browser.text().contains(words))
        try await signOut()
    }

    /// The group accepts an answer, or sends it back.
    fileprivate func decide(_ decision: String, _ comment: String, _ shot: String) async throws {
        try await signIn("supervisor", at: "\(supervision)/notices")
        let form = "form[action$='/decision']"
        try await poll("the answer has come", every: .milliseconds(200)) {
            try await browser.open("\(supervision)/notices")
            try await browser.click("td a[href*='/notices/']")
            return try await browser.has(form)
        }
        try await camera.take(shot)
        try await browser.click("\(form) input[name=decision][value=\(decision)]")
        try await browser.type(comment, into: "\(form) [name=comment]")
        try await browser.submit(form)
        #expect(try await !browser.has(form))
        try await camera.take("\(shot)-\(decision)")
        try await signOut()
    }

    /// The course of the notice is on the ticket, at the document's own step.
    fileprivate func seeTicket(_ number: String) async throws {
        let page = system.site(.reporting) + "/reporting/tickets/\(number)"
        try await signIn("manager", at: page)
        try await browser.open("\(page)?lang=zh-Hans")
        #expect(try await browser.text().contains("已核对交接清单"))
        try await camera.take("i10-ticket")
        try await signOut()
    }
}
