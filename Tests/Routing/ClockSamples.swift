import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

@testable import RoutingService

/// Complaints and clocks put straight into a store, many at once.
enum ClockSamples {
    /// A complaint that the quality department holds.
    static func complaint(_ number: TicketNumber, at now: Date, in db: Database) throws {
        let handling = Handling(
            assignment: 1, lead: Samples.department("product-quality"), assisting: [], isRuling: false,
            phase: .investigating)
        var record = ComplaintRecord(
            number: number, file: CaseFile(state: .handling(handling), assignments: 1),
            complaint: Samples.complaint(at: now), holder: "product-quality", holderSince: now)
        record.owner = "product-quality.handler"
        try ComplaintTable.insert(record, in: db)
    }

    /// A complaint that the quality department holds, in the columns of the store's first form.
    static func firstComplaint(_ number: TicketNumber, at now: Date, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO complaint (number, state, judgementRound, assignment, returns, round, highestVersion,
                    markVersion, markStep, lead, assisting, isRuling, holder, holderSince, kind, channel, registeredAt,
                    nextDueAt, record, explanations)
                VALUES (?, 'investigating', 1, 1, 0, 1, 0, 0, 0, 'product-quality', '', 0, 'product-quality', ?,
                    'complaint', 'web', ?, ?, ?, ?)
                """,
            arguments: [
                number.text, now, now, now, try ContractJSON.encode(Samples.complaint(at: now)),
                try ContractJSON.encode([Explanation]()),
            ])
    }

    /// A clock of so many seconds of elapsed time, to the millisecond.
    static func clock(
        _ number: TicketNumber, _ id: String = "solution", from start: Date, for seconds: TimeInterval,
        warnings: [Int], pack: PolicyPack, in db: Database
    ) throws {
        let title = LocalizedText(zhHans: "方案", en: "Solution")
        let dueAt = RFC3339.toMillisecond(start + seconds)
        var terms = ClockTerms()
        terms.within = "1 minute"
        terms.warnings = warnings
        var clock = ClockRecord(
            id: 0, number: number,
            deadline: Deadline(clock: id, title: title, startedAt: start, dueAt: dueAt, explanation: title),
            terms: terms)
        clock.next = ClockReckoning(calendar: pack.calendar)
            .moments(terms, from: start, dueAt: dueAt, pauses: []).next(from: start)
        _ = try ClockTable.insert(clock, in: db)
    }

    /// Many running clocks, of which the first few are due now and the others within weeks.
    static func fill(
        clocks: Int, complaints: Int, due: Int, at now: Date, pack: PolicyPack, in db: Database
    ) throws {
        for index in 0..<complaints { try complaint(Samples.number(index + 1), at: now, in: db) }
        for index in 0..<clocks {
            let later = Double(3600 + index * 17)
            try clock(
                Samples.number(index % complaints + 1), "clock-\(index / complaints)", from: now - 3600,
                for: index < due ? 3600 : 3600 + later, warnings: [], pack: pack, in: db)
        }
    }

    private static func envelopes(in database: ServiceDatabase) async throws -> [(Envelope, WireMessage)] {
        try await database.read { db in try StoreProbe.messages(in: db) }.map { wire in
            (try EnvelopeCoding.envelope(of: wire), wire)
        }.filter { $0.0.type.noun == "deadline" }
    }

    /// How often clocks have spoken.
    static func fired(in database: ServiceDatabase) async throws -> Int { try await envelopes(in: database).count }

    /// By how many seconds the latest was late.
    static func lateness(in database: ServiceDatabase) async throws -> TimeInterval {
        try await envelopes(in: database).map { envelope, wire in
            let (deadline, percent) = try moment(envelope, wire.body)
            let length = deadline.dueAt.timeIntervalSince(deadline.startedAt)
            return envelope.time.timeIntervalSince(deadline.startedAt + length * Double(percent) / 100)
        }.max() ?? -1
    }

    private static func moment(_ envelope: Envelope, _ body: Data) throws -> (Deadline, Int) {
        if envelope.type == DeadlineMissed.type {
            return (try ContractJSON.decode(DeadlineMissed.self, from: body).deadline, 100)
        }
        let warning = try ContractJSON.decode(DeadlineApproaching.self, from: body)
        return (warning.deadline, warning.percent)
    }
}
