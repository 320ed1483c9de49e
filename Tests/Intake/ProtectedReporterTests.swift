import Contracts
import Foundation
import GRDB
import IntakeService
import Messaging
import Procedure
import TestSupport
import Testing
import Web

@Suite struct ProtectedReporterTests {
    static let sections = [
        "privacy": """
        privacy:
          masks: {agent: [], coordinator: [], caller: [], supervisor: [], manager: [], handler: [phone]}
          confidential:
            when: {field: flags, contains: whistleblowing}
            roles: [manager, supervisor]
          protected:
            when: {field: flags, contains: whistleblowing}
            opens: [manager]
            department: customer-service
        """
    ]

    /// Everything that tells who reports.
    static let secrets = [
        "钱学文", "13955512345", "qian.xuewen@example.org", "王府井大街 88 号", "139-5551-2345", "DD-2026-7781",
    ]

    static func draft(_ intake: IntakeFixture) -> ComplaintDraft {
        var draft = ComplaintDraft(
            channel: "web", heardAt: intake.clock.now(),
            complainant: Complainant(
                name: secrets[0], phone: secrets[1], email: secrets[2], address: secrets[3]),
            about: ComplaintSubject(product: "投诉处理", orderNumber: secrets[5]), reason: "钱学文举报篡改记录",
            narrative: "我是钱学文，电话 139-5551-2345，邮箱 Qian.Xuewen@example.org，经办人篡改了处理记录。",
            request: "请联系钱学文", flags: ["whistleblowing"], recordedBy: nil)
        draft.concerned = ["supervisor"]
        return draft
    }

    private static func evidence(_ intake: IntakeFixture) async throws -> [EvidenceReference] {
        [
            EvidenceReference(
                id: "e1", name: "钱学文的截图.PNG", mediaType: "image/png", size: 3,
                sha256: try await intake.evidence.keep(Data([1, 2, 3])))
        ]
    }

