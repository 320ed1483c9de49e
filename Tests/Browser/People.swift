import Contracts
import Foundation
import TestSupport
import Testing

/// Everybody who has to do with a complaint, each at the pages that are theirs.
struct People: Sendable {
    let system: RunningSystem
    let browser: Browser
    let camera: Camera

    /// Brings a system and a browser up, has a scene played, and takes both down; of a scene that fails the page that was
    /// shown is kept.
    static func play(
        _ scene: String, policy: String = "service-standard", _ play: (People) async throws -> Void
    ) async throws {
        let system = try await RunningSystem.start(policy: policy)
        let browser = try await Browser.start()
        let people = People(system: system, browser: browser, camera: try Camera(browser: browser))
        do {
            try await play(people)
        } catch {
            try? await people.camera.keep("failure-\(scene)")
            let text = (try? await browser.text()) ?? ""
            Issue.record("\(error)\nat \((try? await browser.address()) ?? "?"):\n\(text)\n\(await system.troubles())")
        }
        try await browser.stop()
        try await system.stop()
    }

    // MARK: The customer

    /// Fills in the public form. Returns the number.
    func complain() async throws -> String {
        try await browser.open(system.site(.intake) + "/intake/")
        try await camera.take("1-form")
        // Nothing is filled in: the page comes back and says what is missing.
        try await browser.submit("main form")
        #expect(try await browser.has("[aria-invalid=true]"))
        try await camera.keep("1-form-refused")
        // A suggestion is judged by a person.
        try await browser.click("input[name=kind][value=suggestion]")
        try await browser.type("电热水壶壶底漏水", into: "[name=reason]")
        try await browser.type("上星期开始壶底漏水，放在台面上一摊水，不敢再插电。", into: "[name=narrative]")
        try await browser.type("换一个新的", into: "[name=request]")
        try await browser.type("电热水壶", into: "[name='about.product']")
        try await browser.type("刘淑芬", into: "[name='complainant.name']")
        try await browser.type("13900010003", into: "[name='complainant.phone']")
        try await browser.submit("main form")
        try await camera.take("2-received")
        let number = try await browser.text(of: "#number")
        #expect(TicketNumber(number) != nil)
        try await track(number)
        return number
    }

    /// Goes from the receipt to the tracking page, which may have to wait for the complaint.
    private func track(_ number: String) async throws {
        try await browser.click("#track")
        try await poll("the customer's page knows \(number)") { try await browser.has("#standing") }
        try await camera.take("3-track-received")
        try await browser.run("localStorage.setItem('track', location.href)")
    }

