import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

extension ReportingStore {
    /// What the pack's report for such a period holds beyond the counted figures; nothing of it without a rule.
    func parts(
        _ period: ReportPeriod, of rule: ReportRule?, pack: PolicyPack, titles: Titles, at now: Date
    ) async throws -> ReportParts {
        guard let rule else { return ReportParts() }
        let needed = try await measureNeeds(limit: 1000).count
        return try await database.read { db in
            let reading = PartReading(period: period, titles: titles, now: now, db: db)
            var parts = ReportParts(rule: rule.id, title: rule.title, contents: rule.contents.map(\.rawValue))
            parts.to = rule.to.map { id in pack.title(ofRecipient: id) ?? LocalizedText(zhHans: id, en: id) }
            parts.dueAt = pack.due(rule, at: period.end)?.dueAt
            let contents = Set(rule.contents)
            if contents.contains(.causes) { parts.causes = try reading.causes() }
            if contents.contains(.improvements) { parts.improvements = try reading.improvements(needed: needed) }
            if contents.contains(.trend) { parts.trend = try reading.trend() }
            if contents.contains(.warnings) { parts.warnings = try reading.warnings() }
            if contents.contains(.cases) { parts.cases = try reading.cases() }
            return parts
        }
    }
}

/// Reads the parts of one report, within one reading of the store.
private struct PartReading {
    let period: ReportPeriod
    let titles: Titles
    let now: Date
    let db: Database

    /// The commonest root causes that investigations of the period found (产生原因), without personal data.
    func causes() throws -> [ReportParts.Cause] {
        let masking = RecordMasking(Complainant())
        return try Row.fetchAll(
            db,
            sql: """
                SELECT trim(json_extract(CAST(payload AS TEXT), '$.rootCause')) AS cause, count(*) AS count,
                    group_concat(DISTINCT department) AS departments
                FROM event WHERE type = ? AND time >= ? AND time < ?
                    AND NOT EXISTS (SELECT 1 FROM restricted WHERE restricted.ticket = event.ticket)
                GROUP BY 1 HAVING cause <> '' ORDER BY 2 DESC, 1 LIMIT 10
                """, arguments: [CaseInvestigated.type.name, period.start, period.end]
        ).map { row in
            let ids = ((row["departments"] as String?) ?? "").split(separator: ",").map(String.init).sorted()
            return ReportParts.Cause(
                cause: masking.text(row["cause"]), count: row["count"],
                departments: ids.map { titles.department(DepartmentID($0)) })
        }
    }

    func improvements(needed: Int) throws -> ReportParts.Improvements {
        let range: StatementArguments = [period.start, period.end]
        return ReportParts.Improvements(
            measures: try Measure.filter(sql: "setAt >= ? AND setAt < ?", arguments: range).order(Column("id"))
                .fetchAll(db),
            needed: needed,
            suggestions: try Suggestion.filter(
                sql: "answeredAt >= ? AND answeredAt < ? AND verdict IN ('adopted', 'partly')", arguments: range
            ).order(Column("id")).fetchAll(db))
    }

    /// The last twelve whole months until the period's end, or until now.
    func trend() throws -> Trend {
        let end = min(period.end, now)
        var months: [Trend.Month] = []
        var month = ReportPeriod.month(containing: end, in: period.timeZone)
        let next = month
        for _ in 0..<12 {
            guard let known = month,
                let before = ReportPeriod.month(containing: known.start.addingTimeInterval(-1), in: period.timeZone)
            else { break }
            months.insert(
                Trend.Month(
                    month: ReportPeriod.monthText(of: before.start, in: period.timeZone),
                    received: try received(before)), at: 0)
            month = before
        }
        return Trend(months, next: next.map { ReportPeriod.monthText(of: $0.start, in: period.timeZone) } ?? "")
    }

    func warnings() throws -> ReportParts.Warnings {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) AS received, sum(department IS NOT NULL) AS passedOn, sum(closedAt IS NOT NULL) AS closed
                FROM ticket WHERE registeredAt >= ? AND registeredAt < ? AND kind = ?
                """, arguments: [period.start, period.end, ComplaintKind.warning.rawValue])
        return ReportParts.Warnings(
            received: row?["received"] ?? 0, passedOn: row?["passedOn"] ?? 0, closed: row?["closed"] ?? 0)
    }

    func cases() throws -> [ReportParts.CaseLine] {
        try CaseFile.filter(sql: "publishedAt >= ? AND publishedAt < ?", arguments: [period.start, period.end])
            .order(Column("id")).fetchAll(db).map {
                ReportParts.CaseLine(id: $0.id ?? 0, title: $0.text.title, ticket: $0.ticket)
            }
    }

    private func received(_ month: ReportPeriod) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM ticket WHERE registeredAt >= ? AND registeredAt < ?",
            arguments: [month.start, month.end]) ?? 0
    }
}
