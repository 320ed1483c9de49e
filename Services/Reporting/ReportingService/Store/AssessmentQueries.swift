import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

extension ReportingStore {
    /// The assessment of one period by the pack's figures. Absent when the pack assesses nobody.
    ///
    /// - Parameter departmentOf: where a member of staff works, for what no department holds, such as the registering.
    func assessment(
        _ period: ReportPeriod, name: String, pack: PolicyPack, titles: Titles, at now: Date,
        departmentOf: @escaping @Sendable (String) -> String?
    ) async throws -> AssessmentReport? {
        guard let assessment = pack.assessment else { return nil }
        return try await database.read { db in
            let counting = AssessmentCounting(
                period: period, pack: pack, now: now, db: db, departmentOf: departmentOf)
            let indicators = try assessment.indicators.map { indicator in
                indicator.result(
                    try indicator.by.map { ($0, try counting.counts(indicator, by: $0)) }, titles: titles)
            }
            return AssessmentReport(
                period: name, from: period.start, to: period.end, generatedAt: now,
                excluded: try counting.excluded(), indicators: indicators)
        }
    }

    /// Notes that a complaint that has come to its end counts for nobody.
    func exclude(_ closed: ClosedComplaint, by pack: PolicyPack, in unit: UnitOfWork) throws {
        guard let because = closed.exclusion(by: pack) else { return }
        try unit.db.execute(
            sql: "INSERT OR IGNORE INTO exclusion (ticket, because) VALUES (?, ?)",
            arguments: [closed.summary.number.text, String(decoding: try JSONEncoder().encode(because), as: UTF8.self)])
    }
}

/// Counts what the figures need, within one reading of the store.
private struct AssessmentCounting {
    let period: ReportPeriod
    let pack: PolicyPack
    let now: Date
    let db: Database
    let departmentOf: (String) -> String?

    func excluded() throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM ticket WHERE closedAt >= ? AND closedAt < ?
                    AND EXISTS (SELECT 1 FROM exclusion WHERE exclusion.ticket = ticket.number)
                """, arguments: [period.start, period.end]) ?? 0
    }

    func counts(_ indicator: Indicator, by subject: Indicator.Subject) throws -> [AssessmentCount] {
        switch indicator.measure {
        case .onTime: try runs(of: indicator.clock ?? "", by: subject)
        case .satisfied:
            try tickets(
                "satisfaction >= \(pack.callback.satisfiedFrom)", where: "satisfaction IS NOT NULL", by: subject)
        case .averageSatisfaction: try tickets("satisfaction", where: "satisfaction IS NOT NULL", by: subject)
        case .agreedAtOnce:
            try tickets(
                "declines = 0", where: "instr(CAST(moments AS TEXT), '\"solution.accepted\"') > 0", by: subject)
        case .reworked: try tickets("reworks > 0", where: "department IS NOT NULL", by: subject)
        case .returned: try assignments(by: subject)
        }
    }

    /// Clocks: how many of the runs that were decided in the period stopped in time.
    private func runs(of clock: String, by subject: Indicator.Subject) throws -> [AssessmentCount] {
        let counts = try rows(
            """
            SELECT \(key(subject, employee: "employee")) AS id, employee, sum(stoppedAt IS NOT NULL AND stoppedAt <= dueAt) AS part,
                count(*) AS whole
            FROM ticketClock
            WHERE \(Figures.decidedAt) >= :start AND \(Figures.decidedAt) < :end AND clock = :clock
                AND NOT (stoppedAt IS NULL AND dueAt >= :now) AND \(Figures.isVoid) IS NOT 1
                AND NOT EXISTS (SELECT 1 FROM exclusion WHERE exclusion.ticket = ticketClock.ticket)
            GROUP BY 1, 2
            """, ["start": period.start, "end": period.end, "clock": clock, "now": now])
        let placed = counts.map { count in
            guard subject == .department, count.id == nil else { return count }
            return AssessmentCount(
                id: count.employee.flatMap(departmentOf), part: count.part, whole: count.whole)
        }
        return Dictionary(grouping: placed, by: \.id).map { id, counts in
            AssessmentCount(
                id: id, part: counts.reduce(0) { $0 + $1.part }, whole: counts.reduce(0) { $0 + $1.whole })
        }
    }

    /// Complaints that were closed in the period.
    private func tickets(
        _ part: String, where condition: String, by subject: Indicator.Subject
    ) throws -> [AssessmentCount] {
        try rows(
            """
            SELECT \(key(subject, employee: "owner")) AS id, sum(\(part)) AS part, count(*) AS whole FROM ticket
            WHERE closedAt >= :start AND closedAt < :end AND \(condition)
                AND NOT EXISTS (SELECT 1 FROM exclusion WHERE exclusion.ticket = ticket.number)
            GROUP BY 1
            """, ["start": period.start, "end": period.end])
    }

    /// How many assignments of the period were given back (退单). Assignments are to departments, not to people.
    private func assignments(by subject: Indicator.Subject) throws -> [AssessmentCount] {
        guard subject != .employee else { return [] }
        return try rows(
            """
            SELECT \(key(subject, employee: "NULL")) AS id, sum(type = :returned) AS part,
                sum(type = :assigned) AS whole
            FROM event WHERE type IN (:returned, :assigned) AND time >= :start AND time < :end GROUP BY 1
            """,
            [
                "returned": CaseReturned.type.name, "assigned": CaseAssigned.type.name, "start": period.start,
                "end": period.end,
            ])
    }

    private func key(_ subject: Indicator.Subject, employee: String) -> String {
        switch subject {
        case .employee: employee
        case .department: "department"
        case .company: "NULL"
        }
    }

    private func rows(
        _ sql: String, _ arguments: [String: any DatabaseValueConvertible]
    ) throws -> [AssessmentCount] {
        try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).map { row in
            AssessmentCount(
                id: row["id"], employee: row.hasColumn("employee") ? row["employee"] : nil, part: row["part"] ?? 0,
                whole: row["whole"] ?? 0)
        }
    }
}
