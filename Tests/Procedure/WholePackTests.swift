import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("A pack with every section")
struct WholePackTests {
    let pack: PolicyPack

    init() throws {
        pack = try WholePack.load()
    }

    private func graded(
        _ severity: Severity = .general, _ narrative: String = "泵坏了", affected: Int? = nil, flags: [String] = [],
        course: CourseSoFar = CourseSoFar()
    ) throws -> GradedComplaint {
        let complaint = try Samples.complaint(narrative, affected: affected, flags: flags)
        return pack.graded(complaint, category: "quality", severity: severity, course: course)
    }

    private func department(_ id: String) throws -> DepartmentID { try #require(DepartmentID(id)) }

    @Test("Everything is read into its place")
    func everything() throws {
        #expect(pack.document?.en == "A small procedure")
        #expect(pack.products.map(\.id) == ["pump"])
        #expect(pack.escalations.map(\.person) == ["boss"])
        #expect(pack.title(ofRecipient: "centre")?.en == "Centre")
        #expect(pack.consent.silence == .ruling && pack.consent.ways == [.phone, .letter])
        #expect(pack.callback.questions.map(\.scale) == [.oneToFive])
        #expect(pack.rework.returnsTo == .another)
        #expect(pack.upstream(channel: "web")?.party == "centre")
        #expect(pack.updates?.every == .workingDays(3))
        #expect(pack.surveys.map(\.every) == [.year])
        #expect(pack.isChosen("clocks.sign-off.within") && pack.isChosen("authority.general.compensationLimit"))
        #expect(!pack.isChosen("clocks.sign-off") && !pack.isChosen("authority.generality"))
    }

    struct Approval: Sendable, CustomTestStringConvertible {
        var severity = Severity.general
        var compensation: String?
        var remedies: [Remedy] = []
        let levels: [String]
        let rules: [String]

        var testDescription: String { "\(severity) \(compensation ?? "none") \(remedies) → \(levels)" }
    }

    static let approvals: [Approval] = [
        Approval(levels: [], rules: []), Approval(compensation: "500", levels: [], rules: []),
        Approval(compensation: "500.01", levels: ["head"], rules: ["authority.general"]),
        Approval(
            compensation: "800.01", levels: ["head", "deputy"],
            rules: ["authority.general", "approval.big", "approval.big"]),
        Approval(remedies: [.return], levels: ["deputy"], rules: ["approval.return"]),
        Approval(remedies: [.refund], levels: [], rules: []),
        Approval(severity: .major, levels: ["head", "top"], rules: ["authority.major", "approval.major"]),
        Approval(
            severity: .major, compensation: "9000", remedies: [.exchange], levels: ["head", "deputy", "top"],
            rules: ["authority.major", "approval.big", "approval.big", "approval.return", "approval.major"]),
    ]

    @Test("M15 K19 S07 who approves, lowest level first, by severity, compensation and remedy", arguments: approvals)
    func approval(_ example: Approval) throws {
        let authority = pack.authority(for: try graded(example.severity))
        switch authority.decide(compensation: example.compensation.flatMap(Money.init), remedies: example.remedies) {
        case .notAllowed(_, let because): Issue.record("refused: \(because)")
        case .free: #expect(example.levels.isEmpty)
        case .needed(let needs):
            #expect(needs.map(\.level) == example.levels)
            #expect(needs.flatMap(\.because).map(\.rule) == example.rules)
            #expect(needs.filter { $0.level == "deputy" }.allSatisfy { $0.signature && $0.approver == "deputy" })
        }
    }

    @Test("M14 compensation above the company's standard is refused, and the standard named")
    func standard() throws {
        let authority = pack.authority(for: try graded())
        guard case .notAllowed(let standard, let because) = authority.decide(compensation: Money("2000.01")) else {
            Issue.record("allowed")
            return
        }
        #expect(standard == Money("2000"))
        #expect(because.text.zhHans.contains("2000.01") && because.text.en.contains("2000"))
    }

    @Test("M15 an approval is given by who it belongs to, never by who drafted")
    func whoApproves() throws {
        let authority = pack.authority(for: try graded(.major))
        guard case .needed(let needs) = authority.decide(compensation: nil) else {
            Issue.record("free")
            return
        }
        #expect(needs[0].mayBeGiven(by: "li", head: "li", drafter: "zhang"))
        #expect(!needs[0].mayBeGiven(by: "li", head: "li", drafter: "li"))
        #expect(!needs[1].mayBeGiven(by: "li", head: "li", drafter: "zhang"))
        #expect(needs[1].mayBeGiven(by: "boss", head: "li", drafter: "zhang"))
    }

    @Test("M15 without levels in the pack the head approves what is above the handler's limit")
    func implied() throws {
        let authority = try PolicyPack.parse(PolicyLoadingTests.sound, file: "small.yaml").authority(for: graded())
        #expect(authority.stages == nil)
        guard case .needed(let needs) = authority.decide(compensation: Money("501")) else {
            Issue.record("free")
            return
        }
        #expect(needs.map(\.level) == ["head"] && needs[0].approver == nil)
    }

    @Test("K08 K09 K10 a major complaint is handled by a group")
    func group() throws {
        let group = try #require(
            pack.group(for: graded(.major), department: department("sales"), assisting: []))
        #expect(group.lead.text == "legal" && group.leader == "wu")
        #expect(group.assisting.map(\.text) == ["sales", "quality"])
        #expect(group.confirmations == ["wu", "he", "li"])
        #expect(group.opinionsOwed && group.verifiesOnSite && group.analysesCause)
        #expect(group.presentsWith?.text == "quality")
        #expect(group.management.isEmpty)
        #expect(try pack.group(for: graded(), department: department("sales"), assisting: []) == nil)
    }

