import Contracts
import Foundation
import Hummingbird
import Web

extension ReportingDesk {
    /// How many days the dashboard looks back.
    private static let spans = [7, 30, 90]

    /// - Throws: `Problem` with 422 for a span that is not offered.
    private func span(_ context: SignedInContext) throws -> Int {
        var fields = Fields(form: try URLEncodedForm.parse(context.visit.uri.query ?? ""))
        let word = fields.choice("days", of: Self.spans.map(String.init), required: false)
        try fields.check()
        return word.flatMap { Int($0) } ?? 30
    }

    func dashboard(_ context: SignedInContext) async throws -> Response {
        let span = try span(context)
        let now = context.now
        let period = ReportPeriod.days(span, until: now, in: timeZone)
        let figures = try await store.figures(period, at: now)
        let report = MonthlyReport(
            month: "\(period.firstDay) – \(period.lastDay)", period: period, figures: figures, titles: titles, at: now)
        let dashboard = Dashboard(
            showing: Showing(context: context, titles: titles), period: period, report: report,
            ages: try await store.openByAge(at: now), days: try await store.days(period),
            overdue: try await store.overdue(at: now))
        var data = dashboard.data
        data["spans"] = Self.spans.map { days -> [String: Any] in
            [
                "address": "/reporting/?days=\(days)", "isHere": days == span,
                "title": context.text("reporting.dashboard.span", ["days": "\(days)"]),
            ]
        }
        data["monthLink"] = "/reporting/reports/monthly/\(ReportPeriod.monthText(of: now, in: timeZone))"
        return try frame.page("dashboard", data, at: .overview, context)
    }
}

/// The dashboard's numbers as its template needs them; each leads to the tickets that it counts.
struct Dashboard {
    let showing: Showing
    let period: ReportPeriod
    let report: MonthlyReport
    let ages: [AgeFigure]
    let days: [DayFigure]
    let overdue: Int

    var data: [String: Any] {
        [
            "period": report.month, "tiles": tiles, "bands": AgeBand.all.map(bandTitle), "ages": ageRows,
            "chart": Charts.days(days.map(chartDay)), "dayRows": days.reversed().map(dayRow),
            "categories": lines(report.byCategory, "category"), "channels": lines(report.byChannel, "channel"),
            "clocks": clocks, "scores": scores, "departments": departments,
            "satisfaction": showing.score(report.satisfaction.average), "answers": report.satisfaction.answers,
        ]
    }

    private var tiles: [[String: Any]] {
        let open = ages.flatMap(\.counts).reduce(0, +)
        let today = days.last
        let day = period.lastDay
        return [
            tile("open", "\(open)", [("state", "open")]),
            tile("overdue", "\(overdue)", [("overdue", "1"), ("state", "open")]),
            tile("receivedToday", "\(today?.received ?? 0)", [("from", day), ("to", day)]),
            tile("closedToday", "\(today?.closed ?? 0)", [("closedFrom", day), ("closedTo", day)]),
            tile("satisfaction", showing.score(report.satisfaction.average), closedRange),
            tile("handling", showing.duration(report.handling?.median), closedRange),
        ]
    }

    private func tile(_ key: String, _ value: String, _ filter: [(String, String?)]) -> [String: Any] {
        [
            "title": showing.context.text("reporting.tile.\(key)"), "value": value,
            "address": TicketLink.list(filter),
        ]
    }

    private var range: [(String, String?)] { [("from", period.firstDay), ("to", period.lastDay)] }
    private var closedRange: [(String, String?)] {
        [("closedFrom", period.firstDay), ("closedTo", period.lastDay)]
    }

    private func bandTitle(_ band: AgeBand) -> String {
        let key = band.untilDays == nil ? "reporting.dashboard.older" : "reporting.dashboard.band"
        return showing.context.text(key, ["from": "\(band.fromDays)", "to": "\(band.untilDays ?? 0)"])
    }

    /// States with nothing in them are left out; the row leads to the list.
    private var ageRows: [[String: Any]] {
        let widest = ages.map { $0.counts.reduce(0, +) }.max() ?? 0
        return ages.filter { $0.counts.contains { $0 > 0 } }.map { figure in
            let total = figure.counts.reduce(0, +)
            let cells = zip(AgeBand.all, figure.counts).map { band, count -> [String: Any] in
                let filter = [
                    ("state", figure.state.rawValue), ("ageFrom", "\(band.fromDays)"),
                    ("ageTo", band.untilDays.map(String.init)),
                ]
                return count == 0 ? [:] : ["value": ["count": count, "address": TicketLink.list(filter)]]
            }
            return [
                "title": showing.state(figure.state), "total": total, "cells": cells,
                "address": TicketLink.list([("state", figure.state.rawValue)]),
                "width": Charts.width(total, of: widest),
            ]
        }
    }

    private func chartDay(_ figure: DayFigure) -> Charts.Day {
        let day = figure.day.firstDay
        let title = showing.context.text(
            "reporting.dashboard.dayTitle",
            ["day": day, "received": "\(figure.received)", "closed": "\(figure.closed)"])
        return Charts.Day(
            label: String(day.dropFirst(5)), title: title, received: figure.received, closed: figure.closed,
            link: TicketLink.list([("from", day), ("to", day)]))
    }

    private func dayRow(_ figure: DayFigure) -> [String: Any] {
        ["day": figure.day.firstDay, "received": figure.received, "closed": figure.closed]
    }

    private func lines(_ lines: [MonthlyReport.Line], _ parameter: String) -> [[String: Any]] {
        let widest = lines.map(\.received).max() ?? 0
        return lines.map { line in
            [
                "title": showing.text(line.title), "received": line.received, "closed": line.closed,
                "share": showing.percent(line.share), "cumulative": showing.percent(line.cumulativeShare),
                "width": Charts.width(line.received, of: widest),
                "address": TicketLink.list(range + [(parameter, line.id.isEmpty ? TicketFilter.undecided : line.id)]),
            ]
        }
    }

    private var clocks: [[String: Any]] {
        report.onTime.filter { $0.met + $0.missed > 0 }.map { line in
            [
                "title": showing.text(line.title), "met": line.met, "missed": line.missed, "running": line.running,
                "rate": showing.percent(line.rate), "width": Int((line.rate ?? 0) * 100),
            ]
        }
    }

    private var scores: [[String: Any]] {
        let widest = report.satisfaction.distribution.max() ?? 0
        return report.satisfaction.distribution.enumerated().reversed().map { index, count in
            [
                "title": showing.context.text("reporting.score.\(index + 1)"), "count": count,
                "width": Charts.width(count, of: widest),
            ]
        }
    }

    private var departments: [[String: Any]] {
        report.departments.map { line in
            DepartmentRow(line, showing).data.merging([
                "address": TicketLink.list(closedRange + [("department", line.id)])
            ]) { $1 }
        }
    }
}

/// A department's line as tables show it.
struct DepartmentRow {
    let data: [String: Any]

    init(_ line: MonthlyReport.DepartmentLine, _ showing: Showing) {
        data = [
            "title": showing.text(line.title), "received": line.received, "closed": line.closed,
            "assessed": line.assessed, "excluded": line.excluded, "satisfaction": showing.score(line.satisfaction),
            "handling": showing.duration(line.averageHandlingSeconds), "returns": line.returns,
            "reworks": line.reworks, "declines": line.declines, "onTime": showing.percent(line.onTimeRate),
        ]
    }
}
