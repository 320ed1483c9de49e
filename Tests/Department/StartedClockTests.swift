import Contracts
import Foundation
import GRDB
import Persistence
import TestSupport
import Testing

@testable import DepartmentService

/// Clocks that start after the case was given: for approval, for another solution, for carrying it out.
@Suite("Clocks that start later")
struct StartedClockTests {
    private static func at(_ minutes: Double) -> Date { Samples.now.addingTimeInterval(minutes * 60) }

    private static func clock(_ id: String, from minutes: Double, _ stops: String...) -> Deadline {
        Deadline(
            clock: id, title: LocalizedText(zhHans: id, en: id), startedAt: at(minutes), dueAt: at(minutes + 30),
            explanation: LocalizedText(zhHans: "30 分钟", en: "30 minutes"), stops: stops)
    }

    private static let approval = clock("approval", from: 10, "solution.approved", "solution.refused")
    private static let revision = clock("revision", from: 20, "solution.proposed", "case.cancelled")

    private func running(_ order: WorkOrder) -> [String] { OpenClocks.of(order).map(\.clock) }

    private func started(_ order: WorkOrder, _ deadline: Deadline, by event: String) throws -> Decision {
        try order.decide(
            .deadlineMoved(deadline, startedBy: event), by: .system("routing"), at: deadline.startedAt)
    }

    /// Drafted after ten minutes, a head has to approve.
    private func awaiting() throws -> WorkOrder {
        let order = try Samples().order(.investigated)
        return try Move.does(.draft(Samples.dearDraft)).applied(to: order, at: Self.at(10)).order
    }

    @Test(
        "M15 the time for approving runs here too, and ends when somebody approves or refuses",
        arguments: [true, false])
    func approval(_ isApproved: Bool) throws {
        let decision = try started(try awaiting(), Self.approval, by: "solution.drafted")
        #expect(decision.history.map(\.kind) == [.deadlineStarted])
        #expect(running(decision.order).contains("approval"))
        let vote = isApproved ? WorkCommand.approve(.head) : .refuse(reason: "过高", .head)
        let decided = try Move.heads(vote).applied(to: decision.order, at: Self.at(12)).order
        #expect(!running(decided).contains("approval"))
        #expect(try started(decided, Self.approval, by: "solution.drafted").isUnchanged, "heard twice")
    }

    @Test(
        "M15 what was refused in the instant in which it is drafted again does not stop the new time",
        arguments: [true, false])
    func withinOneMillisecond(_ isRefusedFirst: Bool) throws {
        var order = try awaiting()
        if isRefusedFirst {
            order = try Move.heads(.refuse(reason: "过高", .head)).applied(to: order, at: Self.at(12)).order
            order = try Move.does(.draft(Samples.dearDraft)).applied(to: order, at: Self.at(12)).order
        } else {
            order = try Move.heads(.refuse(reason: "过高", .head)).applied(to: order, at: Self.at(10)).order
        }
        let clock = Self.clock("approval", from: isRefusedFirst ? 12 : 10, "solution.approved", "solution.refused")
        let heard = try started(order, clock, by: "solution.drafted").order
        #expect(running(heard).contains("approval") == isRefusedFirst)
    }

    @Test("K12 the time for another solution runs from the customer's objection, whatever was proposed before")
    func revision() throws {
        let proposed = try Samples().order(.proposed)
        let declined = try proposed.decide(
            .declined(version: 1, objection: "太慢"), by: .customer, at: Self.at(21), saidAt: Self.at(20)
        ).order
        let order = try started(declined, Self.revision, by: "solution.declined").order
        #expect(running(order).contains("revision"))
        let again = try Move.does(.draft(Samples.draft)).applied(to: order, at: Self.at(25)).order
        #expect(!running(again).contains("revision"))
    }

    @Test("news of a start that comes after what stopped it leaves nothing running")
    func overtaken() throws {
        let approved = try Move.heads(.approve(.head)).applied(to: try awaiting(), at: Self.at(12)).order
        let order = try started(approved, Self.approval, by: "solution.drafted").order
        #expect(!running(order).contains("approval"))
    }

    @Test("the start may be heard of before the event that starts it") func earlier() throws {
        let progress = Self.clock("progress", from: 20, "case.progressed", "solution.proposed")
        let proposed = try Samples().order(.proposed)
        let order = try started(proposed, Self.revision, by: "solution.declined").order
        let declined = try order.decide(
            .declined(version: 1, objection: "太慢"), by: .customer, at: Self.at(21), saidAt: Self.at(20)
        ).order
        #expect(running(declined).contains("revision"))
        // What starts a clock over again does not stop the run that it starts.
        let reported = try Move.does(.report(note: "进展", expectedBy: nil)).applied(to: declined, at: Self.at(20)).order
        #expect(running(try started(reported, progress, by: "case.progressed").order).contains("progress"))
    }

    @Test("the next run takes the place of the one before") func nextRun() throws {
        let order = try started(try awaiting(), Self.approval, by: "solution.drafted").order
        let refused = try Move.heads(.refuse(reason: "过高", .head)).applied(to: order, at: Self.at(12)).order
        let again = try Move.does(.draft(Samples.dearDraft)).applied(to: refused, at: Self.at(15)).order
        let second = Self.clock("approval", from: 15, "solution.approved", "solution.refused")
        let next = try started(again, second, by: "solution.drafted").order
        #expect(next.assignment.deadlines.filter { $0.clock == "approval" } == [second])
        #expect(running(next).contains("approval"))
        // The first start, replayed, does not come back.
        #expect(try started(next, Self.approval, by: "solution.drafted").isUnchanged)
    }

