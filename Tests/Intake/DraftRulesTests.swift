import Contracts
import Foundation
import IntakeService
import Testing

@Suite struct DraftRulesTests {
    private static let now = Date(timeIntervalSince1970: 1_795_140_000)

    private static func draft(_ person: Complainant, heardAt: Date = now) -> ComplaintDraft {
        ComplaintDraft(channel: "hotline", heardAt: heardAt, complainant: person, narrative: "x")
    }

    @Test(
        "There has to be a way to reach the complainant, and it has to look like one (M03)",
        arguments: [
            (Complainant(phone: "13900010001"), []), (Complainant(email: "a@b.cn"), []),
            (Complainant(name: "周敏", address: "杭州"), ["complainant.phone"]),
            (Complainant(phone: "call me"), ["complainant.phone"]), (Complainant(phone: "1234"), ["complainant.phone"]),
            (Complainant(email: "a@b"), ["complainant.email"]), (Complainant(email: "a b@c.de"), ["complainant.email"]),
            (Complainant(phone: "123", email: "x"), ["complainant.phone", "complainant.email"]),
            (Complainant(phone: "+86 (571) 8888-0000 转 12"), []),
        ])
    func reachable(person: Complainant, fields: [String]) {
        #expect(DraftRules.objections(to: Self.draft(person), now: Self.now).map(\.field) == fields)
    }

    @Test(
        "Nobody hears a complaint in the future, but clocks differ a little",
        arguments: [
            (-86_400.0, 0), (0, 0), (299, 0), (301, 1), (-126_144_000, 0), (-189_216_000, 1),
        ])
    func heardAt(ahead: Double, objections: Int) {
        let draft = Self.draft(Complainant(phone: "13900010001"), heardAt: Self.now + ahead)
        #expect(DraftRules.objections(to: draft, now: Self.now).count == objections)
    }

    @Test("At the desk a channel asks for its own fields, and for reading back (M03, M04)")
    func desk() throws {
        let hotline = try #require(try IntakeFixture.pack().channel("hotline"))
        var draft = Self.draft(Complainant(phone: "13900010001"))
        draft.confirmed = false
        #expect(
            DraftRules.deskObjections(to: draft, channel: hotline, hasEvidence: false).map(\.field)
                == ["complainant.name", "about.product", "reason", "request", "confirmed"])
        draft.complainant.name = "周敏"
        draft.about.product = "炒锅"
        draft.reason = "碎了"
        draft.request = "补发"
        draft.confirmed = true
        #expect(DraftRules.deskObjections(to: draft, channel: hotline, hasEvidence: false).isEmpty)
    }

    @Test("A tracking code fits its own complaint alone, however it is typed")
    func trackingCode() throws {
        let number = try #require(TicketNumber("C20261121-01-000042"))
        let other = try #require(TicketNumber("C20261121-01-000043"))
        let code = TrackingCode.fresh()
        #expect(code.count == 10)
        #expect(code.allSatisfy(TrackingCode.alphabet.contains))
        let hash = TrackingCode.hash(code, of: number)
        #expect(TrackingCode.matches(code, of: number, hash: hash))
        #expect(TrackingCode.matches(" \(code.lowercased().prefix(5))-\(code.suffix(5)) ", of: number, hash: hash))
        #expect(!TrackingCode.matches(code, of: other, hash: hash))
        #expect(!TrackingCode.matches("", of: number, hash: hash))
    }

    @Test("The hash is SHA-256 of number, colon and code, as the other services compute it")
    func trackingHash() throws {
        let number = try #require(TicketNumber("C20261121-01-000042"))
        #expect(
            TrackingCode.hash("ABCDEFGH23", of: number)
                == "7f3dff7e1e37d735ee66e6167523e676d741633be882bed78fc560e637f78ca3")
    }

    @Test(
        "Stories are alike when they share their pairs of characters",
        arguments: [
            ("快递送到时锅盖已经摔碎", "快递送到时，锅盖已经摔碎！", true), ("快递送到时锅盖已经摔碎", "会员被多扣了一百九十八元", false),
            ("The lid was broken", "the lid was BROKEN.", true), ("", "x", false),
        ])
    func likeness(left: String, right: String, alike: Bool) {
        #expect((Likeness.of(left, right) >= Likeness.alike) == alike)
    }

    @Test("The same telephone is recognised however it is written")
    func contactKeys() {
        #expect(ContactKey.phone("+86 139-0001-0001") == ContactKey.phone("13900010001"))
        #expect(ContactKey.phone(nil) == nil)
        #expect(ContactKey.email("Lin@Example.com") == "lin@example.com")
    }
}
