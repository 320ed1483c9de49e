import Contracts
import Foundation
import IntakeService
import TestSupport
import Testing
import Web

@Suite struct ComplaintAPITests {
    private static let path = "/intake/api/complaints"
    /// What anybody may say.
    private static let open = """
        {"channel": "web", "kind": "complaint", "heardAt": "2026-11-20T09:30:00+08:00",
         "complainant": {"name": "周敏", "phone": "13900010001", "email": "z@example.com"},
         "about": {"product": "炒锅", "orderNumber": "DD-1"}, "reason": "锅盖碎了", "narrative": "送到时锅盖已经摔碎",
         "request": "补发", "amount": "86.00",
         "evidence": [{"name": "照片.jpg", "mediaType": "image/jpeg", "content": "AQID"}]}
        """
    /// What the desk may say.
    private static let whole = """
        {"channel": "hotline", "kind": "complaint", "heardAt": "2026-11-20T09:30:00+08:00",
         "complainant": {"name": "周敏", "phone": "13900010001", "email": "z@example.com", "address": "杭州"},
         "about": {"product": "炒锅", "orderNumber": "DD-1"}, "reason": "锅盖碎了", "narrative": "送到时锅盖已经摔碎",
         "request": "补发", "amount": "86.00", "affected": 1, "flags": ["angry"],
         "evidence": [{"name": "照片.jpg", "mediaType": "image/jpeg", "content": "AQID"}]}
        """

