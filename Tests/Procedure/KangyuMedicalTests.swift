import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("kangyu-medical")
struct KangyuMedicalTests {
    let trial: PackTrial
    var pack: PolicyPack { trial.pack }

    init() throws {
        trial = try PackTrial("kangyu-medical")
    }

    @Test("K01 hotline, e-mail, letter and WeChat; the hotline says which key leads to Customer Rights")
    func channels() {
        #expect(Set(pack.channels.map(\.id)).isSuperset(of: ["hotline", "email", "letter", "wechat"]))
        #expect(pack.channel("hotline")?.instructions?.zhHans.contains("3 号键转客户权益保障部") == true)
    }

    @Test("K02 from when it was heard to when it was registered: 1 working day")
    func register() throws {
        #expect(try trial.path("register") == "complaint.heard → complaint.received")
        #expect(try trial.due("register") == "2026-11-18 18:00")
        #expect(pack.channel("colleague") != nil)
        #expect(!pack.isChosen("clocks.register.within"))
    }

    @Test("K03 a complete ticket is judged valid, and what is sensitive by a person")
    func judgement() throws {
        guard case .valid(let why) = pack.judge(try trial.graded("血压计测量不准，误差很大").complaint) else {
            Issue.record("undecided")
            return
        }
        #expect(why.map(\.rule) == ["judgement.recorded"])
    }

    @Test("K04 an invalid complaint's explanation, and its dispute, are steps of the document")
    func explanation() {
        #expect(pack.steps(of: "complaint.rejected").map(\.number) == ["2.1"])
        #expect(pack.steps(of: "explanation.disputed").map(\.number) == ["2.1"])
    }

    @Test("K05 what Customer Rights can settle alone is its own, at once")
    func alone() throws {
        let assignment = try trial.assigned(trial.graded("打客服电话没人接，态度冷淡"))
        #expect(assignment.department.text == "customer-rights" && assignment.isAutomatic)
        #expect(assignment.assisting.isEmpty && assignment.group == nil)
    }

    @Test(
        "K06 what it cannot goes to the responsible department at once",
        arguments: [
            ("血糖仪测量不准，误差很大", "quality"), ("理疗仪送修一个月还没修好", "after-sales"), ("订单里的耗材一直没发货", "sales"),
            ("广告宣传的疗效完全不符，误导老人", "marketing"), ("The oxygen generator stopped working", "quality"),
        ])
    func dispatched(text: String, department: String) throws {
        let assignment = try trial.assigned(trial.graded(text))
        #expect(assignment.department.text == department && assignment.isAutomatic)
        #expect(assignment.deadlines.map(\.clock) == ["sign-off", "solution"])
        #expect(try trial.due("dispatch") == "2026-11-17 12:00")
    }

    @Test("K07 the department's solution within 3 working days", arguments: Severity.allCases)
    func solution(severity: Severity) throws {
        #expect(try trial.due("solution", severity) == "2026-11-20 18:00")
        #expect(!pack.isChosen("clocks.solution.within"))
    }

    @Test("K08 K09 K10 a major complaint is handled by a group of heads, verified on site, presented jointly")
    func group() throws {
        let assignment = try trial.assigned(trial.graded("雾化器漏电，老人被电击受伤住院"))
        let group = try #require(assignment.group)
        #expect(group.lead.text == "quality" && group.assisting.map(\.text) == ["customer-rights"])
        #expect(group.confirmations == ["quality.head", "customer-rights.head"])
        #expect(group.opinionsOwed && group.verifiesOnSite && group.analysesCause)
        #expect(group.presentsWith?.text == "customer-rights")
        #expect(!assignment.isAutomatic)
        #expect(pack.consent.presentedBy?.text == "customer-rights")
    }

    @Test("K08 the general manager's office joins when necessary")
    func management() throws {
        let large = try trial.graded("设备全部故障", amount: "120000")
        #expect(try trial.assigned(large).group?.management == ["general-manager-office"])
        let smaller = try trial.graded("设备全部故障", amount: "60000")
        #expect(try trial.assigned(smaller).group?.management == [])
        #expect(pack.raisings(for: smaller, at: Date()).map(\.rule) == ["major"])
    }

    @Test("K11 agreed solutions are carried out and tracked")
    func carryingOut() throws {
        #expect(try trial.path("implementation") == "solution.accepted → case.cancelled, solution.implemented")
        #expect(pack.steps(of: "solution.accepted").map(\.number) == ["4.1"])
    }

    @Test("K12 a declined solution is studied anew, until one is agreed or a supervisor rules")
    func declined() throws {
        #expect(try trial.due("revision") == "2026-11-20 18:00")
        #expect(pack.steps(of: "solution.declined").map(\.number) == ["4.2"])
        #expect(!pack.consent.isRulingDue(afterDeclines: 2) && pack.consent.isRulingDue(afterDeclines: 3))
    }

    @Test("K13 the result is reported within 36 hours of completion, by day and by night")
    func result() throws {
        #expect(try trial.path("result") == "solution.completed → case.cancelled, solution.implemented")
        #expect(try trial.due("result") == "2026-11-18 22:00")
        #expect(pack.steps(of: "solution.implemented").contains { $0.title.zhHans.contains("36 小时") })
    }

    @Test("K14 called back within 1 working day, asked whether it is really solved")
    func callback() throws {
        #expect(try trial.due("callback") == "2026-11-18 18:00")
        #expect(pack.callback.within == .workingDays(1) && !pack.isChosen("callback.within"))
        #expect(pack.callback.questions.map(\.id).first == "solved-effectively")
        #expect(pack.callback.by?.text == "customer-rights")
    }

    @Test("K15 a dissatisfied complainant is talked with first, then it is handled again")
    func soothing() {
        #expect(pack.verdict(solved: false, satisfaction: 2, soothed: false, reworks: 0).verdict == .soothe)
        #expect(pack.verdict(solved: false, satisfaction: 2, soothed: true, reworks: 0).verdict == .rework(.handler))
    }

    @Test("K16 the callback record has its questions, and the ticket its steps")
    func record() {
        #expect(pack.callback.questions.count >= 3)
        #expect(pack.steps(of: "complaint.closed").map(\.number) == ["5.2"])
    }

    @Test("K17 a major complaint becomes a case, approved by the head of the company, for the departments")
    func cases() throws {
        let closed = try trial.graded("雾化器漏电，老人被电击受伤住院", course: CourseSoFar(outcome: .satisfied))
        let nomination = try #require(pack.nominations(for: closed).first)
        #expect(nomination.approver == "general-manager" && nomination.recipients.count == 5)
        #expect(try pack.nominations(for: trial.graded("血压计测量不准")).isEmpty)
    }

    @Test("K18 the monthly report")
    func report() throws {
        let report = try #require(pack.reports.first)
        #expect(report.every == .month && report.title.zhHans == "客户投诉月报")
    }

    @Test("K19 important solutions are reviewed by the department, major ones approved by the general manager's office")
    func approval() throws {
        #expect(try trial.levels(trial.graded("血压计测量不准")) == [])
        #expect(try trial.levels(trial.graded("血压计测量不准", amount: "6000")) == ["head"])
        #expect(try trial.levels(trial.graded("血压计测量不准", amount: "60000")) == ["head", "office"])
    }
}
