import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("Asking the customer, learning, and who sees what")
struct AskingAndLearningTests {
    let pack: PolicyPack

    init() throws {
        pack = try WholePack.load()
    }

    @Test("Silence leads to a reminder, then to what the pack says")
    func silence() {
        #expect(pack.consent.afterSilence(reminded: 0).step == .remind(1))
        #expect(pack.consent.afterSilence(reminded: 1).step == .means(.ruling))
        #expect(pack.consent.afterSilence(reminded: 1).because.rule == "consent.silence")
    }

    @Test("K12 M17 so many declined proposals lead to a ruling", arguments: [(2, false), (3, true), (4, true)])
    func rounds(declines: Int, isRuling: Bool) {
        #expect(pack.consent.isRulingDue(afterDeclines: declines) == isRuling)
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var solved = true
        var satisfaction = 1
        var soothed = true
        var reworks = 0
        let verdict: CallbackVerdict
        let rule: String

        var testDescription: String { "solved \(solved), \(satisfaction), soothed \(soothed), reworks \(reworks)" }
    }

    static let answers: [Answer] = [
        Answer(satisfaction: 3, soothed: false, verdict: .satisfied, rule: "callback.satisfiedFrom"),
        Answer(satisfaction: 2, soothed: false, verdict: .soothe, rule: "callback.sootheFirst"),
        Answer(solved: false, satisfaction: 5, soothed: false, verdict: .soothe, rule: "callback.sootheFirst"),
        Answer(satisfaction: 2, verdict: .rework(.another), rule: "rework.returnsTo"),
        Answer(reworks: 1, verdict: .rework(.another), rule: "rework.returnsTo"),
        Answer(reworks: 2, verdict: .raise, rule: "rework.raiseAfter"),
    ]

    @Test("K14 K15 W12 what a callback's answer leads to", arguments: answers)
    func verdict(_ answer: Answer) {
        let decision = pack.verdict(
            solved: answer.solved, satisfaction: answer.satisfaction, soothed: answer.soothed, reworks: answer.reworks)
        #expect(decision.verdict == answer.verdict)
        #expect(decision.because.rule == answer.rule)
    }

    @Test("K14 whoever handled a complaint does not call back")
    func caller() {
        #expect(pack.refusalOfCallback(by: "li", handlers: ["li", "wu"])?.zhHans.contains("li") == true)
        #expect(pack.refusalOfCallback(by: "zhao", handlers: ["li", "wu"]) == nil)
        var free = pack
        free.callback.notByHandler = false
        #expect(free.refusalOfCallback(by: "li", handlers: ["li"]) == nil)
    }

    @Test("Attempts are spaced, and end")
    func attempts() throws {
        let monday = try Samples.local("2026-11-16 10:00")
        #expect(pack.nextAttempt(after: 1, at: monday) == (try Samples.local("2026-11-16 14:00")))
        #expect(pack.nextAttempt(after: 3, at: monday) == nil)
    }

    @Test("A callback may begin at once unless the pack says when, and is due within its time")
    func window() throws {
        let friday = try Samples.local("2026-11-13 10:00")
        var window = pack.callbackWindow(completedAt: friday)
        #expect(window.from == friday && window.dueAt > friday)
        var later = pack
        later.callback.notBefore = .elapsed(3600)
        window = later.callbackWindow(completedAt: friday)
        #expect(window.from == (try Samples.local("2026-11-13 11:00")))
    }

    private func closed(_ severity: Severity, _ course: CourseSoFar) throws -> GradedComplaint {
        pack.graded(try Samples.complaint(), category: "quality", severity: severity, course: course)
    }

    @Test("K17 S13 a closed major complaint is nominated, to everybody unless the pack names them")
    func nomination() throws {
        let nominations = pack.nominations(for: try closed(.major, CourseSoFar(outcome: .satisfied)))
        #expect(nominations.map(\.approver) == ["boss"])
        #expect(nominations[0].recipients == ["quality", "legal", "sales"])
        #expect(pack.nominations(for: try closed(.general, CourseSoFar(outcome: .satisfied))).isEmpty)
    }

