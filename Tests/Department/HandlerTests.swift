import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import TestSupport
import Testing

@testable import DepartmentService

/// A department's store with its handlers, and no broker.
struct TestDepartment {
    let folder: TemporaryFolder
    let clock = ManualClock(Samples.now)
    let database: ServiceDatabase
    let handler: TransactionalHandler
    let samples: Samples

    init() throws {
        folder = try TemporaryFolder()
        samples = try Samples()
        database = try ServiceDatabase(
            path: folder.path("department-quality.sqlite"), source: "redress/department/quality", clock: clock
        ) { DepartmentMigrations.register(in: &$0) }
        handler = TransactionalHandler(
            database, DepartmentSubscriptions.all(for: samples.quality), logger: Logger(label: "test"))
    }

    func hear(_ events: any Event...) async throws -> [Outcome] {
        try await handler.handle(
            try events.map { try TestMessages.wire($0, about: samples.number, at: clock.now()) })
    }

    func order() async throws -> WorkOrder? {
        let number = samples.number
        return try await database.read { try WorkOrders.find(number, in: $0) }
    }

    /// The types of what waits to be sent, in order.
    func said() async throws -> [String] {
        try await database.read { try String.fetchAll($0, sql: "SELECT routingKey FROM outbox ORDER BY id") }
    }

    func counts() async throws -> [String: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT state, count FROM workCount WHERE count > 0")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["state"], $0["count"]) })
        }
    }

    func does(_ command: WorkCommand, by actor: Actor = Samples.handler) async throws -> Decision {
        let number = samples.number
        return try await database.write { unit in
            let order = try #require(try WorkOrders.find(number, in: unit.db))
            let decision = try order.decide(command, by: actor, at: unit.now)
            try WorkOrders.apply(decision, in: unit)
            return decision
        }
    }
}

@Suite struct HandlerTests {
    @Test func aCaseIsKeptAsItWasGiven() async throws {
        let test = try TestDepartment()
        let assigned = test.samples.assigned(assisting: [test.samples.logistics])
        #expect(try await test.hear(assigned) == [.handled])
        let order = try #require(try await test.order())
        #expect(order == WorkOrder.opened(test.samples.number, assigned, at: Samples.now).order)
        #expect(try await test.counts() == ["assigned": 1])
    }

