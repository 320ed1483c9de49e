import Contracts
import Foundation
import Messaging
import Persistence
import Procedure
import TestSupport
import Testing

@testable import RoutingService

@Suite("Routing's handling of messages")
struct RoutingHandlerTests {
    let bench: RoutingBench
    let quality = Samples.department("product-quality")

    init() throws {
        bench = try RoutingBench()
    }

    private func bringToCallback() async throws {
        try await bringToProposal()
        try await bench.hear(SolutionAccepted(department: quality, version: 1, by: .customer))
        try await bench.hear(
            SolutionImplemented(
                department: quality, version: 1, outcome: "已换", completedAt: bench.clock.now(), by: .staff("li.na")))
    }

    private func bringToProposal() async throws {
        try await bench.receive()
        try await bench.hear(CaseAcknowledged(department: quality, assignment: 1, by: .staff("li.na")))
        try await bench.hear(
            SolutionProposed(
                department: quality, departmentTitle: LocalizedText(zhHans: "质", en: "Q"),
                solution: Samples.solution(1)))
    }

    @Test("A complete complaint is judged, graded and assigned by the pack, and says why")
    func automatic() async throws {
        #expect(try await bench.receive() == .handled)
        #expect(try await bench.state() == .awaitingAcknowledgement)
        #expect(try await bench.said() == ["complaint.accepted", "case.assigned"])
        let assigned = try #require(try await bench.said(CaseAssigned.self).first)
        #expect(assigned.department == quality)
        #expect(assigned.owner == "product-quality.handler")
        #expect(assigned.severity == .general)
        #expect(assigned.policy == bench.pack.stamp)
        #expect(Set(assigned.deadlines.map(\.clock)) == ["first-feedback", "sign-off", "solution"])
        #expect(assigned.explanations.contains { $0.rule == "grading.ordinary" })
        #expect(assigned.explanations.contains { $0.rule == "judgement.complete-record" })
        #expect(assigned.explanations.contains { $0.rule == "categories.product-quality" })
        #expect(assigned.nextSolutionVersion == 1)
        #expect(try await bench.ledger() == ["registered": 1, "open": 1])
    }

    @Test("A major complaint goes to the lead and to each department that assists")
    func group() async throws {
        try await bench.receive(Samples.complaint(amount: "20000"))
        let assigned = try await bench.said(CaseAssigned.self)
        #expect(assigned.map(\.department.text) == ["product-quality", "customer-service", "finance"])
        #expect(assigned.map(\.role) == [.lead, .assisting, .assisting])
        #expect(assigned.allSatisfy { $0.lead == quality && $0.assignment == 1 })
        #expect(assigned[0].authority.approvalRequired)
    }

    @Test(
        "What the pack does not decide waits at the desk with the reason",
        arguments: [
            (Samples.complaint("老婆收到后对我说以后别买了"), StateName.awaitingAssignment),
            (Samples.complaint("差差差"), .awaitingJudgement),
            (Samples.complaint(flags: ["media"]), .awaitingJudgement),
            (Samples.complaint(flags: ["injury"]), .awaitingAssignment),
            (Samples.complaint(kind: .enquiry), .awaitingAnswer),
            (Samples.complaint(kind: .suggestion), .awaitingAnswer),
            (Samples.complaint(kind: .warning), .awaitingAcknowledgement),
        ])
    func waiting(complaint: Complaint, state: StateName) async throws {
        try await bench.receive(complaint)
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.record.state == state)
        #expect(dossier.record.complaint == complaint)
        if complaint.kind == .complaint { #expect(!dossier.record.explanations.isEmpty) }
    }

    @Test("What was settled at first contact is registered, and closed by Callback")
    func settled() async throws {
        try await bench.hear(
            ComplaintReceived(complaint: Samples.complaint(), trackingCodeHash: "00", settledOutcome: "当场换货"))
        #expect(try await bench.state() == .settled)
        #expect(try await bench.said().isEmpty)
        let clocks = try #require(try await bench.store.dossier(Samples.number(1))).clocks
        #expect(clocks.isEmpty)
        try await bench.hear(ComplaintClosed(outcome: .settledAtFirstContact, by: .system("callback")))
        #expect(try await bench.state() == .closed)
        #expect(try await bench.ledger() == ["registered": 1, "open": 0])
    }

