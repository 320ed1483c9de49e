import Contracts
import Foundation
import TestSupport
import Testing

/// A grave complaint under the pack of the medical-device maker, in a real browser: a handling group, its confirmations
/// and opinion, the verification on site, and approval level by level with a signature.
@Suite("A handling group in Chromium", .serialized, .tags(.browser, .journey, .broker), .timeLimit(.minutes(8)))
struct GroupInChromiumTests {
    private static let office = "general-manager-office"

    @Test("K08 K09 K10 K19 A group handles a major complaint, and the office signs its solution")
    func groupAndApproval() async throws {
        try await People.play("group", policy: "kangyu-medical") { people in try await play(people) }
    }

    private func play(_ people: People) async throws {
        let story = try await Story.submit(to: people.system, Self.complaint, as: "agent")
        try await story.decide("assignment", ["department": "quality", "reason": "器械不良事件"])
        try await people.investigateOnSite(story.number)
        try await assist(story)
        for name in ["quality.head", Self.office] { try await people.takePart(story.number, as: name) }
        try await people.askForTime(story.number)
        try await people.draftBeyondAuthority(story.number)
        try await people.approve(story.number, as: "quality.head", signing: nil, "g6-head")
        try await people.approve(story.number, as: Self.office, signing: "周建国", "g7-office")
        try await finish(story, people)
    }

    private static var complaint: [String: Any] {
        Story.complaint([
            "channel": "wechat", "about": ["product": "制氧机"], "reason": "制氧机漏电，手指灼伤",
            "narrative": "使用制氧机时漏电，手指灼伤，已送医院处理，家里老人现在不敢用。", "request": "退货并赔偿医药费", "flags": ["injury"],
        ])
    }

    /// The assisting department's part: its handler's opinion, its head's confirmation.
    private func assist(_ story: Story) async throws {
        try await story.department("customer-rights", "acknowledgement")
        try await story.department("customer-rights", "opinion", ["opinion": "客户要求合理，建议退货并承担医药费"])
        try await story.department("customer-rights", "participation", as: "head")
    }

    /// The customer agrees and is content; nobody owes anything afterwards, and the ticket has the signatures.
    private func finish(_ story: Story, _ people: People) async throws {
        try await story.answerProposal(1, "accept", comment: "同意")
        try await story.implement(at: "quality")
        try await story.call(solved: true, satisfaction: 5, comment: "满意")
        try await story.wait(for: "closed")
        try await poll("the assisting department's list is empty", every: .milliseconds(200)) {
            guard let rights = DepartmentID("customer-rights") else { return false }
            let client = people.system.client(.department(rights), as: "customer-rights.head")
            let answer = try await client.get("/departments/customer-rights/api/cases")
            return (answer.json["cases"] as? [Any])?.isEmpty == true
        }
        let ticket = try await story.ticket(until: "has the signature") { "\($0)".contains("周建国") }
        let record = "\(ticket)"
        for word in ["客户家中", "会诊记录", "客户要求合理", "general-manager-office"] { #expect(record.contains(word), "\(word)") }
    }
}

extension People {
    private func page(_ number: String) throws -> (home: String, page: String) {
        let id = try #require(DepartmentID("quality"))
        let home = system.site(.department(id)) + "/departments/quality/"
        return (home, "\(home)cases/\(number)")
    }

    /// The handler states the plan, adds evidence, and records the verification on site with the findings.
    func investigateOnSite(_ number: String) async throws {
        let (home, page) = try page(number)
        try await signIn("quality.handler", at: home)
        try await wait(at: page, for: "form[action$='/acknowledgement']")
        try await camera.take("g1-group")
        try await browser.submit("form[action$='/acknowledgement']")
        try await browser.click("#plan summary")
        try await fill("/plan", [("goals", "查明漏电原因"), ("information", "样机、会诊记录"), ("steps", "上门取证，拆机检测")])
        try await browser.click("#evidence summary")
        try await fill("/evidence", [("title", "医院会诊记录，档案 118 号"), ("shows", "左手食指二度灼伤")])
        // Without the verification the findings come back with what was typed.
        let findings = [
            ("findings", "电源线绝缘层破损"), ("directCause", "线体受压破皮"), ("rootCause", "出厂检验漏检"),
            ("responsibility", "质量部"),
        ]
        try await camera.take("g2-investigation")
        let form = "form[action$='/investigation']"
        try await browser.type("客户家中", into: "\(form) [name='siteVisit.place']")
        // China's time of day, by the minute, as the field takes it.
        let now = String(RFC3339.text(Date() + 8 * 3600).prefix(16))
        try await browser.set(now, of: "\(form) [name='siteVisit.at']")
        try await browser.type("王工、赵主任、客户家属", into: "\(form) [name='siteVisit.people']")
        try await fill("/investigation", findings)
        #expect(try await browser.has("#waits"), "the page says what the proposal waits for")
        #expect(try await !browser.has("form[action$='/solution']"))
        try await camera.take("g3-waiting")
        try await signOut()
    }

