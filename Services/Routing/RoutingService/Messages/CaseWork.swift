import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

/// Applies what happened to a complaint, in one transaction: load, decide, save, and say what follows.
struct CaseWork: Sendable {
    let shelf: PolicyShelf
    /// Wakes the timekeeper when a clock is started or moved.
    let alarm: ClockAlarm

    /// The pack that one complaint is decided under; nil before that is known.
    private var kept: PolicyPack?

    /// What the complaint at hand was judged under, or what new complaints are.
    var pack: PolicyPack { kept ?? shelf.current }

    init(shelf: PolicyShelf, alarm: ClockAlarm = ClockAlarm()) {
        self.shelf = shelf
        self.alarm = alarm
    }

    /// With one pack for everything.
    init(pack: PolicyPack, alarm: ClockAlarm = ClockAlarm()) { self.init(shelf: PolicyShelf(pack), alarm: alarm) }

    /// The same work under the pack that a complaint was judged under; for a new complaint, under one pack from the first
    /// decision to the last, whatever is taken meanwhile.
    func following(_ stamp: PolicyStamp?) -> CaseWork {
        var work = self
        work.kept = shelf.pack(stamp)
        return work
    }

    /// Applies one happening to a complaint that is known here.
    ///
    /// - Parameters:
    ///   - prepare: changes the record with what the event brings besides its state, before anything is said.
    ///   - cause: the message that led to it; nil for a person's request.
    /// - Throws: `RoutingRejection` when the event is not allowed; nothing has changed then.
    @discardableResult
    func apply(
        _ happening: Happening, to record: ComplaintRecord, because cause: Envelope? = nil, in unit: UnitOfWork,
        prepare: (inout ComplaintRecord, PolicyPack) throws -> Void = { _, _ in }
    ) throws -> ComplaintRecord {
        let work = following(record.policy)
        let decision = try RoutingPolicy.decide(
            record.file, happening.event, rulingAfter: work.pack.returns.rulingAfter)
        var changed = record
        changed.file = decision.file
        if case .awaitingJudgement(let round) = decision.file.state { changed.judgementRound = round }
        try prepare(&changed, work.pack)
        var clocks = try CaseClocks(record.number, work: work, in: unit.db)
        try work.settle(happening, decision, &changed, &clocks, because: cause, in: unit)
        try work.save(&changed, was: record, at: min(happening.at, unit.now), clocks: clocks, in: unit.db)
        try work.followDuties(changed, because: cause, in: unit)
        try work.followGroup(changed, was: record, happening, because: cause, in: unit)
        return changed
    }

    /// Notes the history, moves the clocks, and says what the decision makes Routing say.
    func settle(
        _ happening: Happening, _ decision: RoutingDecision, _ record: inout ComplaintRecord,
        _ clocks: inout CaseClocks, because cause: Envelope?, in unit: UnitOfWork
    ) throws {
        if let name = happening.name {
            try note(name, decision.standing, happening, to: record.number, in: unit.db)
            let tick = ClockTick(event: happening.tick ?? name, at: happening.at)
            let isLate = [.late, .aside].contains(decision.standing)
            if try !isLate || isOfItsTime(happening, record, in: unit.db) {
                try hear(tick, record, &clocks, isLate: isLate, in: unit)
                if let opens = happening.opens {
                    // It is no step of the complaint by which one could tell whether others have overtaken it.
                    let implied = ClockTick(event: opens, at: happening.at, isImplied: true)
                    try hear(implied, record, &clocks, isLate: true, in: unit)
                }
            }
        }
        try followWaiting(happening, record, &clocks, in: unit)
        let announcer = CaseAnnouncer(pack: pack, record: record, happening: happening, cause: cause, unit: unit)
        for effect in decision.effects {
            if let name = announcer.clockEvent(of: effect) {
                try hear(ClockTick(event: name, at: happening.at), record, &clocks, in: unit)
            }
            try announcer.perform(effect, clocks: clocks)
            // Whoever is given the case is told of everything that runs with it.
            if case .assign = effect { _ = clocks.takeStarted() }
            if let entry = announcer.historyEntry(of: effect) {
                try HistoryTable.append(entry, to: record.number, in: unit.db)
            }
        }
        try tellOfClocks(record, &clocks, in: unit)
    }