    @Test("A message that comes twice, and a complaint that is replayed under another id, change nothing")
    func duplicates() async throws {
        let id = UUID()
        let received = ComplaintReceived(complaint: Samples.complaint(), trackingCodeHash: "00")
        #expect(try await bench.hear(received, id: id) == .handled)
        #expect(try await bench.hear(received, id: id) == .duplicate)
        #expect(try await bench.hear(received) == .duplicate)
        #expect(try await bench.said() == ["complaint.accepted", "case.assigned"])
        #expect(try await bench.ledger() == ["registered": 1, "open": 1])
    }

    @Test("What comes before its complaint is tried again, and handled when the complaint has come")
    func beforeItsComplaint() async throws {
        let id = UUID()
        let withdrawn = ComplaintWithdrawn(by: .customer)
        guard case .retry(let reason) = try await bench.hear(withdrawn, id: id) else {
            Issue.record("not retried")
            return
        }
        #expect(reason.kind == .unknownComplaint)
        try await bench.receive()
        #expect(try await bench.hear(withdrawn, id: id) == .handled)
        #expect(try await bench.state() == .withdrawn)
    }

    @Test("An answer that overtakes its proposal is tried again")
    func premature() async throws {
        try await bench.receive()
        let id = UUID()
        let accepted = SolutionAccepted(department: quality, version: 1, by: .customer)
        guard case .retry(let reason) = try await bench.hear(accepted, id: id) else {
            Issue.record("not retried")
            return
        }
        #expect(reason.kind == .premature)
        try await bench.hear(
            SolutionProposed(
                department: quality, departmentTitle: LocalizedText(zhHans: "质", en: "Q"),
                solution: Samples.solution(1)))
        #expect(try await bench.hear(accepted, id: id) == .handled)
        #expect(try await bench.state() == .implementing)
    }