    @Test("a clock of an assignment that another has replaced is none of the case's") func olderAssignment() throws {
        let order = try awaiting()
        let newer = try order.decide(
            .assigned(try Samples().assigned(2)), by: .customer, at: Self.at(30), saidAt: Self.at(30)
        ).order
        #expect(try started(newer, Self.approval, by: "solution.drafted").isUnchanged)
    }

    @Test("what stops a clock without the department's hearing of it is told") func unheard() throws {
        let waiting = Self.clock("telling", from: 10, "solution.presented", "solution.proposed")
        let order = try started(try awaiting(), waiting, by: "solution.drafted").order
        #expect(running(order).contains("telling"))
        let stopped = try order.decide(
            .deadlineMoved(waiting, stoppedBy: "solution.presented"), by: .system("routing"), at: Self.at(14))
        #expect(stopped.history.map(\.kind) == [.deadlineStopped])
        #expect(!running(stopped.order).contains("telling"))
    }

    @Test("an overdue clock that started later puts the case among the overdue, until it stops")
    func overdue() async throws {
        let test = try TestDesk()
        let department = test.department
        try await department.bring(to: .investigated)
        department.clock.advance(by: 600)
        _ = try await department.does(.draft(Samples.dearDraft))
        let message = DeadlineMoved(
            department: department.samples.quality, deadline: Self.approval, startedBy: "solution.drafted")
        #expect(try await department.hear(message) == [.handled])
        department.clock.advance(by: 3600)
        let store = DepartmentStore(department.database, clock: department.clock)
        #expect(try await store.overdueCount() == 1)
        try await test.serve { client in
            let zhao = try await client.named("zhao")
            let list = try await zhao.get("/departments/quality/api/cases?overdue=1").json["cases"] as? [[String: Any]]
            #expect(list?.count == 1)
            let deadlines = try await zhao.get(test.api()).json["deadlines"] as? [[String: Any]] ?? []
            #expect(deadlines.compactMap { $0["clock"] as? String }.first == "approval")
            for language in ["zh-Hans", "en"] {
                #expect(try await zhao.get("\(test.page())?lang=\(language)").status == 200)
            }
        }
        _ = try await department.does(.approve(.head), by: Samples.head)
        #expect(try await store.overdueCount() == 0)
    }

    @Test(
        "orders from before times, or their order, were kept know what has stopped their clocks",
        arguments: [
            "department 5: confidential cases, rectification notices",
            "department 6: clocks that start later, what customers ask for instead",
        ])
    func olderStores(_ form: String) throws {
        let database = try DatabaseQueue()
        var migrator = DatabaseMigrator()
        DepartmentMigrations.register(in: &migrator)
        try migrator.migrate(database, upTo: form)
        let assignment = String(
            decoding: try ContractJSON.encode(try Samples().assigned()), as: UTF8.self)
        let number = try Samples().number
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO workOrder (number, assignmentNumber, assignment, assignedAt, updatedAt, role, state,
                        isOpen, round, nextVersion, urgings, severity, isWaiting, dueAt)
                    VALUES (?, 1, ?, ?, ?, 'lead', 'investigating', TRUE, 1, 1, 0, 'important', FALSE, ?)
                    """,
                arguments: [number.text, assignment, Samples.now, Self.at(5), Samples.tomorrow])
            guard form.hasPrefix("department 6") else { return }
            let news = """
                {"happened": {"case.acknowledged": "\(RFC3339.text(Self.at(5)))"}, "startedBy": {}, "stopped": {}}
                """
            try db.execute(sql: "UPDATE workOrder SET clockNews = ?", arguments: [news])
        }
        try migrator.migrate(database)
        let order = try #require(try database.read { try WorkOrders.find(number, in: $0) })
        #expect(running(order) == ["solution", "completion"])
    }

    // MARK: Raised because of a clock

    private func escalated(_ order: WorkOrder, _ clock: String?) throws -> WorkOrder {
        try order.decide(
            .escalated(level: "总经办", reason: "「签收」到期而未完成", clock: clock), by: .customer, at: Self.at(90)
        ).order
    }

    @Test("K08 what was raised because of a clock is a matter of the past once that clock has stopped")
    func escalationEnds() throws {
        let order = try escalated(try Samples().order(.assigned), "sign-off")
        #expect(order.escalation == "总经办")
        let signed = try Move.does(.acknowledge).applied(to: order, at: Self.at(95)).order
        #expect(signed.escalation == nil)
        // It was stopped while the word of it was on the wire.
        let late = try escalated(try Samples().order(.investigating), "sign-off")
        #expect(late.escalation == nil)
    }

    @Test("what was raised for another reason, or because of a clock that runs, stands") func escalationStands() throws
    {
        let other = try escalated(try Samples().order(.assigned), nil)
        #expect(try Move.does(.acknowledge).applied(to: other, at: Self.at(95)).order.escalation == "总经办")
        let solution = try escalated(try Samples().order(.assigned), "solution")
        #expect(try Move.does(.acknowledge).applied(to: solution, at: Self.at(95)).order.escalation == "总经办")
    }

    @Test("the banner leaves the page, and the history keeps it") func escalationOnThePage() async throws {
        let test = try TestDesk()
        try await test.department.bring(to: .assigned)
        let samples = test.department.samples
        let raised = WorkNotice.escalated(level: "总经办", reason: "「签收」到期而未完成", clock: "sign-off")
        #expect(try await test.department.hear(samples.event(raised)) == [.handled])
        try await test.serve { client in
            let wang = try await client.named("wang")
            #expect(try await wang.get("\(test.page())?lang=zh-Hans").text.contains("已升级至 总经办"))
            _ = try await test.department.does(.acknowledge)
            let page = try await wang.get("\(test.page())?lang=zh-Hans").text
            #expect(!page.contains("已升级至 总经办"))
            #expect(page.contains("「签收」到期而未完成"))
        }
    }
}