    /// The whole life, read back from the store after each step: what is stored is what was decided.
    @Test func everyStepSurvivesTheStore() async throws {
        let test = try TestDepartment()
        _ = try await test.hear(test.samples.assigned())
        for move in CommandTableTests.life {
            let expected: WorkOrder
            switch move {
            case .does(let command): expected = try await test.does(command).order
            case .heads(let command): expected = try await test.does(command, by: Samples.head).order
            case .hears(let notice):
                let before = try #require(try await test.order())
                expected = try before.decide(notice, by: .customer, at: Samples.now).order
                #expect(try await test.hear(test.samples.event(notice)) == [.handled])
            }
            #expect(try await test.order() == expected)
        }
        #expect(
            try await test.said() == [
                "case.acknowledged.quality", "case.investigated.quality", "solution.drafted.quality",
                "solution.refused.quality", "solution.proposed.quality", "solution.drafted.quality",
                "solution.approved.quality", "solution.proposed.quality", "case.progressed.quality",
                "information.requested.quality", "solution.completed.quality", "solution.implemented.quality",
                "case.investigated.quality",
            ])
        #expect(try await test.counts() == ["investigated": 1])
    }

    @Test func theSameMessageTwiceHasOneEffect() async throws {
        let test = try TestDepartment()
        let message = try TestMessages.wire(test.samples.assigned(), about: test.samples.number)
        #expect(try await test.handler.handle([message, message]) == [.handled, .duplicate])
        #expect(try await test.handler.handle([message]) == [.duplicate])
        let history = try await test.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM history") }
        #expect(history == 1)
    }

    /// What comes before its case is tried again, and finds its case then: both orders end alike.
    @Test func anUrgingBeforeItsCaseIsRetried() async throws {
        let test = try TestDepartment()
        let urged = CaseUrged(department: test.samples.quality, clock: "sign-off", comment: "请签收", by: .staff("gu"))
        let message = try TestMessages.wire(urged, about: test.samples.number)
        guard case .retry(let reason) = try await test.handler.handle([message]).first else {
            Issue.record("an unknown complaint must be retried")
            return
        }
        #expect(reason.kind == .unknownComplaint)
        #expect(try await test.hear(test.samples.assigned()) == [.handled])
        #expect(try await test.handler.handle([message]) == [.handled])
        #expect(try await test.order()?.urgings == 1)
    }

    @Test(arguments: [false, true]) func cancellationAndNewAssignmentInBothOrders(_ newestFirst: Bool) async throws {
        let test = try TestDepartment()
        _ = try await test.hear(test.samples.assigned(1))
        let cancelled = CaseCancelled(department: test.samples.quality, assignment: 1, reason: .reassigned)
        let again = test.samples.assigned(2)
        let outcomes = newestFirst ? try await test.hear(again, cancelled) : try await test.hear(cancelled, again)
        #expect(outcomes == (newestFirst ? [.handled, .duplicate] : [.handled, .handled]))
        let order = try #require(try await test.order())
        #expect(order.state == .assigned)
        #expect(order.assignment.assignment == 2)
    }

    @Test func anAnswerToAnOldVersionIsHarmless() async throws {
        let test = try TestDepartment()
        _ = try await test.hear(test.samples.assigned())
        for command in [WorkCommand.acknowledge, .investigate(Samples.findings), .draft(Samples.draft)] {
            _ = try await test.does(command)
        }
        let declined = SolutionDeclined(
            department: test.samples.quality, version: 1, objection: "太慢", by: .customer)
        #expect(try await test.hear(declined) == [.handled])
        _ = try await test.does(.draft(Samples.draft))
        let late = SolutionAccepted(department: test.samples.quality, version: 1, by: .customer)
        #expect(try await test.hear(late) == [.duplicate])
        #expect(try await test.order()?.state == .proposed)
    }

    @Test func aMessageAboutNoComplaintIsParked() async throws {
        let test = try TestDepartment()
        let message = try TestMessages.wire(test.samples.assigned(), about: nil)
        guard case .park(let reason) = try await test.handler.handle([message]).first else {
            Issue.record("a message about nothing must be parked")
            return
        }
        #expect(reason.kind == .malformed)
    }

    @Test(arguments: [(0, 1, 1), (1, Int.max, 1), (1, 1, Int.max), (-5, 1, 1)])
    func countsThatAreNoneAreParked(_ assignment: Int, _ version: Int, _ round: Int) async throws {
        let test = try TestDepartment()
        let assigned = test.samples.assigned(assignment, nextVersion: version, round: round)
        guard case .park(let reason) = try await test.hear(assigned).first else {
            Issue.record("such a count must be parked")
            return
        }
        #expect(reason.kind == .schema)
        #expect(try await test.order() == nil)
    }

    @Test func whatIsForAnotherDepartmentIsParked() async throws {
        let test = try TestDepartment()
        var assigned = test.samples.assigned()
        assigned.department = test.samples.logistics
        guard case .park(let reason) = try await test.hear(assigned).first else {
            Issue.record("another department's case must be parked")
            return
        }
        #expect(reason.kind == .rejected)
    }

    @Test func aHistoryCannotBeChanged() async throws {
        let test = try TestDepartment()
        _ = try await test.hear(test.samples.assigned())
        await #expect(throws: DatabaseError.self) {
            try await test.database.write { try $0.db.execute(sql: "UPDATE history SET text = 'x'") }
        }
        await #expect(throws: DatabaseError.self) {
            try await test.database.write { try $0.db.execute(sql: "DELETE FROM history") }
        }
    }
}

extension Samples {
    /// The message that says a notice.
    func event(_ notice: WorkNotice) -> any Event {
        switch notice {
        case .answered(let request, let answer):
            InformationProvided(department: quality, request: request, answer: answer, by: .customer)
        case .accepted(let version, let comment):
            SolutionAccepted(department: quality, version: version, comment: comment, by: .customer)
        case .declined(let version, let objection, let request):
            SolutionDeclined(
                department: quality, version: version, objection: objection, request: request, by: .customer)
        case .disputed(let version, let objection, let request):
            SolutionDisputed(
                department: quality, version: version, objection: objection, request: request,
                because: Explanation(rule: "consent.rounds", text: LocalizedText(zhHans: "裁定", en: "ruling")),
                by: .customer)
        case .ruled(let version, let verdict, let reason):
            SolutionRuled(department: quality, version: version, verdict: verdict, reason: reason, by: .customer)
        case .reworkOrdered(let round, let reason):
            ReworkOrdered(department: quality, round: round, reason: reason, by: .customer)
        case .closed(let outcome, let satisfaction):
            ComplaintClosed(department: quality, outcome: outcome, satisfaction: satisfaction, by: .customer)
        case .assigned(let assigned): assigned
        case .cancelled(let assignment, let reason):
            CaseCancelled(department: quality, assignment: assignment, reason: reason)
        case .urged(let clock, let comment, let text):
            CaseUrged(department: quality, clock: clock, comment: comment, text: text, by: .customer)
        case .escalated(let level, let reason, let clock, let title, let text):
            CaseEscalated(
                department: quality, level: level, levelTitle: title, reason: reason, text: text, clock: clock,
                by: .customer)
        case .deadlineMoved(let deadline, let startedBy, let stoppedBy):
            DeadlineMoved(department: quality, deadline: deadline, startedBy: startedBy, stoppedBy: stoppedBy)
        case .consulted(let question):
            OpinionRequested(department: quality, lead: logistics, question: question, by: .customer)
        case .joined(let department, let person):
            CaseJoined(department: department, lead: quality, by: .staff(person))
        case .advised(let department, let opinion):
            OpinionGiven(department: department, lead: quality, opinion: opinion, by: .customer)
        }
    }
}