    /// Opens the tracking page again, as from a bookmark.
    private func openTrack(until selector: String) async throws {
        try await browser.open(system.site(.callback) + "/callback/track")
        let address = try await browser.run("return localStorage.getItem('track')") as? String
        try await wait(at: try #require(address), for: selector)
    }

    /// Reads the proposal and agrees.
    func agree(_ number: String) async throws {
        try await openTrack(until: "form[action*='/proposals/1/answer']")
        try await camera.take("7-track-proposed")
        try await browser.click("details:has(input[value=decline]) summary")
        try await browser.submit("form[action*='/proposals/1/answer']:has(input[value=accept])")
        #expect(try await browser.has(".notice-good"))
    }

    // MARK: The staff

    /// The coordinator judges at the triage desk.
    func judge(_ number: String) async throws {
        try await signIn("coordinator", at: system.site(.routing) + "/routing/")
        try await wait(at: system.site(.routing) + "/routing/", for: "a[href*='\(number)']")
        try await camera.take("4-desk")
        try await browser.click("a[href*='\(number)']")
        try await camera.take("4-judgement")
        try await browser.click("input[name=verdict][value=valid]")
        try await browser.type("记录完整，属产品质量问题", into: "form[action$='/judgement'] [name=reason]")
        try await browser.submit("form[action$='/judgement']")
        if try await browser.has("form[action$='/assignment'] [name=department]") {
            try await browser.run(
                "document.querySelector(\"form[action$='/assignment'] [name=department]\").value = 'product-quality'")
            try await browser.type("产品质量", into: "form[action$='/assignment'] [name=reason]")
            try await browser.submit("form[action$='/assignment']")
        }
        try await camera.take("4-judged")
        try await signOut()
    }

    /// The handler signs for the case, investigates it and proposes a solution.
    func handle(_ number: String, at department: String) async throws {
        let (home, page) = try pages(number, department)
        try await signIn("\(department).handler", at: home)
        try await wait(at: home, for: "a[href*='\(number)']")
        try await camera.take("5-worklist")
        try await wait(at: page, for: "form[action$='/acknowledgement']")
        try await camera.take("5-acknowledgement")
        try await browser.submit("form[action$='/acknowledgement']")
        let investigation = "form[action$='/investigation']"
        try await camera.take("5-investigation")
        for (name, text) in [
            ("findings", "密封圈装配偏移 0.6 毫米"), ("directCause", "密封圈偏移"), ("rootCause", "装配夹具磨损"),
            ("responsibility", "产品质量部"),
        ] {
            try await browser.type(text, into: "\(investigation) [name=\(name)]")
        }
        try await browser.submit(investigation)
        let solution = "form[action$='/solution']"
        try await camera.take("6-solution")
        try await browser.type("更换同型号新机", into: "\(solution) [name=measures]")
        try await browser.type("100.00", into: "\(solution) [name=compensation]")
        try await browser.set(Self.inThreeDays, of: "\(solution) [name=completionDue]")
        try await browser.type("三包规定", into: "\(solution) [name=grounds]")
        try await browser.submit(solution)
        try await camera.take("6-proposed")
        try await signOut()
    }

    /// The handler reports that it was carried out.
    func carryOut(_ number: String, at department: String) async throws {
        let (home, page) = try pages(number, department)
        try await signIn("\(department).handler", at: home)
        let form = "form[action$='/implementation']"
        try await wait(at: page, for: form)
        try await camera.take("8-implementation")
        try await browser.type("新机已送到，当面试烧无渗漏", into: "\(form) [name=outcome]")
        try await browser.submit(form)
        try await signOut()
    }

    /// The caller finds the case on the desk, opens the phone number and records the call.
    func callBack(_ number: String) async throws {
        let desk = system.site(.callback) + "/callback/"
        try await signIn("caller", at: desk)
        try await wait(at: desk, for: "a[href*='\(number)']")
        try await camera.take("9-callers")
        try await browser.click("a[href*='\(number)']")
        #expect(try await !browser.text().contains("13900010003"))
        try await browser.submit("form[action$='/contact']")
        #expect(try await browser.text().contains("13900010003"))
        try await camera.take("9-case")
        let form = "form[action$='/callbacks']"
        try await browser.click("\(form) input[name=reached][value=yes]")
        try await browser.click("\(form) input[name=solved][value=yes]")
        try await browser.click("\(form) input[name=satisfaction][value='5']")
        // The pack's own questions.
        try await browser.run(
            "document.querySelectorAll(\"\(form) input[name^='answers.'][value='5']\").forEach(e => e.click())")
        try await browser.type("新的很好", into: "\(form) [name=comment]")
        try await browser.submit(form)
        try await camera.take("9-called")
        try await signOut()
    }

    /// What is left: the customer's page, the complaint ticket, the dashboard, and the books.
    func look(_ number: String) async throws {
        try await openTrack(until: "#standing .mark-good")
        try await camera.take("10-track-closed")
        let reporting = system.site(.reporting)
        try await signIn("manager", at: "\(reporting)/reporting/")
        try await wait(at: "\(reporting)/reporting/tickets/\(number)", for: "main")
        try await poll("the ticket is closed", every: .milliseconds(200)) {
            try await browser.open("\(reporting)/reporting/tickets/\(number)?lang=zh-Hans")
            return try await browser.text().contains("已办结")
        }
        try await camera.take("11-ticket")
        try await browser.open("\(reporting)/reporting/")
        try await camera.take("11-dashboard")
        try await signOut()
        try await signIn("operator", at: system.site(.operations) + "/operations/")
        try await camera.take("12-operations")
        try await signOut()
    }

    // MARK: Ways

    private func pages(_ number: String, _ department: String) throws -> (home: String, page: String) {
        let id = try #require(DepartmentID(department))
        let home = system.site(.department(id)) + "/departments/\(department)/"
        return (home, "\(home)cases/\(number)")
    }

    func signIn(_ name: String, at address: String) async throws {
        try await browser.open(address)
        #expect(try await browser.address().contains("/signin"))
        try await browser.type(name, into: "#name")
        try await browser.type(SystemStaff.password, into: "#password")
        try await browser.submit("form[action='/signin']")
        #expect(try await !browser.address().contains("/signin"))
    }

    func signOut() async throws { try await browser.submit("form[action='/signout']") }

    /// Opens a page again and again until the news has come there.
    func wait(at address: String, for selector: String) async throws {
        try await poll("\(address) has \(selector)", every: .milliseconds(200)) {
            try await browser.open(address)
            return try await browser.has(selector)
        }
    }

    /// As `<input type="datetime-local">` wants it.
    static var inThreeDays: String {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        return "\((Date() + 3 * 86_400).formatted(style))T18:00"
    }
}