    @Test("From assignment to closing, every clock stops and custody passes on")
    func wholeLife() async throws {
        try await bringToCallback()
        #expect(try await bench.state() == .callback)
        try await bench.hear(CallbackCompleted(solved: true, satisfaction: 5, by: .staff("caller")))
        try await bench.hear(
            ComplaintClosed(department: quality, outcome: .satisfied, satisfaction: 5, by: .system("callback")))
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.record.state == .closed)
        #expect(dossier.clocks.allSatisfy { $0.stoppedAt != nil })
        #expect(
            Set(dossier.clocks.map(\.deadline.clock)).isSuperset(of: [
                "judgement", "assignment", "first-feedback", "sign-off", "solution", "answer", "implementation",
                "callback",
            ]))
        #expect(
            dossier.custody.map(\.holder) == ["desk", "product-quality", "customer", "product-quality", "callback"])
        #expect(dossier.custody.allSatisfy { $0.until != nil })
        #expect(dossier.record.nextDueAt == .distantDue)
        #expect(try await bench.ledger() == ["registered": 1, "open": 0])
    }

    @Test("W12 K15 a rework too many goes up a level") func raisedRework() async throws {
        try await bringToCallback()
        let because = Explanation(
            rule: "rework.raiseAfter", text: LocalizedText(zhHans: "多次返工仍不满意", en: "still dissatisfied"))
        let order = ReworkOrdered(
            department: quality, round: 2, reason: "又坏了", target: "head", isRaised: true, because: because,
            by: .system("callback"))
        try await bench.hear(order)
        let raised = try await bench.said(CaseEscalated.self)
        #expect(raised.map(\.department) == [quality] && raised.map(\.reason) == ["多次返工仍不满意"])
    }

    @Test("K12 M17 what is ruled moves the complaint and its clocks on as the customer's own answer would")
    func ruled() async throws {
        try await bringToProposal()
        let because = Explanation(rule: "consent.rounds", text: LocalizedText(zhHans: "裁定", en: "ruling"))
        let ruled = SolutionRuled(
            department: quality, version: 1, verdict: .carryOut, reason: "方案合理", by: .staff("sun"))
        // The ruling overtakes the word that one was due.
        try await bench.hear(ruled)
        try await bench.hear(
            SolutionDisputed(
                department: quality, version: 1, objection: "太少", because: because, by: .customer))
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.record.state == .implementing)
        #expect(dossier.clocks.contains { $0.deadline.clock == "implementation" && $0.stoppedAt == nil })
        #expect(!dossier.clocks.contains { $0.deadline.clock == "answer" && $0.stoppedAt == nil })
    }

    @Test("A rework starts its clock; the next assignment goes on with the next solution version")
    func rework() async throws {
        try await bringToCallback()
        try await bench.hear(ReworkOrdered(department: quality, round: 2, reason: "又坏了", by: .system("callback")))
        var dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.record.state == .investigating)
        #expect(dossier.record.file.round == 2)
        #expect(dossier.clocks.contains { $0.deadline.clock == "rework" && $0.stoppedAt == nil })
        _ = try await bench.desk.assign(
            Samples.number(1), AssignmentOrder(department: Samples.department("customer-service"), reason: "换部门"),
            by: "coordinator", isSupervisor: false)
        let assigned = try #require(try await bench.said(CaseAssigned.self).last)
        // Versions that the first department may have drafted meanwhile are left out.
        #expect(assigned.nextSolutionVersion == 2 + Assigning.versionsOnTheWire)
        // People do not notice.
        #expect(assigned.nextSolutionNumber == 2)
        #expect(assigned.round == 2)
        #expect(assigned.assignment == 2)
        #expect(
            try await bench.said(CaseCancelled.self) == [
                CaseCancelled(department: quality, assignment: 1, reason: .reassigned)
            ])
        dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(!dossier.clocks.contains { $0.deadline.clock == "rework" && $0.stoppedAt == nil })
    }

    @Test("Returned twice, only a supervisor may assign, and that is a ruling")
    func ruling() async throws {
        try await bench.receive()
        try await bench.hear(CaseReturned(department: quality, assignment: 1, reason: "不属本部门", by: .staff("li.na")))
        #expect(try await bench.state() == .awaitingAssignment)
        let logistics = AssignmentOrder(department: Samples.department("logistics"), reason: "包装问题")
        _ = try await bench.desk.assign(Samples.number(1), logistics, by: "coordinator", isSupervisor: false)
        try await bench.hear(
            CaseReturned(department: logistics.department, assignment: 2, reason: "也不是", by: .staff("wu")))
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.assign(Samples.number(1), logistics, by: "coordinator", isSupervisor: false)
        }
        _ = try await bench.desk.assign(Samples.number(1), logistics, by: "supervisor", isSupervisor: true)
        let assigned = try #require(try await bench.said(CaseAssigned.self).last)
        #expect(assigned.isRuling)
        guard
            case .park(let reason) = try await bench.hear(
                CaseReturned(department: logistics.department, assignment: 3, reason: "还是不是", by: .staff("wu")))
        else {
            Issue.record("a ruling was returned")
            return
        }
        #expect(reason.kind == .rejected)
        #expect(try await bench.state() == .awaitingAcknowledgement)
    }

    @Test("An invalid complaint is explained, disputed, and judged again by a person")
    func disputed() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        _ = try await bench.desk.judge(
            Samples.number(1), JudgementOrder(verdict: .invalid, reason: "未说明事由"), by: "coordinator")
        #expect(try await bench.said(ComplaintRejected.self).map(\.round) == [1])
        try await bench.hear(ExplanationDisputed(round: 1, comment: "不服", by: .customer))
        #expect(try await bench.state() == .awaitingJudgement)
        let again = try await bench.desk.judge(
            Samples.number(1), JudgementOrder(verdict: .valid, reason: "补充后有效"), by: "coordinator")
        #expect(again.state == .awaitingAssignment)
        #expect(try await bench.said(ComplaintAccepted.self).map(\.round) == [2])
    }

    @Test("Withdrawing takes the case from everybody who holds it, once")
    func withdrawn() async throws {
        try await bench.receive(Samples.complaint(amount: "20000"))
        try await bench.hear(ComplaintWithdrawn(reason: "已解决", by: .customer))
        try await bench.hear(ComplaintWithdrawn(reason: "已解决", by: .customer))
        let cancelled = try await bench.said(CaseCancelled.self)
        #expect(cancelled.map(\.department.text) == ["product-quality", "customer-service", "finance"])
        #expect(cancelled.allSatisfy { $0.reason == .withdrawn })
        #expect(try await bench.ledger() == ["registered": 1, "open": 0, "withdrawn": 1])
        // What a department said in the meantime is recorded, and harmless.
        #expect(
            try await bench.hear(CaseAcknowledged(department: quality, assignment: 1, by: .staff("li.na"))) == .handled)
        #expect(try await bench.state() == .withdrawn)
    }

    @Test("Callback's closing stands, also when the withdrawal was heard first: the sum stays right")
    func closedWins() async throws {
        try await bench.receive()
        try await bench.hear(ComplaintWithdrawn(by: .customer))
        try await bench.hear(ComplaintClosed(outcome: .satisfied, by: .system("callback")))
        #expect(try await bench.state() == .closed)
        #expect(try await bench.ledger() == ["registered": 1, "open": 0, "withdrawn": 0])
    }

    @Test("Waiting for the customer moves the deadlines of clocks that pause, and no others")
    func pause() async throws {
        try await bench.receive()
        let before = try #require(try await bench.store.dossier(Samples.number(1))).clocks
        try await bench.hear(
            InformationRequested(department: quality, request: 1, question: "发票?", by: .staff("li.na")))
        #expect(try await bench.store.dossier(Samples.number(1))?.waitingSince == bench.clock.now())
        // Friday 10:00 to Monday 10:00: Friday ends while the clock stands still, so the limit moves by a working day.
        bench.clock.advance(by: 3 * 86400)
        try await bench.hear(InformationProvided(department: quality, request: 1, answer: "有", by: .customer))
        let dossier = try #require(try await bench.store.dossier(Samples.number(1)))
        #expect(dossier.waitingSince == nil)
        func due(_ clocks: [ClockRecord], _ clock: String) -> Date? {
            clocks.first { $0.deadline.clock == clock }?.deadline.dueAt
        }
        #expect(due(dossier.clocks, "sign-off") == due(before, "sign-off"))
        #expect(due(dossier.clocks, "solution") == due(before, "solution"))
        try await bench.hear(
            InformationRequested(department: quality, request: 2, question: "照片?", by: .staff("li.na")))
        bench.clock.advance(by: 86400)
        try await bench.hear(InformationProvided(department: quality, request: 2, answer: "有", by: .customer))
        let after = try #require(try await bench.store.dossier(Samples.number(1)))
        let moved = try #require(due(after.clocks, "solution"))
        #expect(moved.timeIntervalSince(try #require(due(before, "solution"))) == 86400)
        #expect(
            after.clocks.first { $0.deadline.clock == "solution" }?.deadline.explanation.zhHans.contains("暂停") == true)
    }

    @Test("What is added later reaches the department that is assigned next")
    func supplemented() async throws {
        try await bench.receive(Samples.complaint("差差差"))
        try await bench.hear(ComplaintSupplemented(narrative: "屏幕也碎了", by: .customer))
        #expect(try await bench.store.dossier(Samples.number(1))?.record.complaint.narrative == "差差差\n\n屏幕也碎了")
    }

    @Test("Merging names the survivor and takes the case away; nothing merges into itself, the unknown or the ended")
    func merging() async throws {
        try await bench.receive()
        try await bench.receive(about: Samples.number(2))
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.merge(Samples.number(1), into: Samples.number(1), reason: "重复", by: "c")
        }
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.merge(Samples.number(1), into: Samples.number(9), reason: "重复", by: "c")
        }
        _ = try await bench.desk.merge(Samples.number(1), into: Samples.number(2), reason: "重复", by: "c")
        #expect(try await bench.said(ComplaintMerged.self).map(\.into) == [Samples.number(2)])
        #expect(try await bench.said(CaseCancelled.self).map(\.reason) == [.merged])
        #expect(try await bench.ledger() == ["registered": 2, "open": 1, "merged": 1])
        await #expect(throws: DeskRefusal.self) {
            try await bench.desk.merge(Samples.number(2), into: Samples.number(1), reason: "重复", by: "c")
        }
    }

    @Test("Urging names the clock that is due first")
    func urging() async throws {
        try await bench.receive()
        _ = try await bench.desk.urge(Samples.number(1), comment: "请尽快", by: "supervisor")
        let urged = try #require(try await bench.said(CaseUrged.self).first)
        #expect(urged.department == quality)
        #expect(urged.clock == "sign-off")
    }

    @Test("Lists page through every complaint once, in every order, and tallies agree")
    func paging() async throws {
        for counter in 1...25 {
            let narrative = counter.isMultiple(of: 2) ? "收到的手机第二天就黑屏了" : "差差差"
            try await bench.receive(Samples.complaint(narrative, at: bench.clock.now()), about: Samples.number(counter))
            if counter.isMultiple(of: 3) { bench.clock.advance(by: 60) }
        }
        for order in ComplaintFilter.Order.allCases {
            for states in [[], StateName.desk, [.awaitingAcknowledgement]] {
                var seen: [TicketNumber] = []
                var cursor: ListCursor?
                repeat {
                    let page = try await bench.store.page(
                        ComplaintFilter(states: states, order: order), after: cursor, limit: 4)
                    seen += page.records.map(\.number)
                    cursor = page.next.flatMap { ListCursor($0.text) }
                } while cursor != nil
                #expect(seen.count == (states.isEmpty ? 25 : states == StateName.desk ? 13 : 12))
                #expect(Set(seen).count == seen.count)
                if order == .oldest { #expect(seen == seen.sorted()) }
                if order == .newest { #expect(seen == seen.sorted().reversed()) }
            }
        }
        #expect(try await bench.store.tallies() == [.awaitingAcknowledgement: 12, .awaitingJudgement: 13])
    }

    @Test("What is due first comes first; of what is due at once, or not at all, the more urgent, and then the graver")
    func pressing() async throws {
        let now = bench.clock.now()
        let rows: [(due: TimeInterval?, urgency: Urgency?, severity: Severity?)] = [
            (nil, nil, nil), (nil, .urgent, .general), (3600, .normal, .major), (3600, .emergency, .general),
            (-60, .normal, .general), (3600, .normal, .general), (nil, .urgent, .important), (3600, .urgent, .general),
        ]
        try await bench.store.database.write { unit in
            for (index, row) in rows.enumerated() {
                var record = ComplaintRecord(
                    number: Samples.number(index + 1), file: CaseFile(state: .awaitingJudgement(round: 1)),
                    complaint: Samples.complaint(at: now), holder: "desk", holderSince: now)
                record.nextDueAt = row.due.map { now.addingTimeInterval($0) } ?? .distantDue
                (record.urgency, record.severity) = (row.urgency, row.severity)
                try ComplaintTable.insert(record, in: unit.db)
            }
        }
        var seen: [TicketNumber] = []
        var cursor: ListCursor?
        repeat {
            let page = try await bench.store.page(
                ComplaintFilter(states: StateName.desk, order: .due), after: cursor, limit: 3)
            seen += page.records.map(\.number)
            cursor = page.next.flatMap { ListCursor($0.text) }
        } while cursor != nil
        #expect(seen == [5, 4, 8, 3, 6, 7, 2, 1].map(Samples.number))
    }

    @Test(
        "Every list is read along an index, however many complaints there are",
        arguments: [[], StateName.desk, [.investigating]], ComplaintFilter.Order.allCases)
    func plans(states: [StateName], order: ComplaintFilter.Order) async throws {
        let cursor = ListCursor(at: bench.clock.now(), number: Samples.number(1))
        for department in [nil, quality] {
            let filter = ComplaintFilter(states: states, department: department, order: order)
            let plan = try await bench.store.database.read { db in
                let query = ComplaintTable.query(filter, after: cursor, limit: 50)
                return try StoreProbe.plan(query.sql, query.arguments, in: db)
            }
            let reads = plan.filter { $0.contains(" complaint") }
            #expect(!reads.isEmpty)
            #expect(reads.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("USING INDEX") }, "\(plan)")
        }
    }
}
