import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

extension ReportingDesk {
    func monthlyPage(_ context: SignedInContext) async throws -> Response {
        let report = try await monthly(context)
        let showing = Showing(context: context, titles: titles)
        var data = ReportView(report: report, showing: showing).data
        var parts = ReportPartsView(parts: try await parts(of: report, context), showing: showing).data
        if frame.sections.measures, context.identity.has(any: ReportingAccess.setters) {
            parts["setMeasure"] = "/reporting/measures?new=1&month=\(report.month)#set"
        }
        data["parts"] = parts
        data["previous"] = "/reporting/reports/monthly/\(neighbour(report.from.addingTimeInterval(-1)))"
        if report.to <= context.now { data["next"] = "/reporting/reports/monthly/\(neighbour(report.to))" }
        return try frame.page("report", data, at: .monthly, context)
    }

    /// What the pack lists for its monthly report.
    func parts(of report: MonthlyReport, _ context: SignedInContext) async throws -> ReportParts {
        guard let pack, let period = ReportPeriod.month(report.month, in: timeZone) else { return ReportParts() }
        let rule = pack.reports.first { $0.every == .month }
        return try await store.parts(period, of: rule, pack: pack, titles: titles, at: context.now)
    }

    private func neighbour(_ instant: Date) -> String { ReportPeriod.monthText(of: instant, in: timeZone) }
}

/// The monthly report as its template needs it.
struct ReportView {
    let report: MonthlyReport
    let showing: Showing
    /// What the report is called; absent: the monthly report.
    var heading: String?
    /// Which of the counted figures are shown; absent: all.
    var contents: Set<ReportRule.Content>?
    /// The last word but one of its address.
    var path = "monthly"

    private func has(_ contents: ReportRule.Content...) -> Bool {
        guard let listed = self.contents else { return true }
        return !listed.isDisjoint(with: contents)
    }

    private var shown: [String: Any] {
        [
            "overview": has(.overview), "satisfaction": has(.satisfaction), "clocks": has(.clocks),
            "departments": has(.departments),
        ]
    }

    var data: [String: Any] {
        [
            "previousText": showing.context.text(
                path == "monthly" ? "reporting.report.previous" : "reporting.assessment.previous"),
            "nextText": showing.context.text(
                path == "monthly" ? "reporting.report.next" : "reporting.assessment.next"),
            "heading": heading ?? showing.context.text("reporting.report.title"), "shows": shown,
            "month": monthTitle, "id": report.month, "generated": showing.context.time(report.generatedAt),
            "isOver": report.to <= report.generatedAt, "totals": totals, "handling": handling,
            "csv": "/reporting/api/reports/\(path)/\(report.month)?format=csv",
            "sections": sections,
            "outcomes": report.byOutcome.map { line -> [String: Any] in
                ["title": showing.text(line.title), "closed": line.closed, "share": showing.percent(line.share)]
            },
            "scores": scores, "average": showing.score(report.satisfaction.average),
            "answers": report.satisfaction.answers, "departments": departments, "clocks": clocks,
            "excluded": report.totals.excluded, "zone": report.timeZone,
        ]
    }

    private var sections: [[String: Any]] {
        (has(.distribution) ? [section("channel", report.byChannel)] : [])
            + (has(.categories)
                ? [section("category", report.byCategory), section("severity", report.bySeverity)] : [])
    }

    private var monthTitle: String {
        let parts = report.month.split(separator: "-")
        if parts[1].hasPrefix("Q") {
            return showing.context.text(
                "reporting.report.quarter", ["year": String(parts[0]), "quarter": String(parts[1].dropFirst())])
        }
        return showing.context.text(
            "reporting.report.month", ["year": String(parts[0]), "month": String(Int(parts[1]) ?? 0)])
    }

    private var totals: [[String: Any]] {
        let totals = report.totals
        let values: [(String, Int)] = [
            ("openAtStart", totals.openAtStart), ("received", totals.received), ("closed", totals.closed),
            ("withdrawn", totals.withdrawn), ("merged", totals.merged), ("openAtEnd", totals.openAtEnd),
            ("excluded", totals.excluded), ("returns", totals.returns), ("reworks", totals.reworks),
            ("declines", totals.declines), ("chases", totals.chases), ("urgings", totals.urgings),
        ]
        return values.map { ["title": showing.context.text("reporting.total.\($0.0)"), "value": "\($0.1)"] }
    }

    private var handling: [[String: Any]] {
        let handling = report.handling
        let values: [(String, Int?)] = [
            ("average", handling?.average), ("median", handling?.median), ("p90", handling?.p90),
            ("longest", handling?.longest),
        ]
        return values.map {
            ["title": showing.context.text("reporting.handling.\($0.0)"), "value": showing.duration($0.1)]
        }
    }

    private func section(_ key: String, _ lines: [MonthlyReport.Line]) -> [String: Any] {
        let widest = lines.map(\.received).max() ?? 0
        let rows = lines.map { line -> [String: Any] in
            [
                "title": showing.text(line.title), "received": line.received, "closed": line.closed,
                "share": showing.percent(line.share), "cumulative": showing.percent(line.cumulativeShare),
                "width": Charts.width(line.received, of: widest),
            ]
        }
        return ["title": showing.context.text("reporting.report.by.\(key)"), "rows": rows, "isEmpty": rows.isEmpty]
    }

    private var scores: [[String: Any]] {
        report.satisfaction.distribution.enumerated().map { index, count in
            ["title": showing.context.text("reporting.score.\(index + 1)"), "count": count]
        }
    }

    private var departments: [[String: Any]] { report.departments.map { DepartmentRow($0, showing).data } }

    private var clocks: [[String: Any]] {
        report.onTime.map { line in
            [
                "title": showing.text(line.title), "met": line.met, "missed": line.missed, "running": line.running,
                "rate": showing.percent(line.rate),
            ]
        }
    }
}