    /// Says which clocks the leading department has to keep from now on, which are due at another time, and which have
    /// stopped by something that it does not hear.
    private func tellOfClocks(
        _ record: ComplaintRecord, _ clocks: inout CaseClocks, in unit: UnitOfWork
    ) throws {
        let speaker = ClockSpeaker(pack: pack, record: record, unit: unit)
        let started = clocks.takeStarted()
        for clock in clocks.takeMoved() where !started.contains(where: { $0.id == clock.id }) {
            try speaker.moved(clock)
        }
        let stopped = clocks.takeStoppedUnheard()
        guard record.handling != nil else { return }
        for clock in started { try speaker.started(clock, by: pack.clock(clock.deadline.clock)?.starts) }
        for clock in stopped { try speaker.stopped(clock) }
    }

    /// True for what the department said that led when it happened: also what it did before the case was taken from it,
    /// or before the end, moves the clocks that ran then.
    private func isOfItsTime(_ happening: Happening, _ record: ComplaintRecord, in db: Database) throws -> Bool {
        let assigned = "case.assigned"
        let present = try HistoryTable.latest(assigned, of: record.number, in: db)
        let standing = try HistoryTable.latest(assigned, of: record.number, before: happening.at, in: db)
        // What was said of an assignment that another had replaced by then belongs to no time.
        let isPresent = standing?.at == present?.at
        let assignment = isPresent ? record.file.assignments : standing?.assignment
        let firstVersion = isPresent ? record.file.firstVersion : standing?.firstVersion
        if let assignment, let firstVersion, happening.event.isBehind(assignment, firstVersion: firstVersion) {
            return false
        }
        return happening.department == nil || happening.department == standing?.department
    }

    /// Moves the clocks, and says of those that stopped what could not be said before.
    func hear(
        _ tick: ClockTick, _ record: ComplaintRecord, _ clocks: inout CaseClocks, isLate: Bool = false,
        in unit: UnitOfWork
    ) throws {
        let severity = record.severity
        let stopped =
            isLate ? try clocks.hearLate(tick, severity: severity) : try clocks.hear(tick, severity: severity)
        let speaker = ClockSpeaker(pack: pack, record: record, unit: unit)
        for clock in stopped {
            guard let stoppedAt = clock.stoppedAt else { continue }
            let verdict = StopVerdict(
                stoppedAt: stoppedAt, dueAt: clock.deadline.dueAt, saidMissed: clock.saidMissed,
                isEnd: Clock.terminalEvents.contains(tick.event))
            switch verdict {
            case .kept, .missed, .ended: break
            case .keptAfterAll: try speaker.keptAfterAll(clock)
            case .missedUnsaid: try speaker.missedUnsaid(clock, at: clock.deadline.dueAt)
            }
        }
    }

    /// Has the clocks stand still while the customer is asked, and go on afterwards; nobody waits for the answer to a
    /// question of a department that no longer holds the complaint.
    private func followWaiting(
        _ happening: Happening, _ record: ComplaintRecord, _ clocks: inout CaseClocks, in unit: UnitOfWork
    ) throws {
        var hasChanged = try PauseTable.abandon(
            record.number, except: record.handling?.holders ?? [], at: happening.at, in: unit.db)
        switch happening.event {
        case .informationRequested, .informationProvided: hasChanged = true
        default: break
        }
        if hasChanged { try clocks.followWaiting(at: happening.at, now: unit.now) }
    }

    /// Passes custody on when somebody else has the complaint now, and writes it.
    ///
    /// - Parameter instant: when it passed on; custody does not go back in time, whatever order news comes in.
    func save(
        _ record: inout ComplaintRecord, was earlier: ComplaintRecord, at instant: Date, clocks: CaseClocks,
        in db: Database
    ) throws {
        let holder = Holder(record.file.state, isWaiting: clocks.waitingSince != nil)
        if holder.text != earlier.holder {
            record.holder = holder.text
            record.holderSince = max(instant, earlier.holderSince)
            try CustodyTable.pass(record.number, to: holder, at: record.holderSince, in: db)
        }
        record.nextDueAt = clocks.nextDueAt
        record.noteRestriction(by: pack)
        try ComplaintTable.update(record, from: earlier.state, in: db)
    }

    private func note(
        _ name: String, _ standing: RoutingDecision.Standing, _ happening: Happening, to number: TicketNumber,
        in db: Database
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: happening.at, event: name, standing: standing, by: happening.by, department: happening.department,
                detail: happening.detail, words: happening.words), to: number, in: db)
    }
}