    @Test("W22 M19 what was explained away counts for nobody; what was reworked must be improved")
    func assessment() throws {
        let explained = try closed(.general, CourseSoFar(reworks: 0, outcome: .explained))
        #expect(pack.exclusionFromAssessment(explained)?.facts == ["outcome": "explained"])
        #expect(pack.improvementNeeded(for: explained) == nil)
        let reworked = try closed(.general, CourseSoFar(reworks: 1, outcome: .satisfied))
        #expect(pack.exclusionFromAssessment(reworked) == nil)
        #expect(pack.improvementNeeded(for: reworked)?.rule == "improvement")
    }

    @Test(
        "K18 W14 S14 a report is about the last period that ended",
        arguments: [
            (Period.month, "2026-11-01 00:00", "2026-12-01 00:00"), (.quarter, "2026-07-01 00:00", "2026-10-01 00:00"),
            (.halfYear, "2026-01-01 00:00", "2026-07-01 00:00"), (.year, "2025-01-01 00:00", "2026-01-01 00:00"),
        ])
    func reports(every: Period, start: String, end: String) throws {
        var report = try #require(pack.reports.first)
        report.every = every
        let due = try #require(pack.due(report, at: Samples.local("2026-12-02 09:00")))
        #expect(try due.period == DateInterval(start: Samples.local(start), end: Samples.local(end)))
        #expect(due.dueAt > due.period.end)
    }

    @Test("Personal data and evidence are erased after their time")
    func retention() throws {
        let erasure = try #require(pack.erasure(closedAt: Samples.local("2026-08-31 10:00")))
        #expect(try erasure.personalData == Samples.local("2028-02-29 10:00"))
        #expect(try erasure.evidence == Samples.local("2026-11-29 10:00"))
    }

    @Test("A time to keep data is a count and a unit", arguments: ["3", "years", "0 days", "three years", "1 weeks"])
    func noRetention(text: String) {
        #expect(RetentionTerms.Span(text) == nil)
    }

    @Test("M18 of several roles the one that sees most decides; a role that is not named sees everything masked")
    func masks() {
        #expect(pack.masks(for: [.agent]).isEmpty)
        #expect(pack.masks(for: [.handler]) == [.phone, .email, .address])
        #expect(pack.masks(for: [.handler, .caller]) == [.address])
        #expect(pack.masks(for: [.operator]) == Set(PersonalField.allCases))
        #expect(pack.masks(for: []) == Set(PersonalField.allCases))
    }

    @Test("M18 W21 confidential cases and protected reporters")
    func confidentiality() throws {
        let exposed = pack.graded(try Samples.complaint(flags: ["media"]), category: nil, severity: .general)
        #expect(pack.refusalToShow(exposed, to: [.handler])?.rule == "privacy.confidential")
        #expect(pack.refusalToShow(exposed, to: [.handler, .manager]) == nil)
        let report = pack.protection(of: try Samples.complaint(flags: ["whistleblowing"]))
        #expect(report?.terms.opens == [.manager] && report?.terms.department.text == "quality")
        #expect(pack.protection(of: try Samples.complaint()) == nil)
    }

    @Test("An event has the document's own steps")
    func steps() {
        #expect(pack.steps(of: "complaint.heard").map(\.number) == ["1.0"])
        #expect(pack.steps(of: "complaint.rejected").map(\.title.zhHans) == ["判断"])
        #expect(pack.steps.filter(\.isStanding).map(\.number) == ["3.0"])
    }

    @Test("A step has its form, its own words, the complaints that take it, and what it is about")
    func stepDetails() throws {
        let judged = try #require(pack.steps.first { $0.number == "2.0" })
        #expect(judged.form?.zhHans == "处理单" && judged.says?.en == "Judged")
        #expect(judged.applies(to: nil) && judged.applies(to: .general))
        #expect(judged.isAbout("clocks.sign-off") && judged.isAbout("raising.any") && !judged.isAbout("clocks.answer"))
        #expect(!judged.isAbout("clocks.sign-off-2"))
        let group = try #require(pack.steps.first { $0.number == "2.1" })
        #expect(group.applies(to: .major) && !group.applies(to: .general) && !group.applies(to: nil))
        #expect(pack.ticket?.zhHans == "处理单" && pack.people["li"]?.zhHans == "李经理")
        #expect(pack.words["case.assigned"]?.en == "Passed on")
    }
}
