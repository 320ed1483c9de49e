import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import TestSupport
import Testing

@testable import ReportingService

@Suite("Reporting's store")
struct StoreTests {
    private let folder: TemporaryFolder
    private let store: ReportingStore
    private let clock = ManualClock()

    init() throws {
        folder = try TemporaryFolder()
        store = try ReportingStore.temporary(folder, clock: clock)
    }

    private var handler: TransactionalHandler {
        TransactionalHandler(store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
    }

    @Test func listensToEverything() {
        #expect(Set(ReportingSubscriptions.all(store).map(\.type)) == Set(MessageCatalogue.all.map { $0.type }))
    }

    @Test(arguments: 0..<5)
    func anyOrderAfterTheAcceptanceGivesTheSameRow(seed: Int) async throws {
        let course = try SampleCourse.eventful(1)
        let messages = try course.wire()
        var generator = SplitMix(state: UInt64(seed))
        let order = [messages[0]] + messages.dropFirst().shuffled(using: &generator)
        let outcomes = try await handler.handle(order)
        #expect(outcomes.allSatisfy { $0 == .handled })
        let details = try #require(try await store.details(of: course.number))
        var expected = try #require(
            TicketSummary.fold(try course.recorded(), number: course.number))
        expected.clocks.sort { ($0.startedAt, $0.clock) < ($1.startedAt, $1.clock) }
        #expect(details.summary == expected)
        #expect(details.record == TicketRecord.fold(try course.recorded()))
        #expect(details.course.count == messages.count)
    }

    @Test func aRepeatedMessageChangesNothing() async throws {
        let course = try SampleCourse.eventful(2)
        let messages = try course.wire()
        _ = try await handler.handle(messages)
        let before = try #require(try await store.details(of: course.number)).summary
        let again = try await handler.handle(messages)
        #expect(again.allSatisfy { $0 == .duplicate })
        // Also when the inbox has forgotten it: the archive of events has not.
        try await store.database.write { unit in try unit.db.execute(sql: "DELETE FROM inbox") }
        let forgotten = try await handler.handle(messages)
        #expect(forgotten.allSatisfy { $0 == .duplicate })
        #expect(try await store.details(of: course.number)?.summary == before)
        #expect(before.returns == 1)
    }

    @Test func anEventOfAnUnknownComplaintIsRetriedAndLeavesNothing() async throws {
        let course = try SampleCourse.eventful(3)
        let messages = try course.wire()
        let early = try await handler.handle([messages[1]])
        guard case .retry(let reason) = early[0] else {
            Issue.record("expected a retry, not \(early[0])")
            return
        }
        #expect(reason.kind == .unknownComplaint)
        #expect(try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") } == 0)
        #expect(try await handler.handle([messages[0], messages[1]]) == [.handled, .handled])
    }

    @Test func anEventThatNamesNoComplaintIsParked() async throws {
        let message = try TestMessages.wire(ComplaintChased(by: .customer), about: nil)
        guard case .park(let reason) = try await handler.handle([message])[0] else {
            Issue.record("expected it to be parked")
            return
        }
        #expect(reason.kind == .malformed)
    }

    @Test func countsOfServicesAreTakenOffTheQueue() async throws {
        let message = try TestMessages.wire(LedgerCounted(ledger: "open", instance: "a", entries: []), about: nil)
        #expect(try await handler.handle([message]) == [.handled])
    }

    @Test func versionsOfThePackAreTakenOffTheQueue() async throws {
        let event = PolicyAdopted(policy: Sample.policy, yaml: "id: x")
        #expect(try await handler.handle([TestMessages.wire(event, about: nil)]) == [.handled])
    }

    @Test(arguments: [
        ("退款", true), ("苹果", true), ("款", true), ("苹", true), ("要退款", true), ("水果 退款", true), ("apple", false),
        ("果款", false), ("C20261121-01-000004", true), ("C20261121-01-000099", false), ("\"退款\" OR *", false),
        ("补送", true),
    ])
    func textIsFoundInChinese(query: String, isFound: Bool) async throws {
        _ = try await handler.handle(Array(try SampleCourse.eventful(4).wire().prefix(1)))
        let page = try await store.tickets(TicketFilter(text: query))
        #expect(page.tickets.count == (isFound ? 1 : 0))
    }

