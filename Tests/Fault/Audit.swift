import Contracts
import Foundation
import TestSupport
import Testing

/// Looks afterwards whether everything happened once: in the journal, in the books and among the dead letters.
struct Audit {
    let system: RunningSystem
    let seed: UInt64

    func check(_ report: Load.Report) async throws {
        let books = try #require(report.reconciliation, "seed \(seed)")
        #expect(books.isBalanced && books.totals.difference == 0, "seed \(seed)")
        #expect(books.totals.received == report.accepted, "seed \(seed)")
        try await checkDeadLetters()
        try await checkJournal(report)
    }

    private func checkDeadLetters() async throws {
        let answer = try await system.client(.operations, as: "operator").get(
            "/operations/api/dead-letters?state=failed")
        let letters = try #require(answer.json["letters"] as? [Any], "\(answer.status) \(answer.text)")
        #expect(letters.isEmpty, "seed \(seed): \(answer.text)")
    }

    /// An effect that happened twice has two events with different ids; an event that was merely published twice has
    /// one id, and every listener takes it once.
    private func checkJournal(_ report: Load.Report) async throws {
        let journal = try await Journal.read(at: system.broker.address)
        let tickets = Dictionary(grouping: journal.entries) { $0.subject }.filter { $0.key.hasPrefix("C") }
        #expect(tickets.count == report.accepted, "seed \(seed)")
        for (number, events) in tickets {
            let of = Dictionary(grouping: events) { $0.type }
            func count(_ type: String) -> Int { of["redress.\(type).v1"]?.count ?? 0 }
            #expect(count("complaint.received") == 1, "\(number), seed \(seed)")
            #expect(count("complaint.closed") == 1, "\(number), seed \(seed)")
            #expect(count("complaint.accepted") + count("complaint.rejected") == 1, "\(number), seed \(seed)")
            if count("complaint.accepted") == 1 {
                // Each assignment to a department is the only one of its kind.
                try checkDistinct(of["redress.case.assigned.v1"] ?? [], by: ["department", "assignment"], number)
                #expect(count("case.assigned") >= 1, "\(number), seed \(seed)")
            }
            // Each version of a proposal was proposed once and answered once.
            try checkDistinct(of["redress.solution.proposed.v1"] ?? [], by: ["solution.version"], number)
            #expect(count("solution.accepted") + count("solution.declined") == count("solution.proposed"), "\(number)")
        }
        print("journal: \(journal.entries.count) events, \(journal.repetitions) of them published more than once")
    }

    private func checkDistinct(_ events: [Journal.Entry], by fields: [String], _ number: String) throws {
        let keys = events.map { event in fields.map { event.field($0) ?? "" } }
        #expect(Set(keys).count == keys.count, "\(number), seed \(seed): \(keys)")
    }
}
