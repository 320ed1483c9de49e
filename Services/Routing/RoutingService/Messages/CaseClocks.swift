import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

/// Starts, stops and moves the clocks of one complaint.
///
/// Clocks stop by what was written down when they started, so that a new version of the pack does not leave an old clock
/// running for ever. A clock that runs is not started again: the first start counts.
struct CaseClocks {
    private(set) var running: [ClockRecord]
    private let number: TicketNumber
    private let pack: PolicyPack
    private let db: Database

    init(_ number: TicketNumber, pack: PolicyPack, in db: Database) throws {
        self.number = number
        self.pack = pack
        self.db = db
        running = try ClockTable.running(of: number, in: db)
    }

    /// The clocks of a complaint that has just come: none runs.
    init(new number: TicketNumber, pack: PolicyPack, in db: Database) {
        self.number = number
        self.pack = pack
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

    mutating func hear(_ tick: ClockTick, severity: Severity?) throws {
        let stops = { (clock: ClockRecord) in
            Clock.terminalEvents.contains(tick.event) || clock.deadline.stops?.contains(tick.event) == true
        }
        for clock in running where stops(clock) {
            try ClockTable.stop(clock.id, at: max(tick.at, clock.deadline.startedAt), by: tick.event, in: db)
        }
        running.removeAll(where: stops)
        for deadline in pack.deadlines(startedBy: tick.event, at: tick.at, severity: severity)
        where !running.contains(where: { $0.deadline.clock == deadline.clock }) {
            try ClockTable.start(deadline, of: number, in: db)
            running.append(ClockRecord(id: db.lastInsertedRowID, deadline: deadline))
        }
    }

    /// Gives back the time for which the complaint waited for the customer (W18).
    mutating func giveBackPauses(until now: Date, severity: Severity?) throws {
        let spans = try PauseTable.spans(of: number, until: now, in: db)
        for index in running.indices {
            let current = running[index].deadline
            guard let clock = pack.clock(current.clock), !clock.pauses.isEmpty,
                let moved = pack.deadline(of: clock, from: current.startedAt, severity: severity, pauses: spans),
                moved.dueAt != current.dueAt
            else { continue }
            running[index].deadline.dueAt = moved.dueAt
            running[index].deadline.explanation = moved.explanation
            try ClockTable.move(running[index].id, to: moved, in: db)
        }
    }
}

extension ClockRecord {
    /// A clock that has just started.
    init(id: Int64, deadline: Deadline) {
        self.init(id: id, deadline: deadline, stoppedAt: nil, stoppedBy: nil)
    }
}
