import Contracts
import Foundation
import TestSupport
import Testing

/// A customer who is not content, in a real browser: declines the first proposal with an objection and a request, agrees
/// to the second, says in the callback that it is not solved, and gets it handled again in a second round.
@Suite("Consent and rework in Chromium", .serialized, .tags(.browser, .journey, .broker), .timeLimit(.minutes(8)))
struct ReworkInChromiumTests {
    private static let department = "product-quality"

    @Test("M16 M17 Declined, agreed, called back in vain, and handled again")
    func declinedThenReworked() async throws {
        try await People.play("rework") { people in try await play(people) }
    }

    private func play(_ people: People) async throws {
        let story = try await Story.submit(to: people.system)
        try await story.investigate(at: Self.department)
        try await story.propose("维修", at: Self.department)
        try await people.decline(story)
        try await story.propose("更换新机", at: Self.department)
        try await people.agree(story, to: 2)
        try await story.implement(at: Self.department)
        try await people.hearThatItIsNotSolved(story)
        try await people.seeSecondRound(story, at: Self.department)
    }
}

extension People {
    private func track(_ story: Story) -> String {
        system.site(.callback) + "/callback/track/\(story.number)?code=\(story.code)"
    }

    /// Without an objection the form comes back; with one the department owes another solution.
    fileprivate func decline(_ story: Story) async throws {
        let form = "form[action*='/proposals/1/answer']:has(input[value=decline])"
        try await wait(at: track(story), for: form)
        try await camera.take("r1-proposal")
        try await browser.click("details:has(input[value=decline]) summary")
        try await browser.type("修过一次又坏了，不放心", into: "\(form) [name=comment]")
        try await browser.type("换一个新的", into: "\(form) [name=request]")
        try await browser.submit(form)
        #expect(try await browser.has(".notice-good"))
        try await camera.take("r2-declined")
    }

    fileprivate func agree(_ story: Story, to version: Int) async throws {
        let form = "form[action*='/proposals/\(version)/answer']:has(input[value=accept])"
        try await wait(at: track(story), for: form)
        #expect(try await browser.text().contains("更换新机"))
        try await browser.submit(form)
        #expect(try await browser.has(".notice-good"))
    }

    /// The caller records that the customer is not content.
    fileprivate func hearThatItIsNotSolved(_ story: Story) async throws {
        let desk = system.site(.callback) + "/callback/"
        try await signIn("caller", at: desk)
        try await wait(at: desk, for: "a[href*='\(story.number)']")
        try await browser.click("a[href*='\(story.number)']")
        let form = "form[action$='/callbacks']"
        try await camera.take("r3-call")
        try await browser.click("\(form) input[name=reached][value=yes]")
        try await browser.click("\(form) input[name=solved][value=no]")
        try await browser.click("\(form) input[name=satisfaction][value='2']")
        try await browser.run(
            "document.querySelectorAll(\"\(form) input[name^='answers.'][value='2']\").forEach(e => e.click())")
        try await browser.type("新机壶盖扣不紧", into: "\(form) [name=comment]")
        try await browser.submit(form)
        try await camera.take("r4-rework-ordered")
        try await signOut()
    }

    /// The department works again, and the customer reads that it does.
    fileprivate func seeSecondRound(_ story: Story, at department: String) async throws {
        let id = try #require(DepartmentID(department))
        let home = system.site(.department(id)) + "/departments/\(department)/"
        try await signIn("\(department).handler", at: home)
        let page = "\(home)cases/\(story.number)"
        try await poll("the department hears of the rework", every: .milliseconds(200)) {
            try await browser.open("\(page)?lang=zh-Hans")
            return try await browser.text().contains("新机壶盖扣不紧")
        }
        #expect(try await browser.has("form[action$='/investigation']"))
        try await camera.take("r5-department")
        try await signOut()
        try await story.wait(until: "in the second round") { $0["round"] as? Int == 2 }
        try await browser.open(track(story))
        try await camera.take("r6-track")
        let rework = try await story.ticket(until: "tells of the rework") { "\($0)".contains("新机壶盖扣不紧") }
        #expect(rework["state"] as? String != "closed")
    }
}
