import Contracts
import Foundation
import GRDB
import Procedure

/// Clocks and news that comes after news of what happened later. They go by when things happened, so that they end the same
/// whatever order the news comes in, and Reporting, which orders a complaint's course by time, comes to the same verdicts.
extension CaseClocks {
    /// An event that others have overtaken stops what ran when it happened, and starts what ran from then until something
    /// stopped it. What is said at the moment at which a clock starts came before it.
    ///
    /// - Returns: the clocks of which another verdict is to be said than before.
    mutating func hearLate(_ tick: ClockTick, severity: Severity?) throws -> [ClockRecord] {
        let instant = RFC3339.toMillisecond(tick.at)
        var changed = try stop(by: tick, isLate: true) { RFC3339.toMillisecond($0.deadline.startedAt) < instant }
        if Clock.terminalEvents.contains(tick.event) {
            try cutOff(by: tick)
        } else {
            changed += try stopEarlier(by: tick) { $0.deadline.stops?.contains(tick.event) == true }
        }
        for clock in pack.clocks where clock.starts == tick.event {
            try startLate(clock, by: tick, severity: severity)
        }
        return changed
    }

    /// The end (closed, withdrawn, merged) is heard after things that happened later: they count for nothing, and what ran
    /// at the end ran until then.
    mutating func cutOff(by end: ClockTick) throws {
        let instant = RFC3339.toMillisecond(end.at)
        for clock in try ClockTable.all(of: number, in: db) where clock.startedAt > instant {
            try ClockTable.remove(clock.id, in: db)
            running.removeAll { $0.id == clock.id }
        }
        _ = try stopEarlier(by: end) { _ in true }
    }

    /// Has clocks that were stopped by something later stop when the event happened.
    /// - Returns: those that are found to have been kept after all.
    private func stopEarlier(
        by tick: ClockTick, where applies: (ClockRecord) -> Bool
    ) throws -> [ClockRecord] {
        let instant = RFC3339.toMillisecond(tick.at)
        var kept: [ClockRecord] = []
        for var clock in try ClockTable.all(of: number, in: db) where applies(clock) {
            guard clock.startedAt < instant, let stoppedAt = clock.stoppedAt,
                RFC3339.toMillisecond(stoppedAt) > instant
            else { continue }
            let wasMissed = stoppedAt > clock.deadline.dueAt
            (clock.stoppedAt, clock.stoppedBy) = (tick.at, tick.event)
            try ClockTable.update(clock, in: db)
            if wasMissed, tick.at <= clock.deadline.dueAt { kept.append(clock) }
        }
        return kept
    }

    /// Starts a clock in the past, and stops it where something has stopped it since.
    private mutating func startLate(_ clock: Clock, by tick: ClockTick, severity: Severity?) throws {
        let instant = tick.at
        let start = RFC3339.toMillisecond(instant)
        let end = try HistoryTable.first(of: Clock.terminalEvents, number, in: db)
        if let end, RFC3339.toMillisecond(end.at) < start { return }
        let runs = try ClockTable.all(of: number, in: db).filter { $0.deadline.clock == clock.id }
        // A clock that runs is not started again: the first start counts.
        if runs.contains(where: { $0.ran(at: start) }) { return }
        let stop = try HistoryTable.first(
            of: Clock.terminalEvents.union(clock.stops), number,
            notBefore: tick.isImplied ? start.addingTimeInterval(0.001) : instant, in: db)
        if let next = runs.map(\.startedAt).filter({ $0 > start }).min(), stop.map({ next < $0.at }) ?? true { return }
        guard let stop else { return try self.start(clock, at: instant, severity: severity) }
        if var ended = runs.first(where: { $0.startedAt == start }) {
            (ended.stoppedAt, ended.stoppedBy) = (max(instant, stop.at), stop.event)
            return try ClockTable.update(ended, in: db)
        }
        guard let deadline = pack.deadline(of: clock, from: instant, severity: severity) else { return }
        var record = ClockRecord(
            id: 0, number: number, deadline: deadline, terms: ClockTerms(clock, severity: severity),
            stoppedAt: max(instant, stop.at), stoppedBy: stop.event)
        if record.terms.waitsForCustomer { _ = try reckon(&record, until: max(instant, stop.at)) }
        _ = try ClockTable.insert(record, in: db)
    }
}

extension ClockRecord {
    /// To the millisecond, as messages tell it.
    fileprivate var startedAt: Date { RFC3339.toMillisecond(deadline.startedAt) }

    fileprivate func ran(at instant: Date) -> Bool {
        startedAt <= instant && stoppedAt.map { RFC3339.toMillisecond($0) > instant } ?? true
    }
}
