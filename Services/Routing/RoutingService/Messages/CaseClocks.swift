import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

/// Starts, stops, pauses and extends the clocks of one complaint.
///
/// Clocks run by what was written down when they started, so that a new version of the pack does not leave an old clock
/// running for ever. A clock that runs is not started again: the first start counts. Everything goes by when things
/// happened, not by when they were heard of.
struct CaseClocks {
    var running: [ClockRecord]
    /// Clocks whose due time is another than was said before, as they run now or stopped.
    private(set) var moved: [ClockRecord] = []
    /// Clocks of the departments that have started, and that nobody was told of yet.
    private var started: [ClockRecord] = []
    /// Clocks of the departments that were stopped by something that no department hears.
    private var stoppedUnheard: [ClockRecord] = []
    /// Since when the complaint waits for the customer, if it does.
    private(set) var waitingSince: Date?
    let number: TicketNumber
    let pack: PolicyPack
    let db: Database
    private let alarm: ClockAlarm

    init(_ number: TicketNumber, work: CaseWork, in db: Database) throws {
        self.init(new: number, work: work, in: db)
        running = try ClockTable.running(of: number, in: db)
        waitingSince = try PauseTable.since(number, in: db)
    }

    /// The clocks of a complaint that has just come: none runs.
    init(new number: TicketNumber, work: CaseWork, in db: Database) {
        self.number = number
        self.pack = work.pack
        self.alarm = work.alarm
        self.db = db
        running = []
    }

    /// The earliest instant at which a running clock is due.
    var nextDueAt: Date { running.map(\.deadline.dueAt).min() ?? .distantDue }

    /// The running clock that is due first among those that `event` names stop.
    func nextClock(stoppedByAnyOf events: Set<String>) -> ClockRecord? {
        running.filter { !events.isDisjoint(with: $0.deadline.stops ?? []) }
            .min { $0.deadline.dueAt < $1.deadline.dueAt }
    }

    /// Stops what an event stops and starts what it starts.
    ///
    /// - Returns: the clocks that stopped.
    mutating func hear(_ tick: ClockTick, severity: Severity?) throws -> [ClockRecord] {
        let stopped = try stop(by: tick) { _ in true }
        if Clock.terminalEvents.contains(tick.event) { try cutOff(by: tick) }
        for clock in pack.clocks where clock.starts == tick.event {
            try start(clock, at: tick.at, severity: severity)
        }
        return stopped
    }

    /// Brings the clocks in line with the waiting for the customer, after it has begun or ended (W18).
    ///
    /// - Parameter instant: when that happened.
    mutating func followWaiting(at instant: Date, now: Date) throws {
        waitingSince = try PauseTable.since(number, in: db)
        for index in running.indices where running[index].terms.waitsForCustomer {
            let isMoved: Bool
            if let since = waitingSince {
                guard running[index].pausedAt == nil else { continue }
                isMoved = try reckon(&running[index], until: instant)
                running[index].pausedAt = max(since, running[index].deadline.startedAt)
                running[index].next = nil
                // What had run out before anybody asked stays on the board.
                if !running[index].isMissed(at: instant) { running[index].alert = .none }
            } else {
                running[index].pausedAt = nil
                isMoved = try reckon(&running[index], until: instant)
                try schedule(&running[index], from: now)
            }
            try write(running[index])
            if isMoved { noteMoved(running[index]) }
        }
    }

    /// Gives a running clock more time.
    /// - Returns: the clock as it runs now; nil when it does not run.
    mutating func extend(_ id: Int64, by allowance: Allowance, now: Date) throws -> ClockRecord? {
        guard let index = running.firstIndex(where: { $0.id == id }) else { return nil }
        running[index].terms.extensions.append(allowance.text)
        let isMoved = try reckon(&running[index], until: now)
        if running[index].pausedAt == nil { try schedule(&running[index], from: now) }
        try write(running[index])
        if isMoved { noteMoved(running[index]) }
        return running[index]
    }

    /// What a clock has to say in its life, as it runs now.
    private func moments(of clock: ClockRecord, until now: Date) throws -> [ClockMoment] {
        ClockReckoning(calendar: pack.calendar).moments(
            clock.terms, from: clock.deadline.startedAt, dueAt: clock.deadline.dueAt,
            pauses: try PauseTable.spans(of: number, until: now, in: db))
    }

