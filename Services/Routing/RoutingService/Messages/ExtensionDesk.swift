import Contracts
import Foundation
import Persistence
import Procedure

/// Asking for more time for a clock, and deciding on it (延期), each in one transaction.
struct ExtensionDesk: Sendable {
    let store: RoutingStore
    let work: CaseWork

    private var rules: Extending { Extending(calendar: work.pack.calendar) }

    /// - Parameter clock: a clock's id in the pack.
    /// - Throws: `DeskRefusal.unknownComplaint`, `ExtensionRejection`.
    func ask(
        _ number: TicketNumber, clock: String, for allowance: Allowance, reason: String, by actor: ExtensionActor
    ) async throws -> ExtensionRecord {
        try await store.database.write { [rules] unit in
            let record = try Self.find(number, in: unit)
            let running = try ClockTable.running(of: number, in: unit.db).first { $0.deadline.clock == clock }
            guard let running else { throw ExtensionRejection.clockStopped }
            let earlier = try ExtensionTable.all(of: number, in: unit.db)
            if let open = earlier.first(where: { $0.clockID == running.id && $0.standing == .asked }) {
                // A form that is sent twice asks once.
                if open.askedBy == actor.name, open.allowance == allowance, open.reason == reason { return open }
                throw ExtensionRejection.alreadyAsked
            }
            try rules.ask(
                running, for: allowance, lead: record.handling?.lead, by: actor,
                pauses: try PauseTable.spans(of: number, until: unit.now, in: unit.db), at: unit.now)
            let request = try ExtensionTable.ask(
                running, for: allowance, reason: reason, by: actor.name, at: unit.now, in: unit.db)
            try Self.note("extension.requested", request, running, reason, by: actor.name, record, in: unit)
            return request
        }
    }

    /// Grants or refuses a request.
    func decide(
        _ number: TicketNumber, request id: Int64, isGranted: Bool, comment: String?, by actor: ExtensionActor
    ) async throws -> ExtensionRecord {
        try await store.database.write { [self] unit in
            var record = try Self.find(number, in: unit)
            let requests = try ExtensionTable.all(of: number, in: unit.db)
            guard var request = requests.first(where: { $0.id == id }) else { throw ExtensionRejection.unknownRequest }
            let standing: ExtensionRecord.Standing = isGranted ? .granted : .refused
            if request.standing == standing, request.decidedBy == actor.name { return request }
            let clock = try ClockTable.all(of: number, in: unit.db).first { $0.id == request.clockID }
            guard let clock else { throw ExtensionRejection.clockStopped }
            try rules.decide(request, clock, lead: record.handling?.lead, by: actor)
            (request.standing, request.decidedBy, request.decidedAt, request.comment) =
                (standing, actor.name, unit.now, comment)
            try ExtensionTable.decide(request, in: unit.db)
            if isGranted { try grant(request, clock, &record, in: unit) }
            try Self.note("extension.\(standing.rawValue)", request, clock, comment, by: actor.name, record, in: unit)
            return request
        }
    }

    private func grant(
        _ request: ExtensionRecord, _ clock: ClockRecord, _ record: inout ComplaintRecord, in unit: UnitOfWork
    ) throws {
        // Others may have been granted since it was asked for.
        _ = try rules.due(
            clock, with: request.allowance,
            pauses: try PauseTable.spans(of: record.number, until: unit.now, in: unit.db))
        var clocks = try CaseClocks(record.number, work: work, in: unit.db)
        guard try clocks.extend(clock.id, by: request.allowance, now: unit.now) != nil else {
            throw ExtensionRejection.clockStopped
        }
        let speaker = ClockSpeaker(pack: work.pack, record: record, unit: unit)
        for clock in clocks.takeMoved() { try speaker.moved(clock) }
        record.nextDueAt = clocks.nextDueAt
        try ComplaintTable.update(record, from: record.state, in: unit.db)
    }

    private static func find(_ number: TicketNumber, in unit: UnitOfWork) throws -> ComplaintRecord {
        guard let record = try ComplaintTable.find(number, in: unit.db) else { throw DeskRefusal.unknownComplaint }
        return record
    }

    private static func note(
        _ event: String, _ request: ExtensionRecord, _ clock: ClockRecord, _ words: String?, by name: String,
        _ record: ComplaintRecord, in unit: UnitOfWork
    ) throws {
        let said = LocalizedText.listing([
            clock.deadline.title, request.allowance.title, words.map { LocalizedText(same: $0) },
        ])
        try HistoryTable.append(
            HistoryRecord(
                at: unit.now, event: event, standing: .noted, by: .staff(name), department: record.handling?.lead,
                detail: said.text(for: record.complaint.language), words: said), to: record.number, in: unit.db)
    }
}
