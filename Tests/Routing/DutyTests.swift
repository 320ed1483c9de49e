import Contracts
import Foundation
import Messaging
import Persistence
import Procedure
import TestSupport
import Testing

@testable import RoutingService

extension RoutingBench {
    func duties(of number: TicketNumber = Samples.number(1)) async throws -> [DutyRecord] {
        try await store.dossier(number)?.duties ?? []
    }

    /// Whom something is owed to, by the rule, `raising.support → rssc`.
    func owed(by number: TicketNumber = Samples.number(1)) async throws -> [String] {
        try await duties(of: number).filter(\.isOpen).map { "\($0.duty.rule) → \($0.duty.recipient)" }.sorted()
    }

    func watch() async throws {
        try await DutyWatch(store: store, work: desk.work, time: clock, logger: .quiet).look()
    }

    func record(_ number: TicketNumber = Samples.number(1)) async throws -> ComplaintRecord {
        try #require(try await store.dossier(number)).record
    }
}

extension Complaint {
    func by(_ channel: String, upstream: String? = nil) -> Complaint {
        var copy = self
        (copy.channel, copy.upstreamNumber) = (channel, upstream)
        return copy
    }
}

@Suite("What is owed to others because of a complaint")
struct DutyTests {
    private static func dealer() throws -> RoutingBench { try RoutingBench(pack: "dealer-aftersales") }