    mutating func start(_ clock: Clock, at instant: Date, severity: Severity?) throws {
        guard !running.contains(where: { $0.deadline.clock == clock.id }),
            let deadline = pack.deadline(of: clock, from: instant, severity: severity)
        else { return }
        // Stopped in the millisecond in which it began, and started again in it: it goes on.
        let ended = try ClockTable.ended(clock.id, of: number, inTheMillisecond: instant, in: db)
        var record = ClockRecord(
            id: ended?.id ?? 0, number: number, deadline: deadline, terms: ClockTerms(clock, severity: severity))
        if record.terms.waitsForCustomer, waitingSince != nil {
            record.pausedAt = instant
        } else {
            record.next = try moments(of: record, until: instant).next(from: instant)
        }
        if ended == nil {
            record.id = try ClockTable.insert(record, in: db)
        } else {
            try ClockTable.update(record, in: db)
        }
        if let next = record.next { alarm.ring(by: next.at, after: db) }
        running.append(record)
        if isTold(record) { started.append(record) }
    }

    /// - Parameter isLate: that whoever leads now need not have said or heard it.
    mutating func stop(
        by tick: ClockTick, isLate: Bool = false, where applies: (ClockRecord) -> Bool
    ) throws -> [ClockRecord] {
        let isEnd = Clock.terminalEvents.contains(tick.event)
        let concerned = running.filter { clock in
            (isEnd || clock.deadline.stops?.contains(tick.event) == true) && applies(clock)
        }
        var stopped: [ClockRecord] = []
        for var clock in concerned {
            let instant = max(tick.at, clock.deadline.startedAt)
            let isMoved = try clock.pausedAt != nil && reckon(&clock, until: instant)
            (clock.stoppedAt, clock.stoppedBy, clock.pausedAt, clock.next) = (instant, tick.event, nil, nil)
            try ClockTable.update(clock, in: db)
            if isMoved { noteMoved(clock) }
            noteStopped(clock, isHeard: !isLate && ClockRecord.departmentsHear(tick.event))
            stopped.append(clock)
        }
        running.removeAll { clock in stopped.contains { $0.id == clock.id } }
        return stopped
    }

    /// Finds the due time again, with everything for which the clock stood still and what was granted.
    /// - Returns: whether it is another than before.
    func reckon(_ clock: inout ClockRecord, until instant: Date) throws -> Bool {
        let due = ClockReckoning(calendar: pack.calendar).due(
            clock.terms, from: clock.deadline.startedAt,
            pauses: try PauseTable.spans(of: number, until: instant, in: db))
        guard let due else { return false }
        let isMoved = RFC3339.toMillisecond(due.dueAt) != RFC3339.toMillisecond(clock.deadline.dueAt)
        clock.deadline.dueAt = due.dueAt
        clock.deadline.explanation = due.explanation
        return isMoved
    }

    private mutating func noteMoved(_ clock: ClockRecord) {
        moved.removeAll { $0.id == clock.id }
        moved.append(clock)
    }

    /// What is to be said of clocks that were moved, once.
    mutating func takeMoved() -> [ClockRecord] {
        defer { moved = [] }
        return moved
    }

    private mutating func noteStopped(_ clock: ClockRecord, isHeard: Bool) {
        if started.contains(where: { $0.id == clock.id }) {
            started.removeAll { $0.id == clock.id }
        } else if isTold(clock), !isHeard {
            stoppedUnheard.append(clock)
        }
    }

    /// True for a clock that the leading department works by: its own work stops it, or a dissatisfied customer waits to be
    /// talked with (安抚, K15), for which it is urged.
    private func isTold(_ clock: ClockRecord) -> Bool {
        clock.isDepartments || pack.clock(clock.deadline.clock)?.starts == Clock.dissatisfied
    }

    /// Clocks of the departments that have started and run, to be told of once. One that is told of has its due time with it.
    mutating func takeStarted() -> [ClockRecord] {
        defer { started = [] }
        return started.map { clock in running.first { $0.id == clock.id } ?? clock }
    }

    /// Clocks of the departments of whose stopping they are to be told, once.
    mutating func takeStoppedUnheard() -> [ClockRecord] {
        defer { stoppedUnheard = [] }
        return stoppedUnheard
    }

    /// What a clock has to say after its due time may have changed. What was said for the same due time is not said again.
    private func schedule(_ clock: inout ClockRecord, from now: Date) throws {
        let moments = try moments(of: clock, until: now)
        let next = moments.next(from: now)
        clock.next = next?.isDue == true && clock.saidMissed ? nil : next
        clock.alert =
            if clock.saidMissed {
                .missed
            } else {
                moments.contains { !$0.isDue && $0.at <= now } ? .approaching : .none
            }
    }

    private func write(_ clock: ClockRecord) throws {
        try ClockTable.update(clock, in: db)
        if let next = clock.next { alarm.ring(by: next.at, after: db) }
    }
}
