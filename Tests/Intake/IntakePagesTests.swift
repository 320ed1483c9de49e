import Contracts
import Foundation
import IntakeService
import TestSupport
import Testing
import Web

@Suite struct IntakePagesTests {
    @Test("Both languages say the same things, and every sentence that is asked for exists")
    func translations() throws {
        let sources = IntakeFixture.repository.appendingPathComponent("Services/Intake")
        #expect(try TranslationCheck.problems(of: IntakeFixture().site, sources: [sources]).isEmpty)
    }

    @Test("Every page is there in both languages", arguments: Language.allCases)
    func pages(language: Language) async throws {
        let intake = try IntakeFixture()
        let number = try await intake.store.accept(intake.draft()).number
        _ = try await intake.store.accept(intake.draft())
        _ = try await intake.store.add(.chase(comment: "快点"), to: number, by: .customer)
        try await intake.serve { client in
            let agent = try await client.signedIn(as: .agent)
            for path in [
                "/intake/", "/intake/desk", "/intake/desk?channel=web", "/intake/complaints",
                "/intake/complaints/\(number)",
            ] {
                let separator = path.contains("?") ? "&" : "?"
                let page = try await agent.get("\(path)\(separator)lang=\(language.tag)")
                #expect(page.status == 200, "\(path)")
                #expect(page["content-language"] == language.tag)
                #expect(!page.text.contains("⟦"), "\(path)")
            }
        }
    }

    @Test("The public form gives number and code; sending it twice is one complaint")
    func publicForm() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let form = try await client.get("/intake/")
            let key = try #require(form.hidden("key"))
            let fields = [
                ("key", key), ("kind", "complaint"), ("narrative", "送到时锅盖已经摔碎"), ("complainant.phone", "13900010001"),
            ]
            let sent = try await client.post("/intake/", form: fields)
            #expect(sent.status == 303)
            let location = try #require(sent["location"])
            #expect(try await client.post("/intake/", form: fields)["location"] == location)
            let page = try await client.get(location)
            #expect(page.status == 200)
            #expect(page.text.contains("C20261120-01-000001"))
            #expect(page.text.contains("http://127.0.0.1:8083/callback/track/C20261120-01-000001?code="))
            #expect(try await client.get("/intake/received/C20261120-01-000001?code=WRONG").status == 404)
        }
        #expect(try await intake.said(ComplaintReceived.self).map(\.payload.complaint.channel) == ["web"])
    }

    @Test("A refused form keeps what was typed and says at the field what is wrong")
    func refused() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let page = try await client.post(
                "/intake/?lang=en",
                form: [("narrative", "<b>broken</b>"), ("complainant.email", "nonsense"), ("key", "k")])
            #expect(page.status == 422)
            #expect(page.text.contains("&lt;b&gt;broken&lt;/b&gt;"))
            #expect(page.text.contains("value=\"nonsense\""))
            #expect(page.text.contains("id=\"f-complainant-email-error\""))
            #expect(page.text.contains("This does not look like an e-mail address."))
            #expect(page.hidden("key") == "k")
        }
        #expect(try await intake.said().isEmpty)
    }

    @Test("At the desk the channel's fields and reading back are asked for; settling on the spot is told (M04, M05)")
    func desk() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            #expect(try await client.get("/intake/desk", headers: ["Accept": "text/html"]).status == 303)
            #expect(try await client.signedIn(as: .caller).get("/intake/desk").status == 403)
            let agent = try await client.signedIn(as: .agent)
            let form = try await agent.get("/intake/desk?channel=hotline")
            #expect(form.text.contains("非常理解您此刻的心情"))
            let csrf = try #require(form.hidden("csrf"))
            let key = try #require(form.hidden("key"))
            var fields = [
                ("csrf", csrf), ("key", key), ("channel", "hotline"), ("kind", "complaint"), ("narrative", "碎了"),
                ("complainant.phone", "13900010001"), ("heardAt", "2026-11-20T09:30"),
                ("flags", "confidential"), ("settledOutcome", "当场换新"),
            ]
            let nothing = try await agent.post(
                "/intake/desk?channel=hotline", form: [("csrf", csrf), ("channel", "hotline")])
            for id in ["f-narrative-error", "f-reason-error", "f-complainant-phone-error", "f-confirmed-error"] {
                #expect(nothing.text.contains("id=\"\(id)\""), "\(id)")
            }
            let refused = try await agent.post("/intake/desk?channel=hotline", form: fields)
            #expect(refused.status == 422)
            for id in ["f-reason-error", "f-about-product-error", "f-complainant-name-error", "f-confirmed-error"] {
                #expect(refused.text.contains("id=\"\(id)\""), "\(id)")
            }
            fields += [
                ("reason", "锅盖碎了"), ("about.product", "炒锅"), ("complainant.name", "周敏"), ("request", "换新"),
                ("confirmed", "1"),
            ]
            let done = try await agent.post("/intake/desk?channel=hotline", form: fields)
            #expect(done.status == 303)
            let location = try #require(done["location"])
            #expect(try await agent.get(location).text.contains("登记下一件"))
        }
        let message = try #require(try await intake.said(ComplaintReceived.self).first).payload
        #expect(message.settledOutcome == "当场换新")
        #expect(message.complaint.recordedBy == "agent")
        #expect(message.complaint.flags == ["confidential"])
        #expect(message.complaint.heardAt == RFC3339.date("2026-11-20T01:30:00Z"))
    }

    @Test("An earlier complaint by the same person is shown to the agent, and to nobody else")
    func duplicates() async throws {
        let intake = try IntakeFixture()
        let first = try await intake.store.accept(intake.draft("送到时锅盖已经摔碎")).number
        let second = try await intake.store.accept(intake.draft("送到时，锅盖已经摔碎了"))
        try await intake.serve { client in
            let path = "/intake/received/\(second.number)?code=\(second.trackingCode)"
            #expect(try await !client.get(path).text.contains(first.text))
            let page = try await client.signedIn(as: .agent).get(path)
            #expect(page.text.contains(first.text))
            #expect(page.text.contains("内容相近"))
        }
    }

    @Test("Lists mask the person, the complaint's own page does not (M18)")
    func masking() async throws {
        let intake = try IntakeFixture()
        let number = try await intake.store.accept(intake.draft()).number
        try await intake.serve { client in
            let agent = try await client.signedIn(as: .agent)
            let list = try await agent.get("/intake/complaints").text
            #expect(list.contains("139****0001"))
            #expect(!list.contains("13900010001"))
            #expect(try await agent.get("/intake/complaints/\(number)").text.contains("13900010001"))
        }
    }
}
