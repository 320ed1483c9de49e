import Contracts
import Foundation
import GRDB
import Testing

@testable import CallbackService

@Suite("The lists of the callers' desk")
struct DeskTests {
    private let bench: Bench
    private var files: CustomerFiles { CustomerFiles(bench.database) }

    init() throws {
        bench = try Bench { $0.consent.validity = .elapsed(86_400) }
    }

    private func propose(_ counters: ClosedRange<Int>) async throws {
        for counter in counters {
            let number = try #require(TicketNumber("C20261120-01-\(100_000 + counter)"))
            try await bench.hear(ExampleMessages.received(), about: number)
            try await bench.hear(ExampleMessages.proposed(), about: number)
            bench.clock.advance(by: 60)
        }
    }

    @Test func pagesHoldEveryComplaintOnceInOrderOfTheirDeadlines() async throws {
        try await propose(1...7)
        var seen: [String] = []
        var mark: DeskMark?
        repeat {
            let page = try await files.list(.proposals, after: mark, limit: 3)
            seen += page.rows.map(\.record.number)
            mark = page.next
        } while mark != nil
        #expect(seen == (1...7).map { "C20261120-01-\(100_000 + $0)" })
        #expect(try await files.counts() == [.callbacks: 0, .proposals: 7, .explanations: 0, .rulings: 0])
    }

    @Test func aListIsReadFromItsIndex() async throws {
        let plan = try await bench.database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT number FROM complaint
                    WHERE desk = 'callbacks' AND (position, number) > ('', '') ORDER BY position, number LIMIT 50
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan.count == 1)
        #expect(plan.first?.contains("complaint_on_desk") == true)
    }

    @Test func openingTheContactIsOnRecord() async throws {
        try await propose(1...1)
        let number = try #require(TicketNumber("C20261120-01-100001"))
        let hourAgo = bench.clock.now() - 3600
        #expect(try await files.hasOpenedContact(of: number, by: "zhao", since: hourAgo) == false)
        try await files.openContact(of: number, by: "zhao")
        #expect(try await files.hasOpenedContact(of: number, by: "zhao", since: hourAgo))
        #expect(try await files.hasOpenedContact(of: number, by: "sun", since: hourAgo) == false)
    }
}
