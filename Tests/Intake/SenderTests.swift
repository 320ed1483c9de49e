import Contracts
import IntakeService
import TestSupport
import Testing
import Web

/// Who sends a complaint says what they can know; what nobody reads is refused by name, and not lost.
@Suite struct SenderTests {
    private static let path = "/intake/api/complaints"
    private static let phone = #""narrative": "碎了", "complainant": {"phone": "13900010001"}"#

    @Test(
        "Somebody unknown may say what the public form asks for, and nothing that only the desk can know",
        arguments: [
            (#""flags": ["media"]"#, "/flags/0"), (#""affected": 50"#, "/affected"),
            (#""settledOutcome": "已换新""#, "/settledOutcome"),
            (#""settledCompensation": "5.00""#, "/settledCompensation"),
            (#""confirmed": false"#, "/confirmed"), (#""upstreamNumber": "CSC-1""#, "/upstreamNumber"),
            (#""channel": "hotline""#, "/channel"), (#""kind": "warning""#, "/kind"),
        ])
    func desksFields(field: String, pointer: String) async throws {
        let intake = try IntakeFixture()
        let answer = try await intake.serve { try await $0.post(Self.path, json: "{\(Self.phone), \(field)}") }
        #expect(answer.status == 422)
        #expect(answer.pointers == [pointer])
        #expect(try await intake.said().isEmpty)
    }

    @Test("Somebody unknown names the channel by which they write", arguments: ["web", "email"])
    func channels(channel: String) async throws {
        let intake = try IntakeFixture()
        let body = #"{\#(Self.phone), "channel": "\#(channel)"}"#
        let answer = try await intake.serve { try await $0.post(Self.path, json: body) }
        #expect(answer.status == 201, "\(answer.text)")
        #expect(try await intake.said(ComplaintReceived.self).first?.payload.complaint.channel == channel)
    }

    @Test("What says nothing is nothing that anybody could be refused for")
    func empty() async throws {
        let intake = try IntakeFixture()
        let body = #"{\#(Self.phone), "flags": [], "affected": null, "upstreamNumber": ""}"#
        #expect(try await intake.serve { try await $0.post(Self.path, json: body) }.status == 201)
    }

    @Test("The public form is held to the same: a field that it does not have is refused and named")
    func form() async throws {
        let intake = try IntakeFixture()
        let fields = [("narrative", "碎了"), ("complainant.phone", "13900010001"), ("flags", "media"), ("affected", "9")]
        let answer = try await intake.serve { try await $0.post("/intake", form: fields) }
        #expect(answer.status == 422)
        #expect(answer.text.contains("只能由受理人员填写"))
        #expect(try await intake.said().isEmpty)
    }

    @Test(
        "A field that there is not, and a marker that means nothing, are named to whoever sends them",
        arguments: [
            (#""phone": "13900010001""#, ["/phone"]), (#""about": {"produkt": "锅"}"#, ["/about/produkt"]),
            (#""flags": ["angry", "furious"]"#, ["/flags/1"]),
            (#""evidence": [{"title": "a"}]"#, ["/evidence/0/title"]),
            (#""kind": "warning""#, ["/kind"]), (#""Amount": "5.00", "amountt": "5.00""#, ["/Amount", "/amountt"]),
        ])
    func unknown(field: String, pointers: [String]) async throws {
        let intake = try IntakeFixture()
        let answer = try await intake.serve { client in
            var agent = client
            agent.token = "agent-token"
            return try await agent.post(Self.path, json: "{\(Self.phone), \(field)}")
        }
        #expect(answer.status == 422)
        #expect(pointers.allSatisfy(answer.pointers.contains), "\(answer.pointers)")
        #expect(try await intake.said().isEmpty)
    }

    @Test("A marker that the pack asks about can be set, by a program and at the desk")
    func markersOfThePack() async throws {
        let intake = try IntakeFixture()
        let pack = try EditedPack(in: intake.folder).write(
            version: 3, ["contains: [angry, repeat, vip]": "contains: [angry, repeat, vip, urgent]"]
        ).load()
        intake.desk.shelf.take(pack)
        try await intake.serve { client in
            var program = client
            program.token = "agent-token"
            let body = #"{\#(Self.phone), "flags": ["urgent", "confidential"]}"#
            #expect(try await program.post(Self.path, json: body).status == 201)
            let desk = try await client.signedIn(as: .agent).get("/intake/desk?channel=web")
            #expect(desk.text.contains(#"value="urgent""#) && desk.text.contains("情况紧急"))
            #expect(!desk.text.contains(#"value="warning""#), "the pack has no early warnings")
        }
        #expect(
            try await intake.said(ComplaintReceived.self).first?.payload.complaint.flags == ["urgent", "confidential"])
    }

    @Test("Remarks are held to the same", arguments: ["supplements", "chases", "withdrawal"])
    func remarks(kind: String) async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let answer = try await client.post(Self.path, json: "{\(Self.phone)}")
            let number = try #require(answer.json["number"] as? String)
            let code = try #require(answer.json["trackingCode"] as? String)
            let wrong = try await client.post(
                "\(Self.path)/\(number)/\(kind)?code=\(code)", json: #"{"narrative": "x", "text": "快点"}"#)
            #expect(wrong.status == 422)
            #expect(wrong.pointers.contains("/text"))
        }
    }

    @Test("The greeting is for speaking: the public form has none, the hotline's desk has it, the website's has not")
    func greeting() async throws {
        let intake = try IntakeFixture()
        let greeting = "您好，很抱歉给您带来不便"
        try await intake.serve { client in
            #expect(try await !client.get("/intake").text.contains(greeting))
            let agent = try await client.signedIn(as: .agent)
            #expect(try await agent.get("/intake/desk?channel=hotline").text.contains(greeting))
            #expect(try await !agent.get("/intake/desk?channel=web").text.contains(greeting))
        }
    }
}
