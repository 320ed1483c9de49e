import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

/// Applies what happened to a complaint, in one transaction: load, decide, save, and say what follows.
struct CaseWork: Sendable {
    let pack: PolicyPack

    /// Applies one happening to a complaint that is known here.
    ///
    /// - Parameters:
    ///   - prepare: changes the record with what the event brings besides its state, before anything is said.
    ///   - cause: the message that led to it; nil for a person's request.
    /// - Throws: `RoutingRejection` when the event is not allowed; nothing has changed then.
    @discardableResult
    func apply(
        _ happening: Happening, to record: ComplaintRecord, because cause: Envelope? = nil, in unit: UnitOfWork,
        prepare: (inout ComplaintRecord) throws -> Void = { _ in }
    ) throws -> ComplaintRecord {
        let decision = try RoutingPolicy.decide(record.file, happening.event, rulingAfter: pack.returns.rulingAfter)
        var changed = record
        changed.file = decision.file
        if case .awaitingJudgement(let round) = decision.file.state { changed.judgementRound = round }
        try prepare(&changed)
        var clocks = try CaseClocks(record.number, pack: pack, in: unit.db)
        try settle(happening, decision, &changed, &clocks, because: cause, in: unit)
        try save(&changed, was: record, at: unit.now, clocks: clocks, in: unit.db)
        return changed
    }

    /// Notes the history, moves the clocks, and says what the decision makes Routing say.
    func settle(
        _ happening: Happening, _ decision: RoutingDecision, _ record: inout ComplaintRecord,
        _ clocks: inout CaseClocks, because cause: Envelope?, in unit: UnitOfWork
    ) throws {
        if let name = happening.name {
            try note(name, decision.standing, happening, to: record.number, in: unit.db)
            if decision.standing == .moved || decision.standing == .noted {
                try clocks.hear(ClockTick(event: name, at: happening.at), severity: record.severity)
            }
            if case .informationProvided = happening.event {
                try clocks.giveBackPauses(until: happening.at, severity: record.severity)
            }
        }
        let announcer = CaseAnnouncer(pack: pack, record: record, happening: happening, cause: cause, unit: unit)
        for effect in decision.effects {
            if let name = announcer.clockEvent(of: effect) {
                try clocks.hear(ClockTick(event: name, at: happening.at), severity: record.severity)
            }
            try announcer.perform(effect, clocks: clocks)
            if let entry = announcer.historyEntry(of: effect) {
                try HistoryTable.append(entry, to: record.number, in: unit.db)
            }
        }
    }

    /// Passes custody on when somebody else has the complaint now, and writes it.
    func save(
        _ record: inout ComplaintRecord, was earlier: ComplaintRecord, at now: Date, clocks: CaseClocks,
        in db: Database
    ) throws {
        let holder = Holder(record.file.state)
        if holder.text != earlier.holder {
            record.holder = holder.text
            record.holderSince = now
            try CustodyTable.pass(record.number, to: holder, at: now, in: db)
        }
        record.nextDueAt = clocks.nextDueAt
        try ComplaintTable.update(record, from: earlier.state, in: db)
    }

    private func note(
        _ name: String, _ standing: RoutingDecision.Standing, _ happening: Happening, to number: TicketNumber,
        in db: Database
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: happening.at, event: name, standing: standing, by: happening.by, department: happening.department,
                detail: happening.detail), to: number, in: db)
    }
}