    @Test("V06 A grave complaint is reported in writing to RSSC and technical service, each with its own time")
    func grave() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]))
        let duties = try await bench.duties()
        let written = duties.filter { $0.duty.form == .written }
        #expect(written.map(\.duty.recipient).sorted() == ["rssc", "technical-service"])
        #expect(written.allSatisfy { $0.duty.rule == "raising.grave-quality" && $0.duty.purpose == .information })
        // 4 working hours from Friday 10:00: two before lunch, two after it.
        #expect(written.allSatisfy { $0.duty.dueAt == RFC3339.date("2026-11-20T15:30:00+08:00") })
        #expect(written.allSatisfy { !$0.duty.because.isEmpty && $0.missedAt == nil })
        // What happens afterwards does not raise it again.
        try await bench.hear(ComplaintChased(comment: "怎么样了", by: .customer))
        #expect(try await bench.duties().count == duties.count)
    }

    @Test("V08 A grave complaint goes to the general manager for a decision")
    func generalManager() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("安全气囊未弹出"))
        let told = try #require(try await bench.duties().first { $0.duty.recipient == "general-manager" })
        #expect(told.duty.form == .told)
        #expect(told.duty.purpose == .decision)
    }

    @Test("V05 A demand to return the car gets support from RSSC and technical service")
    func support() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("变速箱异响，要求退车"))
        #expect(try await bench.owed() == ["raising.support → rssc", "raising.support → technical-service"])
        try await bench.receive(Samples.complaint("空调有异响"), about: Samples.number(2))
        #expect(try await bench.owed(by: Samples.number(2)) == [])
    }

    @Test("V07 A case in the media that cannot be settled is reported to RSSC and headquarters, and not before")
    func media() async throws {
        let bench = try Self.dealer()
        let service = Samples.department("service")
        try await bench.receive(Samples.complaint("发动机故障", flags: ["media"]))
        _ = try await bench.desk.judge(Samples.number(1), JudgementOrder(verdict: .valid, reason: "属实"), by: "c")
        #expect(try await !bench.owed().contains("raising.public-unsettled → rssc"))
        _ = try await bench.desk.assign(
            Samples.number(1), AssignmentOrder(department: service, assisting: [], reason: "维修"), by: "c",
            isSupervisor: false)
        try await bench.hear(CaseAcknowledged(department: service, assignment: 1, by: .staff("a")))
        try await bench.hear(
            SolutionProposed(
                department: service, departmentTitle: LocalizedText(zhHans: "服", en: "S"),
                solution: Samples.solution(1)))
        try await bench.hear(SolutionDeclined(department: service, version: 1, objection: "不够", by: .customer))
        let owed = try await bench.owed()
        #expect(owed.contains("raising.public-unsettled → rssc"))
        #expect(owed.contains("raising.public-unsettled → headquarters"))
    }

    @Test("V08 What a solution pays, and what the callback came to, raise a complaint when they are known, and once")
    func course() async throws {
        let bench = try RoutingBench(pack: "dealer-aftersales") { pack in
            func rule(_ id: String, _ field: FactField, _ comparison: ConditionTest.Comparison) -> RaisingRule {
                var rule = pack.raising[0]
                (rule.id, rule.to) = (id, ["general-manager"])
                rule.when = .test(ConditionTest(field: field, comparison: comparison))
                return rule
            }
            pack.raising = [rule("dear", .compensation, .above(300_000)), rule("angry", .satisfaction, .atMost(1))]
        }
        try await bench.receive(Samples.complaint("发动机故障"))
        let service = try #require(try await bench.record().handling).lead
        try await bench.hear(CaseAcknowledged(department: service, assignment: 1, by: .staff("a")))
        func propose(_ version: Int, paying text: String) async throws {
            var solution = Samples.solution(version)
            solution.compensation = Money(text)
            let title = LocalizedText(zhHans: "服", en: "S")
            try await bench.hear(SolutionProposed(department: service, departmentTitle: title, solution: solution))
        }
        try await propose(1, paying: "3000.00")
        #expect(try await bench.owed() == [])
        try await bench.hear(SolutionDeclined(department: service, version: 1, objection: "不够", by: .customer))
        try await propose(2, paying: "3000.01")
        #expect(try await bench.owed() == ["raising.dear → general-manager"])
        #expect(try await bench.record().compensation == Money("3000.01"))
        // What was on the wire from before changes nothing.
        try await propose(1, paying: "9000.00")
        #expect(try await bench.record().compensation == Money("3000.01"))
        try await bench.hear(SolutionAccepted(department: service, version: 2, by: .customer))
        try await bench.hear(
            SolutionImplemented(
                department: service, version: 2, outcome: "已修", completedAt: bench.clock.now(), by: .staff("a")))
        try await bench.hear(CallbackCompleted(solved: false, satisfaction: 1, by: .staff("caller")))
        #expect(try await bench.owed() == ["raising.angry → general-manager", "raising.dear → general-manager"])
    }

    @Test(
        "V06 The report is written from the record, sent once, and answered; whoever is told so twice changes nothing")
    func document() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]))
        let duty = try #require(try await bench.duties().first { $0.duty.form == .written })
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        for language in ["zh-Hans", "en"] {
            let draft = ReportDraft(
                pack: bench.pack, duty: duty.duty, record: dossier.record, history: dossier.history,
                language: language)
            #expect(draft.body.contains("碰撞时安全气囊未弹出"))
            #expect(draft.body.contains(Samples.number(1).text))
            #expect(!draft.body.contains("13800000000"))
        }
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.fulfil(duty.id, way: "邮件", note: nil, by: "coordinator")
        }
        _ = try await bench.desk.write(duty.id, subject: "重大质量报告", body: "正文")
        await #expect(throws: DeskRefusal.self) { try await bench.desk.answer(duty.id, "收到", by: "c") }
        let sent = try await bench.desk.fulfil(duty.id, way: "邮件", note: nil, by: "coordinator")
        #expect(sent.doneBy == "coordinator")
        #expect(sent.doneAt == bench.clock.now())
        #expect(try await bench.desk.fulfil(duty.id, way: "邮件", note: nil, by: "other").doneBy == "coordinator")
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.fulfil(duty.id, way: "快递", note: nil, by: "other")
        }
        await #expect(throws: DeskRefusal.self) { try await bench.desk.write(duty.id, subject: "改", body: "改") }
        let answered = try await bench.desk.answer(duty.id, "请先停用车辆", by: "coordinator")
        #expect(answered.answer == "请先停用车辆")
        #expect(try await bench.desk.answer(duty.id, "请先停用车辆", by: "c").answeredBy == "coordinator")
        await #expect(throws: DeskRefusal.self) { try await bench.desk.answer(duty.id, "改", by: "c") }
        let events = try #require(try await bench.store.dossier(Samples.number(1))).history.map(\.event)
        #expect(events.filter { $0 == "duty.done" }.count == 1)
        #expect(events.contains("duty.answered"))
        // The ticket is told once.
        let said = try await bench.said(DutyFulfilled.self)
        #expect(said.map(\.rule) == ["raising.grave-quality"])
        #expect(said.map(\.recipientTitle.zhHans) == [duty.duty.recipientTitle.zhHans])
        #expect(said.map(\.subject) == ["重大质量报告"] && said.map(\.way) == ["邮件"])
        #expect(said.map(\.by) == [.staff("coordinator")])
    }

    @Test("V06 A report that is not sent in time is missed once, and said so; one that was sent is not")
    func missed() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("碰撞时安全气囊未弹出", flags: ["injury"]))
        let written = try await bench.duties().filter { $0.duty.form == .written }
        for duty in written { _ = try await bench.desk.write(duty.id, subject: "报告", body: "正文") }
        _ = try await bench.desk.fulfil(written[0].id, way: "邮件", note: nil, by: "c")
        bench.clock.advance(by: 5.4 * 3600)
        try await bench.watch()
        #expect(try await !bench.said(DeadlineMissed.self).contains { $0.deadline.clock == "raising.grave-quality" })
        bench.clock.advance(by: 0.2 * 3600)
        for _ in 1...3 { try await bench.watch() }
        let missed = try await bench.said(DeadlineMissed.self).filter { $0.deadline.clock == "raising.grave-quality" }
        #expect(missed.count == 1)
        let after = try await bench.duties().filter { $0.duty.form == .written }
        #expect(after.map { $0.missedAt != nil } == [false, true])
        let overdue = try await bench.store.database.read { [now = bench.clock.now()] db in
            try DutyTable.list(DutyFilter(view: .overdue, kind: .raising), at: now, in: db)
        }
        #expect(overdue.map(\.record.id).contains(written[1].id))
        // Sent late it is done, and no longer overdue.
        _ = try await bench.desk.fulfil(written[1].id, way: "邮件", note: nil, by: "c")
        #expect(try await bench.owed().allSatisfy { !$0.hasPrefix("raising.grave-quality") })
    }

    @Test("V01 The answer to a work order is owed when it closes, in writing, and found by its number")
    func upstream() async throws {
        let bench = try Self.dealer()
        try await bench.receive(Samples.complaint("异响").by("csc", upstream: "CSC-2026-1"))
        #expect(try await bench.store.number(upstream: "CSC-2026-1") == Samples.number(1))
        #expect(try await !bench.owed().contains("upstream.csc → csc"))
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")))
        #expect(try await bench.owed() == ["upstream.csc → csc"])
        let answer = try #require(try await bench.duties().first { $0.duty.kind == .upstream })
        #expect(answer.duty.form == .written)
        // 3 working days after Friday.
        #expect(answer.duty.dueAt == RFC3339.date("2026-11-25T18:00:00+08:00"))
        // A second word about the closing owes nothing twice.
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")))
        #expect(try await bench.duties().filter { $0.duty.kind == .upstream }.count == 1)
        let draft = ReportDraft(
            pack: bench.pack, duty: answer.duty, record: try await bench.record(), history: [], language: "zh-Hans")
        #expect(draft.subject.contains("CSC-2026-1"))
    }

    @Test("W24 What the media expose gets the highest attention, and its result is published after it closes")
    func publication() async throws {
        let bench = try RoutingBench(pack: "wholesale-feedback")
        try await bench.receive(Samples.complaint("货物质量问题被电视台曝光", flags: ["media"]).by("hotline"))
        _ = try await bench.desk.judge(Samples.number(1), JudgementOrder(verdict: .valid, reason: "属实"), by: "c")
        #expect(try await bench.record().severity == .major)
        #expect(try await bench.owed().contains("raising.public → management"))
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")))
        #expect(try await bench.owed().contains("publication → public"))
        let duty = try #require(try await bench.duties().first { $0.duty.kind == .publication })
        #expect(duty.duty.form == .published)
        _ = try await bench.desk.write(duty.id, subject: "处理结果公告", body: "已全部更换。")
        let published = try await bench.desk.fulfil(duty.id, way: "官网公告 2026-12", note: nil, by: "c")
        #expect(published.doneBy == "c")
        // A complaint that nobody exposed is nobody's business.
        try await bench.receive(Samples.complaint("质量问题").by("hotline"), about: Samples.number(2))
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")), about: Samples.number(2))
        #expect(try await bench.owed(by: Samples.number(2)) == [])
    }

    @Test("S05 An enquiry is owed its answer in time, and has it when somebody answers")
    func enquiry() async throws {
        let bench = try RoutingBench(pack: "sunshine-property")
        try await bench.receive(Samples.complaint("物业费怎么交", kind: .enquiry))
        #expect(try await bench.owed() == ["enquiries.within → call-centre"])
        _ = try await bench.desk.judge(
            Samples.number(1), JudgementOrder(verdict: .enquiry, reason: "可以在公众号缴纳"), by: "agent")
        #expect(try await bench.owed() == [])
        #expect(try await bench.said(ComplaintAnswered.self).map(\.answer) == ["可以在公众号缴纳"])
    }

    @Test(
        "S04 W05 An emergency is told to the team at once, and then takes its normal course",
        arguments: [
            ("sunshine-property", "家中水管爆裂，水漫金山，触电危险", ["safety", "injury"], "phone"),
            ("sunshine-property", "燃气泄漏，有人受伤，电视台记者在现场", ["injury", "media", "emergency"], "phone"),
            ("wholesale-feedback", "食品变质导致多人中毒住院", ["injury", "safety"], "hotline"),
        ])
    func emergency(pack: String, narrative: String, flags: [String], channel: String) async throws {
        let bench = try RoutingBench(pack: pack)
        try await bench.receive(Samples.complaint(narrative, flags: flags).by(channel))
        // Also where a person has to judge it first: danger does not wait.
        #expect(try await bench.said(EmergencyCalled.self).count == 1)
        if try await bench.state() == .awaitingJudgement {
            _ = try await bench.desk.judge(
                Samples.number(1), JudgementOrder(verdict: .valid, reason: "属实"), by: "c")
        }
        let called = try await bench.said(EmergencyCalled.self)
        #expect(called.map(\.department.text) == ["emergency-team"])
        #expect(called.first?.complaint.narrative == narrative)
        #expect(try await bench.owed().contains("emergency → emergency-team"))
        #expect(try await bench.said().contains("complaint.accepted"))
        let team = Samples.department("emergency-team")
        let attended = EmergencyAttended(department: team, report: "已到场关闭总阀", by: .staff("emergency-team.handler"))
        #expect(try await bench.hear(attended) == .handled)
        #expect(try await bench.hear(attended) == .duplicate)
        let duty = try #require(try await bench.duties().first { $0.duty.kind == .emergency })
        #expect(duty.note == "已到场关闭总阀")
        #expect(duty.doneBy == "emergency-team.handler")
    }

    @Test("S04 A complaint that is no emergency calls nobody")
    func noEmergency() async throws {
        let bench = try RoutingBench(pack: "sunshine-property")
        try await bench.receive(Samples.complaint("保洁不及时"))
        #expect(try await bench.said(EmergencyCalled.self).isEmpty)
    }
}