    /// Signs somebody in and leads them from what waits for them, in whichever department, to the case.
    private func find(_ number: String, as name: String, _ shot: String) async throws {
        let mine = system.site(.reporting) + "/reporting/mine"
        try await signIn(name, at: mine)
        try await wait(at: mine, for: "a[href*='\(number)']")
        #expect(try await browser.has("nav.areas a[aria-current=page][href$='/reporting/mine']"))
        try await camera.take(shot)
        try await browser.click("a[href*='\(number)']")
    }

    /// The handler asks for more time, by way of the case.
    func askForTime(_ number: String) async throws {
        let (home, page) = try page(number)
        try await signIn("quality.handler", at: home)
        try await wait(at: page, for: "a[href$='/extensions']")
        try await browser.click("a[href$='/extensions']")
        let form = "form[action$='/extensions']"
        try await browser.set("9999", of: "\(form) [name=count]")
        try await browser.type("等待检测报告", into: "\(form) [name=reason]")
        try await browser.submit(form)
        #expect(try await browser.has("#f-count[aria-invalid=true]"))
        try await camera.keep("g4-extension-refused")
        try await browser.set("1", of: "\(form) [name=count]")
        try await browser.submit(form)
        try await camera.take("g4-extension")
        try await browser.click("a[href$='/cases/\(number)']")
        try await signOut()
    }

    /// A head, or somebody of top management, finds the case under what waits for them and confirms taking part.
    func takePart(_ number: String, as name: String) async throws {
        try await find(number, as: name, "g4-mine-\(name)")
        try await camera.take("g4-participation-\(name)")
        try await browser.submit("form[action$='/participation']")
        #expect(try await !browser.has("form[action$='/participation']"))
        try await signOut()
    }

    /// More than the company's standard is refused at the field; what is allowed waits for its approvals.
    func draftBeyondAuthority(_ number: String) async throws {
        let (home, page) = try page(number)
        try await signIn("quality.handler", at: home)
        let form = "form[action$='/solution']"
        try await wait(at: page, for: form)
        try await browser.click("\(form) input[name=remedies][value=return]")
        try await browser.type("200000", into: "\(form) [name=compensation]")
        try await browser.set(Self.inThreeDays, of: "\(form) [name=completionDue]")
        try await fill("/solution", [("measures", "退货退款，承担医药费"), ("grounds", "产品质量法第四十一条")])
        #expect(try await browser.has("#solution-compensation[aria-invalid=true]"))
        try await camera.keep("g5-above-standard")
        try await browser.set("12000", of: "\(form) [name=compensation]")
        try await browser.submit(form)
        try await camera.take("g5-drafted")
        try await signOut()
    }

    /// One level approves, found under what waits for them.
    func approve(_ number: String, as name: String, signing signature: String?, _ shot: String) async throws {
        try await find(number, as: name, "\(shot)-mine")
        try await camera.take(shot)
        let form = "form[action$='/approval']"
        try await browser.click("\(form) input[name=decision][value=approve]")
        if let signature { try await browser.type(signature, into: "\(form) [name=signature]") }
        try await browser.submit(form)
        #expect(try await !browser.has(form), "it is nobody's turn twice")
        try await camera.take("\(shot)-done")
        try await signOut()
    }

    private func fill(_ action: String, _ values: [(String, String)]) async throws {
        let form = "form[action$='\(action)']"
        for (name, text) in values { try await browser.type(text, into: "\(form) [name=\(name)]") }
        try await browser.submit(form)
    }
}