    @Test func whoMayNotSeeThePersonCannotSearchForThem() async throws {
        _ = try await handler.handle(Array(try SampleCourse.eventful(5).wire().prefix(1)))
        for query in ["JD20261120001", "xiaoming@example.com", "海淀"] {
            #expect(try await store.tickets(TicketFilter(text: query)).tickets.isEmpty)
            #expect(try await store.tickets(TicketFilter(text: query, searchesPersons: true)).tickets.count == 1)
        }
    }

    @Test func whatTheCustomerAddsIsFound() async throws {
        var course = try SampleCourse(6)
        course.then("intake/01", Sample.received())
        course.then("intake/01", ComplaintSupplemented(narrative: "快递员态度恶劣", by: .customer))
        _ = try await handler.handle(try course.wire())
        #expect(try await store.tickets(TicketFilter(text: "恶劣")).tickets.count == 1)
    }

    @Test func pagesGoOnBehindTheLast() async throws {
        for n in 1...25 {
            // Every third registered at the same instant as the one before it.
            let start = SampleCourse.start.addingTimeInterval(Double(n - (n.isMultiple(of: 3) ? 1 : 0)))
            _ = try await handler.handle(Array(try SampleCourse.eventful(n, start: start).wire().prefix(1)))
        }
        for order in TicketFilter.Order.allCases {
            var seen: [TicketNumber] = []
            var filter = TicketFilter(state: .open, order: order)
            repeat {
                let page = try await store.tickets(filter, limit: 7)
                seen += page.tickets.map(\.number)
                filter.after = page.next
            } while filter.after != nil
            #expect(Set(seen).count == 25)
            #expect(seen.count == 25)
            #expect(seen == (order == .newest ? seen.sorted(by: >) : seen.sorted()))
        }
    }

    /// No list and no figure reads the whole table.
    @Test func listsUseAnIndex() async throws {
        let plans = try await store.database.read { db in
            try [
                "SELECT * FROM ticket ORDER BY registeredAt DESC, number DESC LIMIT 50",
                "SELECT * FROM ticket WHERE endedAt IS NULL ORDER BY registeredAt DESC, number DESC LIMIT 50",
                "SELECT * FROM ticket WHERE state = 'closed' ORDER BY registeredAt DESC, number DESC LIMIT 50",
                "SELECT count(*) FROM ticket WHERE endedAt IS NULL AND registeredAt < '2026'",
                "SELECT count(*) FROM ticket WHERE endedAt >= '2026' AND registeredAt < '2026'",
                "SELECT handlingSeconds FROM ticket WHERE closedAt >= '2026' AND closedAt < '2027'",
                "SELECT count(*) FROM event WHERE type = 'x' AND time >= '2026'",
                "SELECT count(*) FROM ticketClock WHERE \(Figures.decidedAt) >= '2026'",
            ].map { try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \($0)").map { $0["detail"] as String }.joined() }
        }
        for plan in plans {
            #expect(plan.contains("INDEX"), "\(plan)")
            #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }

    /// Instants are told to the millisecond, and not every millisecond has the same binary digits from the store as from
    /// a message.
    @Test func whatAClockSaysIsAboutTheRunThatIsKnown() async throws {
        let folder = try TemporaryFolder()
        let store = try ReportingStore.temporary(folder, clock: ManualClock(SampleCourse.start))
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        let lead = try Sample.department()
        for milliseconds in stride(from: 1, to: 1000, by: 23) {
            let start = SampleCourse.start.addingTimeInterval(Double(milliseconds) / 1000)
            var course = try SampleCourse(milliseconds)
            course.then("intake/01", Sample.received())
            course.then("routing", try Sample.assigned(at: start))
            course.then(
                "routing",
                DeadlineMissed(department: lead, deadline: Sample.deadline("solution", from: start, hours: 2)))
            for message in try course.wire() { _ = try await handler.handle([message]) }
            let summary = try #require(try await store.details(of: course.number)).summary
            #expect(summary.clocks.map(\.clock).sorted() == ["sign-off", "solution"], "\(milliseconds) ms")
            #expect(summary.moments["deadline.missed"] != nil, "\(milliseconds) ms")
        }
    }
}