    @Test("K08 top management takes part when the pack's condition is met, and it is said why")
    func management() throws {
        let group = try #require(
            pack.group(for: graded(.major, affected: 5), department: department("sales"), assisting: []))
        #expect(group.management == ["boss"])
        #expect(group.because.map(\.rule) == ["groups.major", "groups.major.management"])
    }

    @Test("K08 an assignment names its group, and the group's lead owes the solution")
    func assignment() throws {
        let assignment = try #require(
            pack.assign(graded(.major), number: Samples.number(), at: Samples.local("2026-11-17 10:00")))
        #expect(assignment.department.text == "legal" && assignment.assisting.map(\.text) == ["quality"])
        #expect(assignment.group?.rule == "major")
        #expect(assignment.explanations.contains { $0.rule == "groups.major" })
    }

    @Test("S04 W05 what is urgent and important starts the emergency procedure")
    func emergency() throws {
        let large = try Samples.complaint(amount: "100")
        let grading = pack.grade(large, category: nil)
        #expect(grading.urgency == .urgent && grading.importance == .important)
        let call = pack.emergency(for: pack.graded(large, category: nil, severity: grading.severity))
        #expect(call?.team.text == "quality")
        #expect(call?.because.text.zhHans.contains("紧急程度为紧急") == true)
        #expect(try pack.emergency(for: graded()) == nil)
    }

    @Test("V05 V07 a complaint is raised once by each rule, with a due time")
    func raising() throws {
        let now = try Samples.local("2026-11-16 10:00")
        let declined = try graded(course: CourseSoFar(declines: 1))
        let raisings = pack.raisings(for: declined, at: now)
        #expect(raisings.map(\.rule) == ["grave"] && raisings[0].to == ["centre", "office"])
        #expect(raisings[0].form == .written && raisings[0].purpose == .support)
        #expect(raisings[0].dueAt > now && raisings[0].because.facts["declines"] == "1")
        #expect(pack.raisings(for: declined, done: ["grave"], at: now).isEmpty)
        #expect(try pack.raisings(for: graded(), at: now).isEmpty)
    }

    @Test("V04 want of parts goes to the parts department")
    func parts() throws {
        let parts = try #require(pack.partsCase(for: graded(.general, "一直缺件")))
        #expect(parts.terms.department.text == "quality" && parts.terms.raisedTo == ["centre"])
        #expect(parts.because.facts["words"] == "缺件")
        #expect(try pack.partsCase(for: graded()) == nil)
    }

    @Test("M05 only what the pack allows is settled on the spot, and the refusal says why")
    func firstContact() throws {
        #expect(try pack.refusalOfFirstContact(graded(), compensation: Money("50")) == nil)
        #expect(try pack.refusalOfFirstContact(graded(), compensation: Money("50.01"))?.zhHans.contains("50") == true)
        #expect(try pack.refusalOfFirstContact(graded(.major), compensation: nil)?.zhHans.contains("一般") == true)
    }

    @Test("W24 S16 what the media expose is published, what comes as a group is followed")
    func followed() throws {
        let exposed = try graded(flags: ["media"], course: CourseSoFar(groupSize: 3))
        let closed = try Samples.local("2026-11-16 10:00")
        #expect(pack.publication(for: exposed, closedAt: closed)?.place.zhHans == "官网")
        #expect(pack.followers(of: exposed)?.by == ["office"])
        #expect(try pack.followers(of: graded()) == nil)
        #expect(try pack.publication(for: graded(), closedAt: closed) == nil)
    }
}