    @Test("A whole complaint is answered with 201, number, code and where to follow it")
    func whole() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let answer = try await client.post(Self.path, json: Self.open)
            #expect(answer.status == 201)
            #expect(answer.json["number"] as? String == "C20261120-01-000001")
            let code = try #require(answer.json["trackingCode"] as? String)
            #expect(code.count == 10)
            let url = "http://127.0.0.1:8083/callback/track/C20261120-01-000001?code=\(code)"
            #expect(answer.json["trackingURL"] as? String == url)
            #expect(answer.json["acceptedAt"] as? String == RFC3339.text(intake.clock.now()))
        }
        let complaint = try #require(try await intake.said(ComplaintReceived.self).first).payload.complaint
        #expect(complaint.channel == "web")
        #expect(complaint.heardAt == RFC3339.date("2026-11-20T01:30:00Z"))
        #expect(complaint.amount == Money("86.00"))
        #expect(complaint.evidence.map(\.name) == ["照片.jpg"])
        #expect(complaint.evidence.map(\.size) == [3])
        #expect(complaint.recordedBy == nil)
    }

    @Test("A narrative and a telephone number are enough")
    func least() async throws {
        let intake = try IntakeFixture()
        let body = #"{"complainant": {"phone": "13900010001"}, "narrative": "x"}"#
        let answer = try await intake.serve { try await $0.post(Self.path, json: body) }
        #expect(answer.status == 201)
        let complaint = try #require(try await intake.said(ComplaintReceived.self).first).payload.complaint
        #expect(complaint.channel == "web")
        #expect(complaint.kind == .complaint)
        #expect(complaint.heardAt == intake.clock.now())
    }

    @Test(
        "Each wrong field is named, and all of them at once",
        arguments: [
            ("{}", ["/narrative", "/complainant/phone"]),
            (#"{"narrative": 5, "complainant": {"phone": "13900010001"}}"#, ["/narrative"]),
            (
                #"{"narrative": "x", "complainant": "Li"}"#,
                ["/complainant/name", "/complainant/phone", "/complainant/email"]
            ),
            (#"{"narrative": "x", "complainant": {"phone": "abc"}}"#, ["/complainant/phone"]),
            (#"{"narrative": "x", "complainant": {"email": "abc"}}"#, ["/complainant/email"]),
            (
                #"{"channel": "pigeon", "kind": "rant", "heardAt": "yesterday", "amount": 12.5, "flags": "x","#
                    + #""narrative": "x", "complainant": {"phone": "13900010001"}, "language": "fr"}"#,
                ["/channel", "/kind", "/heardAt", "/amount", "/flags", "/language"]
            ),
            (
                #"{"narrative": "x", "complainant": {"phone": "13900010001"}, "evidence": [{"name": "a"}, 5,"#
                    + #"{"name": "b", "mediaType": "image/png", "content": "%%"}]}"#,
                ["/evidence/1", "/evidence/0/mediaType", "/evidence/0/content", "/evidence/2/content"]
            ),
            (
                #"{"narrative": "x", "complainant": {"phone": "13900010001"}, "evidence": ["#
                    + #"{"name": "a.html", "mediaType": "text/html", "content": "AQID"}]}"#, ["/evidence/0"]
            ),
            (
                #"{"narrative": "x", "complainant": {"phone": "13900010001"}, "heardAt": "2030-01-01T00:00:00Z"}"#,
                ["/heardAt"]
            ),
            (
                #"{"narrative": "x", "complainant": {"phone": "13900010001"}, "heardAt": "2026-11-18T00:00:00Z"}"#,
                ["/heardAt"]
            ),
        ])
    func wrong(body: String, pointers: [String]) async throws {
        let intake = try IntakeFixture()
        let answer = try await intake.serve { try await $0.post(Self.path, json: body) }
        #expect(answer.status == 422)
        #expect(answer["content-type"] == "application/problem+json; charset=utf-8")
        #expect(answer.pointers == pointers)
        #expect(try await intake.said().isEmpty)
    }

    @Test("The same Idempotency-Key gets the same answer with 200; another body under it is refused")
    func idempotency() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let key = ["Idempotency-Key": "7f3d"]
            let first = try await client.post(Self.path, json: Self.open, headers: key)
            #expect(first.status == 201)
            let again = try await client.post(Self.path, json: Self.open, headers: key)
            #expect(again.status == 200)
            #expect(again.body == first.body)
            let other = try await client.post(
                Self.path, json: Self.open.replacingOccurrences(of: "86.00", with: "87.00"), headers: key)
            #expect(other.status == 422)
            let long = ["Idempotency-Key": String(repeating: "k", count: 201)]
            #expect(try await client.post(Self.path, json: Self.open, headers: long).status == 400)
        }
        #expect(try await intake.said(ComplaintReceived.self).count == 1)
    }

    @Test("Who records with a token is named; a wrong token and another role are refused; a cookie names nobody")
    func recorder() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            var program = client
            program.token = "agent-token"
            #expect(try await program.post(Self.path, json: Self.whole).status == 201)
            program.token = "handler-token"
            #expect(try await program.post(Self.path, json: Self.whole).status == 403)
            program.token = "nobody"
            #expect(try await program.post(Self.path, json: Self.whole).status == 401)
            let agent = try await client.signedIn(as: .agent)
            #expect(try await agent.post(Self.path, json: Self.open).status == 201)
        }
        let recorders = try await intake.said(ComplaintReceived.self).map(\.payload.complaint.recordedBy)
        #expect(recorders == ["agent-program", nil])
    }

    @Test("One address cannot flood Intake without signing in; staff are not held up")
    func publicLimit() async throws {
        let intake = try IntakeFixture(publicBurst: 2)
        try await intake.serve { client in
            for status in [201, 201, 429] {
                let answer = try await client.post(Self.path, json: Self.open)
                #expect(answer.status == status)
            }
            var program = client
            program.token = "agent-token"
            #expect(try await program.post(Self.path, json: Self.whole).status == 201)
        }
    }

    @Test("Evidence goes to staff alone, as a download that cannot run")
    func evidence() async throws {
        let intake = try IntakeFixture()
        _ = try await intake.serve { try await $0.post(Self.path, json: Self.open) }
        let complaint = try #require(try await intake.said(ComplaintReceived.self).first).payload.complaint
        let id = try #require(complaint.evidence.first?.id)
        try await intake.serve { client in
            #expect(try await client.get("/intake/evidence/\(id)", headers: ["Accept": "*/*"]).status == 303)
            var program = client
            program.token = "operator-token"
            #expect(try await program.get("/intake/evidence/\(id)").status == 403)
            program.token = "handler-token"
            let file = try await program.get("/intake/evidence/\(id)")
            #expect(file.status == 200)
            #expect(file.body == Data([1, 2, 3]))
            #expect(file["content-disposition"]?.hasPrefix("attachment;") == true)
            #expect(file["content-security-policy"] == "default-src 'none'; sandbox")
            #expect(try await program.get("/intake/evidence/../secret").status == 404)
        }
    }

    @Test("A body over the limit is 413, a file over its limit is named")
    func limits() async throws {
        let intake = try IntakeFixture(bodyLimit: 4000)
        try await intake.serve { client in
            let long = #"{"narrative": "\#(String(repeating: "字", count: 2000))"}"#
            #expect(try await client.post(Self.path, json: long).status == 413)
            let large = Data(repeating: 1, count: 1001).base64EncodedString()
            let body = """
                {"narrative": "x", "complainant": {"phone": "13900010001"},
                 "evidence": [{"name": "a.png", "mediaType": "image/png", "content": "\(large)"}]}
                """
            let answer = try await client.post(Self.path, json: body)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/evidence/0"])
        }
    }

    @Test(
        "After the complaint: the code opens supplements, chases and withdrawal, a form leads back to the customer's page"
    )
    func remarks() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let answer = try await client.post(Self.path, json: Self.open)
            let number = try #require(answer.json["number"] as? String)
            let code = try #require(answer.json["trackingCode"] as? String)
            let base = "\(Self.path)/\(number)"
            #expect(try await client.post("\(base)/chases?code=WRONG", json: "{}").status == 404)
            #expect(try await client.post("\(base)/chases", json: "{}").status == 404)
            let chase = try await client.post("\(base)/chases?code=\(code)", json: #"{"comment": "快点"}"#)
            #expect(chase.status == 201)
            #expect(chase.json["number"] as? String == number)
            let empty = try await client.post("\(base)/supplements?code=\(code)", json: "{}")
            #expect(empty.pointers == ["/narrative"])
            let form = try await client.post(
                "\(base)/supplements?code=\(code)", form: [("narrative", "补充一句")], headers: ["Accept": "text/html"])
            #expect(form.status == 303)
            #expect(form["location"] == "http://127.0.0.1:8083/callback/track/\(number)?code=\(code)")
            var staff = client
            staff.token = "agent-token"
            #expect(try await staff.post("\(base)/chases", json: "{}").status == 201)
            #expect(try await client.post("\(base)/withdrawal?code=\(code)", json: "{}").status == 201)
            #expect(try await client.post("\(base)/chases?code=\(code)", json: "{}").status == 409)
        }
        #expect(try await intake.said(ComplaintSupplemented.self).map(\.payload.narrative) == ["补充一句"])
        #expect(
            try await intake.said(ComplaintChased.self).map(\.payload.by) == [.customer, .staff("agent-program")])
        #expect(try await intake.said(ComplaintWithdrawn.self).count == 1)
    }

    @Test("M03 A program owes the fields of a channel as the desk's form does")
    func fieldsOfTheChannel() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            var agent = client
            agent.token = "agent-token"
            let bare = #"{"channel": "hotline", "complainant": {"phone": "13900010001"}, "narrative": "碎了"}"#
            let answer = try await agent.post(Self.path, json: bare)
            #expect(answer.status == 422)
            #expect(answer.pointers.sorted() == ["/about/product", "/complainant/name", "/reason", "/request"])
            let unread = Self.whole.replacingOccurrences(of: #""amount""#, with: #""confirmed": false, "amount""#)
            #expect(try await agent.post(Self.path, json: unread).pointers == ["/confirmed"])
        }
        #expect(try await intake.said(ComplaintReceived.self).isEmpty)
    }

    @Test("What is sent twice is said once: the same words, or the same form", arguments: ["chases", "supplements"])
    func twice(_ kind: String) async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let answer = try await client.post(Self.path, json: Self.open)
            let number = try #require(answer.json["number"] as? String)
            let code = try #require(answer.json["trackingCode"] as? String)
            let address = "\(Self.path)/\(number)/\(kind)?code=\(code)"
            let words = kind == "chases" ? "comment" : "narrative"
            async let first = client.post(address, json: #"{"\#(words)": "快点"}"#)
            async let second = client.post(address, json: #"{"\#(words)": "快点"}"#)
            #expect(try await [first.status, second.status] == [201, 201])
            for _ in 0..<2 {
                let form = try await client.post(
                    address, form: [(words, "还是没有消息"), ("key", "page-1")], headers: ["Accept": "text/html"])
                #expect(form.status == 303)
            }
            // Saying the same again a minute later is saying it again; a form's key holds for longer.
            intake.clock.advance(by: 60)
            _ = try await client.post(address, json: #"{"\#(words)": "快点"}"#)
            _ = try await client.post(address, form: [(words, "还是没有消息"), ("key", "page-1")])
        }
        let said =
            kind == "chases"
            ? try await intake.said(ComplaintChased.self).compactMap(\.payload.comment)
            : try await intake.said(ComplaintSupplemented.self).map(\.payload.narrative)
        #expect(said == ["快点", "还是没有消息", "快点"])
    }

    @Test("Guessing codes is slowed down")
    func guessing() async throws {
        let intake = try IntakeFixture()
        try await intake.serve { client in
            let answer = try await client.post(Self.path, json: Self.open)
            let number = try #require(answer.json["number"] as? String)
            var statuses: [Int] = []
            for _ in 0..<11 {
                statuses.append(try await client.post("\(Self.path)/\(number)/chases?code=X", json: "{}").status)
            }
            #expect(statuses == Array(repeating: 404, count: 10) + [429])
        }
    }

    @Test("What may be said follows the pack in force, without a new start")
    func newVersion() async throws {
        let intake = try IntakeFixture()
        let kiosk = #"{"channel": "kiosk", "complainant": {"phone": "13900010001"}, "narrative": "x"}"#
        let pack = try EditedPack(in: intake.folder).write(
            version: 3, ["id: social": "id: kiosk", "channels.social.": "channels.kiosk."]
        ).load()
        try await intake.serve { (client: HTTPClient) async throws in
            var agent = client
            agent.token = "agent-token"
            #expect(try await agent.post(Self.path, json: kiosk).pointers == ["/channel"])
            intake.desk.shelf.take(pack)
            #expect(try await agent.post(Self.path, json: kiosk).status == 201)
        }
    }

    @Test("At the desk the fields of the pack in force are asked for, without a new start")
    func newFields() async throws {
        let intake = try IntakeFixture()
        let pack = try EditedPack(in: intake.folder).write(
            version: 3, ["required: [name, product, reason, request]": "required: [name, orderNumber]"]
        ).load()
        try await intake.serve { (client: HTTPClient) async throws in
            let agent = try await client.signedIn(as: .agent)
            let address = "/intake/desk?channel=hotline"
            let csrf = try #require(try await agent.get(address).hidden("csrf"))
            func missing(_ field: String) async throws -> Bool {
                let answer = try await agent.post(address, form: [("csrf", csrf), ("channel", "hotline")])
                return answer.text.contains("id=\"f-\(field)-error\"")
            }
            #expect(try await missing("reason"))
            #expect(try await missing("about-orderNumber") == false)
            intake.desk.shelf.take(pack)
            #expect(try await missing("reason") == false)
            #expect(try await missing("about-orderNumber"))
        }
    }
}
