import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("dealer-aftersales")
struct DealerAftersalesTests {
    let trial: PackTrial
    var pack: PolicyPack { trial.pack }

    init() throws {
        trial = try PackTrial("dealer-aftersales")
    }

    private func raised(_ graded: GradedComplaint) throws -> [String] {
        try pack.raisings(for: graded, at: Samples.local("2026-11-17 10:00")).map(\.rule)
    }

    @Test("V01 a work order has its own number and is answered back to the maker's customer service centre")
    func upstream() throws {
        let rule = try #require(pack.upstream(channel: "csc"))
        #expect(rule.party == "csc" && rule.numberRequired && rule.answerWithin == .workingDays(3))
        #expect(pack.channel("csc")?.required.contains(.orderNumber) == true)
        #expect(pack.upstream(channel: "phone") == nil)
    }

    @Test("V02 any employee records a warning, valid without a way to reach the customer, and soothes first")
    func warning() throws {
        let terms = try #require(pack.warnings)
        #expect(Set(terms.recordedBy).isSuperset(of: [.agent, .handler]))
        #expect(terms.soothing.zhHans.contains("安抚") && terms.soothing.zhHans.contains("质量担保条例"))
        let warning = try Samples.complaint("客户抱怨等了两小时", kind: .warning, phone: nil, channel: "employee")
        guard case .valid(let why) = pack.judge(warning) else {
            Issue.record("undecided")
            return
        }
        #expect(why.map(\.rule) == ["judgement.warning"])
    }

    @Test("V03 what the adviser cannot settle goes to the department's manager, who decides the solution")
    func manager() throws {
        let graded = try trial.graded("维修等待太久，反复返修", kind: .warning)
        #expect(try trial.assigned(graded).owner == "service.adviser")
        #expect(trial.levels(graded) == ["manager"])
        #expect(pack.warnings?.settleWithin == .workingTime(2 * 3600))
    }

    @Test("V04 want of parts: transfer or urgent order by Parts; a grave or long wait goes to the parts centre")
    func parts() throws {
        let graded = try trial.graded("缺件，等配件", kind: .warning, channel: "employee")
        let assignment = try trial.assigned(graded)
        #expect(assignment.department.text == "parts" && assignment.assisting.map(\.text) == ["service"])
        let parts = try #require(pack.partsCase(for: graded))
        #expect(parts.terms.ways.map(\.zhHans) == ["借调", "紧急订货"])
        #expect(parts.terms.raisedTo == ["parts-centre", "headquarters"])
        #expect(try raised(graded) == [])
        let late = try trial.graded("缺件，等配件", channel: "front-desk", course: CourseSoFar(missed: 1))
        #expect(try raised(late) == ["parts-worse"])
    }

    @Test(
        "V05 hard cases and demands for compensation, return or exchange get support from RSSC",
        arguments: ["变速箱修不好，要求退车", "反复维修，疑难故障查不出原因", "I want compensation"])
    func support(text: String) throws {
        let graded = try trial.graded(text)
        let raising = try #require(pack.raisings(for: graded, at: Samples.local("2026-11-17 10:00")).first)
        #expect(raising.rule == "support" && raising.to == ["rssc", "technical-service"])
        #expect(raising.purpose == .support)
    }

    @Test("V05 return and exchange of a car need the general manager as well")
    func remedies() throws {
        let graded = try trial.graded("变速箱修不好，要求退车")
        #expect(trial.levels(graded, remedies: [.return]) == ["manager", "general-manager"])
        #expect(trial.levels(graded, remedies: [.repair]) == ["manager"])
    }

    @Test(
        "V06 airbag, rapid corrosion, injury or death: a written report",
        arguments: ["追尾后安全气囊未弹出", "车身快速腐蚀锈穿", "The airbag did not open"])
    func grave(text: String) throws {
        let graded = try trial.graded(text)
        #expect(graded.severity == .major && graded.urgency == .emergency)
        let raisings = try pack.raisings(for: graded, at: Samples.local("2026-11-17 10:00"))
        let report = try #require(raisings.first { $0.rule == "grave-quality" })
        #expect(report.form == .written && report.to == ["rssc", "technical-service"])
        #expect(pack.calendar.text(report.dueAt) == "2026-11-17 15:30")
    }

    @Test("V07 with a consumer association or the media, and not settled: to RSSC and headquarters")
    func unsettled() throws {
        let text = "已投诉到消协，要求解决发动机异响"
        #expect(try !raised(trial.graded(text)).contains("public-unsettled"))
        let declined = try trial.graded(text, course: CourseSoFar(declines: 1))
        let raising = try pack.raisings(for: declined, at: Samples.local("2026-11-17 10:00"))
        #expect(raising.first { $0.rule == "public-unsettled" }?.to == ["rssc", "headquarters"])
    }

    @Test("V08 grave complaints go to the general manager, who decides, and handles them in person when needed")
    func generalManager() throws {
        let graded = try trial.graded("追尾后安全气囊未弹出，驾驶员受伤", flags: ["injury"])
        #expect(try raised(graded).contains("general-manager"))
        #expect(trial.levels(graded) == ["manager", "general-manager"])
        #expect(try trial.assigned(graded).group?.management == ["general-manager"])
    }

    @Test("V09 progress and result are reported back in time")
    func progress() throws {
        #expect(try trial.due("progress") == "2026-11-18 18:00")
        #expect(pack.clock("progress")?.stops.contains("case.progressed") == true)
    }

    @Test("V10 followed up by phone")
    func callback() throws {
        #expect(pack.callback.ways == [.phone])
        #expect(try trial.due("callback") == "2026-11-20 18:00")
    }

    @Test("V11 V12 summed up each month; corrective measures, audited by the general manager")
    func improvement() throws {
        let report = try #require(pack.reports.first)
        #expect(report.every == .month && Set(report.contents).isSuperset(of: [.warnings, .improvements]))
        #expect(pack.improvement?.auditedBy == "general-manager")
        #expect(try pack.improvementNeeded(for: trial.graded("要求退车")) != nil)
    }

    @Test(
        "V13 sales, service and parts each under their own manager",
        arguments: [("service", "service.manager"), ("sales", "retail.manager"), ("parts", "parts.manager")])
    func managers(department: String, head: String) throws {
        #expect(pack.department(try #require(DepartmentID(department)))?.head == head)
    }

    @Test("V05 V06 V07 parties outside the company have titles and roles")
    func outside() {
        #expect(
            pack.outside.map(\.id) == ["csc", "rssc", "technical-service", "headquarters", "parts-centre"])
        #expect(pack.outside.allSatisfy { $0.role != nil })
    }
}
