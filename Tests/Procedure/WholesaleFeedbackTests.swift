import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("wholesale-feedback")
struct WholesaleFeedbackTests {
    let trial: PackTrial
    var pack: PolicyPack { trial.pack }

    init() throws {
        trial = try PackTrial("wholesale-feedback")
    }

    private let start = "2026-11-17 10:00"

    @Test("W01 hotline, mailbox, online platform and suggestion box")
    func channels() {
        #expect(Set(pack.channels.map(\.id)).isSuperset(of: ["hotline", "mailbox", "web", "suggestion-box"]))
    }

    @Test("W02 spoken feedback is written down word for word and confirmed; the customer's name is required")
    func record() throws {
        let hotline = try #require(pack.channel("hotline"))
        #expect(hotline.verbatim && hotline.readBack && hotline.required.contains(.name))
    }

    @Test(
        "W03 product quality, service attitude, delivery time, price",
        arguments: [
            ("这批货质量太差，很多破损", "product-quality"), ("业务员态度很不耐烦", "service-attitude"),
            ("交货延期一周还没到货", "delivery-time"), ("同一规格涨价，差价没有返利", "price"),
            ("The whole shipment arrived late", "delivery-time"),
        ])
    func categories(text: String, category: String) throws {
        #expect(try trial.graded(text).category == category)
    }

