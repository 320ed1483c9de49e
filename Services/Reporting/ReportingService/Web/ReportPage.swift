import Contracts
import Foundation
import Hummingbird
import Web

extension ReportingDesk {
    func monthlyPage(_ context: SignedInContext) async throws -> Response {
        let report = try await monthly(context)
        let showing = Showing(context: context, titles: titles)
        var data = ReportView(report: report, showing: showing).data
        data["previous"] = "/reporting/reports/monthly/\(neighbour(report.from.addingTimeInterval(-1)))"
        if report.to <= context.now { data["next"] = "/reporting/reports/monthly/\(neighbour(report.to))" }
        return try frame.page("report", data, at: .monthly, context)
    }

    private func neighbour(_ instant: Date) -> String { ReportPeriod.monthText(of: instant, in: timeZone) }
}

/// The monthly report as its template needs it.
struct ReportView {
    let report: MonthlyReport
    let showing: Showing

    var data: [String: Any] {
        [
            "month": monthTitle, "id": report.month, "generated": showing.context.time(report.generatedAt),
            "isOver": report.to <= report.generatedAt, "totals": totals, "handling": handling,
            "csv": "/reporting/api/reports/monthly/\(report.month)?format=csv",
            "sections": [
                section("channel", report.byChannel), section("category", report.byCategory),
                section("severity", report.bySeverity),
            ],
            "outcomes": report.byOutcome.map { line -> [String: Any] in
                ["title": showing.text(line.title), "closed": line.closed, "share": showing.percent(line.share)]
            },
            "scores": scores, "average": showing.score(report.satisfaction.average),
            "answers": report.satisfaction.answers, "departments": departments, "clocks": clocks,
            "excluded": report.totals.excluded, "zone": report.timeZone,
        ]
    }

    private var monthTitle: String {
        let parts = report.month.split(separator: "-")
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
