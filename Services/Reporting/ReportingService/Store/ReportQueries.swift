import Contracts
import Foundation
import GRDB
import Procedure

/// What reports count, for one period. Each query reads an index between two instants, never all tickets.
extension ReportingStore {
    func figures(_ period: ReportPeriod, at now: Date) async throws -> ReportFigures {
        try await database.read { db in
            ReportFigures(
                received: try Figures.received(period, in: db), closed: try Figures.closed(period, in: db),
                withdrawn: try Figures.ended(.withdrawn, period, in: db),
                merged: try Figures.ended(.merged, period, in: db),
                openAtStart: try Figures.open(at: period.start, in: db),
                openAtEnd: try Figures.open(at: min(period.end, now), in: db),
                handling: try Figures.handling(period, in: db), events: try Figures.events(period, in: db),
                clocks: try Figures.clocks(period, at: now, in: db))
        }
    }
}

enum Figures {
    static func received(_ period: ReportPeriod, in db: Database) throws -> [FigureRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT channel, category, severity, department, count(*) AS count FROM ticket
                WHERE registeredAt >= ? AND registeredAt < ? GROUP BY channel, category, severity, department
                """, arguments: [period.start, period.end]
        ).map(row)
    }

    static func closed(_ period: ReportPeriod, in db: Database) throws -> [FigureRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT channel, category, severity, department, outcome, satisfaction, count(*) AS count,
                    sum(handlingSeconds) AS handlingSeconds
                FROM ticket WHERE closedAt >= ? AND closedAt < ?
                GROUP BY channel, category, severity, department, outcome, satisfaction
                """, arguments: [period.start, period.end]
        ).map { row in
            var figure = self.row(row)
            figure.outcome = (row["outcome"] as String?).flatMap(ClosingOutcome.init)
            figure.satisfaction = row["satisfaction"]
            figure.handlingSeconds = row["handlingSeconds"] ?? 0
            return figure
        }
    }

    private static func row(_ row: Row) -> FigureRow {
        FigureRow(
            channel: row["channel"], category: row["category"],
            severity: (row["severity"] as String?).flatMap(Severity.init),
            department: (row["department"] as String?).flatMap { DepartmentID($0) }, count: row["count"])
    }

    /// The plus keeps SQLite from reading all that ever were in the state.
    static func ended(_ state: TicketState, _ period: ReportPeriod, in db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM ticket WHERE endedAt >= ? AND endedAt < ? AND +state = ?",
            arguments: [period.start, period.end, state.rawValue]) ?? 0
    }

    /// How many complaints were open at an instant: those that are open now, and those that have ended since.
    static func open(at instant: Date, in db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT (SELECT count(*) FROM ticket WHERE endedAt IS NULL AND registeredAt < :instant)
                    + (SELECT count(*) FROM ticket WHERE endedAt >= :instant AND registeredAt < :instant)
                """, arguments: ["instant": instant]) ?? 0
    }

    /// A percentile is the smallest value that at least that share of the values does not exceed.
    static func handling(_ period: ReportPeriod, in db: Database) throws -> HandlingFigure? {
        let range = "FROM ticket WHERE closedAt >= ? AND closedAt < ?"
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) AS count, avg(handlingSeconds) AS average, max(handlingSeconds) AS longest \(range)
                """, arguments: [period.start, period.end])
        guard let row, let count: Int = row["count"], count > 0 else { return nil }
        func percentile(_ percent: Int) throws -> Int {
            let rank = (count * percent + 99) / 100 - 1
            return try Int.fetchOne(
                db, sql: "SELECT handlingSeconds \(range) ORDER BY handlingSeconds LIMIT 1 OFFSET ?",
                arguments: [period.start, period.end, max(0, rank)]) ?? 0
        }
        return HandlingFigure(
            average: Int((row["average"] as Double).rounded()), median: try percentile(50), p90: try percentile(90),
            longest: row["longest"])
    }

    private static let counted: [any Event.Type] = [
        CaseReturned.self, ReworkOrdered.self, SolutionDeclined.self, ComplaintChased.self, CaseUrged.self,
        CaseEscalated.self,
    ]

    static func events(_ period: ReportPeriod, in db: Database) throws -> [EventFigure] {
        try counted.flatMap { event in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT department, count(*) AS count FROM event WHERE type = ? AND time >= ? AND time < ?
                    GROUP BY department
                    """, arguments: [event.type.name, period.start, period.end]
            ).map { row in
                EventFigure(
                    event: event.type.word, department: (row["department"] as String?).flatMap { DepartmentID($0) },
                    count: row["count"])
            }
        }
    }

    /// When a run of a clock was decided: when it was stopped in time, and else when it was due.
    static let decidedAt = "min(ifnull(stoppedAt, dueAt), dueAt)"

    /// True of a run that was stopped in time without what it is for having been done: it counts nowhere.
    static let isVoid =
        "(stoppedAt <= dueAt AND stoppedBy IN ("
        + Clock.voidingEvents.sorted().map { "'\($0)'" }.joined(separator: ", ") + "))"

    /// Runs of clocks that were decided in the period, or are due in it and still run. What runs beyond its end has missed
    /// it, and what was given back in time (退单) is nobody's merit.
    static func clocks(_ period: ReportPeriod, at now: Date, in db: Database) throws -> [ClockFigure] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT clock, titleZh, titleEn, department,
                    sum(stoppedAt IS NOT NULL AND stoppedAt <= dueAt) AS met,
                    sum(CASE WHEN stoppedAt IS NULL THEN dueAt < :now ELSE stoppedAt > dueAt END) AS missed,
                    sum(stoppedAt IS NULL AND dueAt >= :now) AS running
                FROM ticketClock WHERE \(decidedAt) >= :start AND \(decidedAt) < :end AND \(isVoid) IS NOT 1
                GROUP BY clock, titleZh, titleEn, department
                """, arguments: ["now": now, "start": period.start, "end": period.end]
        ).map { row in
            ClockFigure(
                clock: row["clock"], title: LocalizedText(zhHans: row["titleZh"], en: row["titleEn"]),
                department: (row["department"] as String?).flatMap { DepartmentID($0) }, met: row["met"],
                missed: row["missed"], running: row["running"])
        }
    }
}