    @Test("W21 A reporter's identity is in Intake's own table alone: in no message, no other table")
    func onePlace() async throws {
        let intake = try IntakeFixture(sections: Self.sections)
        let receipt = try await intake.store.accept(
            Self.draft(intake), evidence: Self.evidence(intake), protected: true, key: "k")
        _ = try await intake.store.add(
            .supplement(narrative: "补充：钱学文，13955512345", evidence: []), to: receipt.number, by: .customer)
        _ = try await intake.store.add(.chase(comment: "我是钱学文"), to: receipt.number, by: .customer)
        _ = try await intake.store.add(.withdrawal(reason: "钱学文不想继续"), to: receipt.number, by: .customer)
        // Tables first: the relay empties the outbox.
        let tables = try await intake.database.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'reporter'")
                .map { try Row.fetchAll(db, sql: "SELECT * FROM \"\($0)\"").map(\.description).joined() }.joined()
        }
        let messages = try await intake.said()
        #expect(messages.count == 4)
        let said = messages.map { String(decoding: $0.body, as: UTF8.self) + "\($0.headers)" }.joined()
        for secret in Self.secrets + ["Qian.Xuewen@example.org"] {
            #expect(!said.contains(secret), "\(secret)")
            #expect(!tables.contains(secret), "\(secret)")
        }
        #expect(said.contains("篡改了处理记录"))
        let received = try #require(try await intake.said(ComplaintReceived.self).first).payload.complaint
        #expect(received.protected == ProtectedReport(concerned: ["supervisor"]))
        #expect(received.complainant == Complainant())
        #expect(received.evidence.map(\.name) == ["evidence-1.png"])
        let kept = try await intake.database.read { db in try String.fetchOne(db, sql: "SELECT document FROM reporter")
        }
        #expect(kept?.contains("钱学文") == true)
    }

    @Test("W21 No page and no answer shows the reporter; whom the report concerns does not see it at all")
    func pages() async throws {
        let intake = try IntakeFixture(sections: Self.sections)
        let number = try await intake.store.accept(
            Self.draft(intake), evidence: Self.evidence(intake), protected: true
        ).number
        // The same person complains of something else: neither leads to the other.
        var usual = intake.draft("锅盖碎了", phone: Self.secrets[1])
        usual.complainant.name = nil
        _ = try await intake.store.accept(usual)
        try await intake.serve { client in
            for role in Role.allCases where role != .operator {
                let staff = try await client.signedIn(as: role)
                let record = try await staff.get("/intake/complaints/\(number)")
                // The supervisor's role may see reports, but this one is about them.
                #expect(record.status == (role == .manager ? 200 : 404), "\(role)")
                let api = try await staff.get("/intake/api/complaints/\(number)")
                #expect(api.status == (role == .manager ? 200 : 404), "\(role)")
                #expect(try await staff.get("/intake/evidence/e1").status == (role == .manager ? 200 : 404))
                let list = try await staff.get("/intake/complaints")
                #expect(list.text.contains(number.text) == (role == .manager), "\(role)")
                for page in [record, api, list] {
                    for secret in Self.secrets { #expect(!page.text.contains(secret), "\(role): \(secret)") }
                }
            }
            let manager = try await client.signedIn(as: .manager)
            let usual = try await manager.get("/intake/complaints/C20261120-01-000002")
            #expect(!usual.text.contains(number.text))
        }
    }

    @Test("W21 The identity is opened by the pack's roles with a reason, and the opening is logged")
    func opening() async throws {
        let intake = try IntakeFixture(sections: Self.sections)
        let number = try await intake.store.accept(Self.draft(intake), protected: true).number
        try await intake.serve { client in
            let path = "/intake/complaints/\(number)/reporter"
            let manager = try await client.signedIn(as: .manager)
            let page = try await manager.get("/intake/complaints/\(number)")
            let csrf = try #require(page.hidden("csrf"))
            #expect(try await manager.post(path, form: [("csrf", csrf), ("reason", " ")]).status == 422)
            #expect(try await intake.store.openings(of: number).isEmpty)
            let opened = try await manager.post(path, form: [("csrf", csrf), ("reason", "核实举报内容")])
            #expect(opened.status == 200)
            #expect(opened["cache-control"] == "no-store")
            for secret in ["钱学文", "13955512345", "qian.xuewen@example.org"] { #expect(opened.text.contains(secret)) }
            #expect(try await manager.get("/intake/complaints/\(number)").text.contains("核实举报内容"))
            var supervisor = client
            supervisor.token = "supervisor-token"
            let api = "/intake/api/complaints/\(number)/reporter"
            #expect(try await supervisor.post(api, json: #"{"reason": "想知道"}"#).status == 403)
        }
        let openings = try await intake.store.openings(of: number)
        #expect(openings.map(\.openedBy) == ["manager"])
        #expect(openings.map(\.reason) == ["核实举报内容"])
    }

    @Test("W21 A report comes without a name, and whoever is signed in is not recorded")
    func anonymous() async throws {
        let intake = try IntakeFixture(sections: Self.sections)
        try await intake.serve { client in
            let agent = try await client.signedIn(as: .agent)
            let form = try await agent.get("/intake/report")
            #expect(form.status == 200)
            let done = try await agent.post(
                "/intake/report",
                form: [("key", "k"), ("narrative", "处理中收受好处"), ("concerned", "li.na\n赵磊")])
            #expect(done.status == 303)
            #expect(try await client.get(try #require(done["location"])).status == 200)
        }
        let complaint = try #require(try await intake.said(ComplaintReceived.self).first).payload.complaint
        #expect(complaint.recordedBy == nil)
        #expect(complaint.protected?.concerned == ["li.na", "赵磊"])
        #expect(complaint.flags == ["whistleblowing"])
        let messages = try await intake.said().map { String(decoding: $0.body, as: UTF8.self) }.joined()
        #expect(!messages.contains(#""agent""#))
    }

    @Test(
        "W21 Whom a report names is found by account, by what the pack calls them, or by the department",
        arguments: [
            (["Manager "], ["manager"]), (["管理层"], ["manager"]), (["仓储物流部"], ["logistics.head", "logistics.handler"]),
            (["张三", "manager", "MANAGER"], ["张三", "manager"]), (["  "], []),
        ])
    func accounts(names: [String], accounts: [String]) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../compose/policies/wholesale-feedback.yaml")
        let courses = SpecialCourses(pack: try PolicyPack.load(file: file.path))
        #expect(courses.accounts(of: names) == accounts)
    }

    @Test("W21 A pack that protects nobody has no reporting page")
    func noPage() async throws {
        let intake = try IntakeFixture(sections: ["privacy": "privacy: {masks: {agent: []}}"])
        try await intake.serve { client async throws in
            #expect(try await client.get("/intake/report").status == 404)
        }
    }

    @Test("M18 Each role sees what the pack lets it see of a person")
    func masks() async throws {
        let intake = try IntakeFixture(sections: Self.sections)
        let number = try await intake.store.accept(intake.draft()).number
        try await intake.serve { client in
            let agent = try await client.signedIn(as: .agent).get("/intake/complaints/\(number)").text
            #expect(agent.contains("13900010001"))
            let handler = try await client.signedIn(as: .handler).get("/intake/complaints/\(number)").text
            // Intake does not know whose case it is: whoever works in a department sees people on their own case pages.
            #expect(handler.contains("139****0001"))
            #expect(!handler.contains("13900010001") && !handler.contains("周敏"))
            // A role that the pack does not name sees everything masked.
            let head = try await client.signedIn(as: .head).get("/intake/complaints/\(number)").text
            #expect(!head.contains("周敏"))
        }
    }
}