    @Test("W04 passed on within 1 hour of receipt; 3 hours more in special circumstances, which a supervisor grants")
    func dispatch() throws {
        let clock = try #require(pack.clock("dispatch"))
        #expect(clock.starts == "complaint.received" && clock.stops.contains("case.assigned"))
        #expect(try trial.due("dispatch") == "2026-11-17 11:00")
        #expect(clock.extending == Clock.Extending(atMost: .elapsed(3 * 3600), approvedBy: .supervisor))
        let extended = try #require(
            pack.deadline(
                of: clock, from: Samples.local(start), severity: nil, extendedBy: [.elapsed(3 * 3600)]))
        #expect(pack.calendar.text(extended.dueAt) == "2026-11-17 14:00")
    }

    @Test("W05 what is urgent and important starts the emergency procedure; either alone does not")
    func emergency() throws {
        let both = try trial.graded("货断供了，马上开业急用")
        #expect(pack.emergency(for: both)?.team.text == "emergency-team")
        let hasty = try trial.graded("请尽快处理差价", flags: ["urgent"])
        #expect(hasty.urgency == .urgent && hasty.importance == .ordinary)
        #expect(pack.emergency(for: hasty) == nil)
        let important = try trial.graded(amount: "20000")
        #expect(important.urgency == .normal && important.importance == .important)
        #expect(pack.emergency(for: important) == nil)
    }

    @Test("W06 a general problem: solution within 24 hours, completed within 3 working days")
    func general() throws {
        #expect(try trial.graded("少了一箱货").severity == .general)
        #expect(try trial.due("solution", .general) == "2026-11-18 10:00")
        #expect(try trial.due("completion", .general) == "2026-11-20 18:00")
        #expect(!pack.isChosen("clocks.solution.within.general") && !pack.isChosen("clocks.completion.within"))
    }

    @Test(
        "W07 a complex problem: progress within 48 hours, completed within 10 working days",
        arguments: [Severity.important, .major])
    func complex(severity: Severity) throws {
        #expect(try trial.graded("整批货全部变质").severity == .important)
        #expect(try trial.due("progress", severity) == "2026-11-19 10:00")
        #expect(pack.clock("progress")?.stops.contains("case.progressed") == true)
        #expect(try trial.due("completion", severity) == "2026-12-01 18:00")
    }

    @Test("W10 overdue work is urged, and goes to management")
    func urging() throws {
        let completion = try #require(pack.clock("completion"))
        #expect(completion.urges == .head && completion.escalation == .to("management"))
        #expect(pack.clock("solution")?.escalation == .next)
    }

    @Test("W11 called back within 3 working days, by phone or questionnaire")
    func callback() throws {
        #expect(try trial.due("callback") == "2026-11-20 18:00")
        #expect(pack.callback.ways == [.phone, .questionnaire])
        #expect(!pack.isChosen("callback.within"))
    }

    @Test("W09 the callback asks how satisfied the customer is with the result")
    func questions() {
        #expect(pack.callback.questions.first?.scale == .oneToFive)
    }

    @Test("W12 what does not satisfy is handled again, until it does")
    func rework() {
        #expect(pack.verdict(solved: true, satisfaction: 3, soothed: false, reworks: 0).verdict == .rework(.handler))
        #expect(pack.verdict(solved: true, satisfaction: 4, soothed: false, reworks: 0).verdict == .satisfied)
        #expect(pack.verdict(solved: false, satisfaction: 1, soothed: false, reworks: 2).verdict == .raise)
    }

    @Test("W13 W14 W15 monthly analysis, quarterly review, and what the report to management holds")
    func reports() throws {
        let monthly = try #require(pack.reports.first { $0.every == .month })
        #expect(Set(monthly.contents).isSuperset(of: [.categories, .distribution, .causes]))
        #expect(
            Set(monthly.contents).isSuperset(of: [.overview, .improvements, .trend]) && monthly.to == ["management"])
        let quarterly = try #require(pack.reports.first { $0.every == .quarter })
        #expect(quarterly.contents.contains(.departments) && quarterly.contents.contains(.improvements))
        let due = try #require(pack.due(quarterly, at: Samples.local(start)))
        #expect(due.period.start == (try Samples.local("2026-07-01 00:00")))
    }

    @Test("W16 management decides on major feedback")
    func management() throws {
        let major = try trial.graded(amount: "100000")
        #expect(trial.levels(major) == ["head", "management"])
        #expect(try pack.raisings(for: major, at: Samples.local(start)).map(\.rule) == ["major"])
        #expect(try trial.levels(trial.graded("少了一箱货")) == [])
    }

    @Test("W17 customers are told the status regularly")
    func updates() {
        #expect(pack.updates?.every == .workingDays(2))
    }

    @Test(
        "W18 waiting for the customer pauses the departments' clocks",
        arguments: ["solution", "progress", "completion", "revision", "rework"])
    func pauses(clock: String) throws {
        #expect(try #require(pack.clock(clock)).pauses == [.customer])
    }

    @Test("W19 employees' suggestions are answered within a time")
    func suggestions() {
        #expect(pack.suggestions?.answerWithin == .workingDays(5))
    }

    @Test("W20 a supervision group samples, inspects, and has its notices answered")
    func supervision() throws {
        let terms = try #require(pack.supervision)
        #expect(terms.samplePercent > 0 && terms.every == .month && terms.rectifyWithin == .workingDays(5))
        #expect(terms.group.zhHans.contains("高层管理人员") && terms.group.zhHans.contains("员工代表"))
        #expect(pack.department(try #require(DepartmentID("supervision"))) != nil)
    }

    @Test("W21 a reporter of misconduct is protected, and the report is dealt with by the supervision group alone")
    func protected() throws {
        let report = try trial.graded("主管隐瞒客户反馈，篡改记录", channel: "internal")
        #expect(report.category == "misconduct")
        let protection = try #require(pack.protection(of: report.complaint))
        #expect(protection.terms.opens == [.manager] && protection.terms.department.text == "supervision")
        #expect(try trial.assigned(report).department.text == "supervision")
        #expect(pack.refusalToShow(report, to: [.handler, .head]) != nil)
    }

    @Test("W22 timely intake, on-time completion and satisfaction, by employee and by department")
    func assessment() throws {
        let indicators = try #require(pack.assessment?.indicators)
        #expect(indicators.map(\.measure) == [.onTime, .onTime, .satisfied])
        #expect(indicators.compactMap(\.clock) == ["register", "completion"])
        #expect(indicators.allSatisfy { $0.by == [.employee, .department] })
        let explained = try trial.graded(course: CourseSoFar(outcome: .explained))
        #expect(pack.exclusionFromAssessment(explained) != nil)
    }

    @Test("W23 satisfaction surveys, which a third party may run")
    func surveys() {
        #expect(pack.surveys.first?.byThirdParty == true)
    }

    @Test("W24 what the media expose gets the highest attention, and its result is published")
    func publicised() throws {
        let exposed = try trial.graded("产品质量问题被曝光", flags: ["media"])
        #expect(exposed.severity == .major && exposed.urgency == .emergency)
        #expect(try Set(pack.raisings(for: exposed, at: Samples.local(start)).map(\.rule)) == ["major", "public"])
        let publication = try #require(pack.publication(for: exposed, closedAt: Samples.local(start)))
        #expect(publication.place.zhHans.contains("官网"))
    }
}
