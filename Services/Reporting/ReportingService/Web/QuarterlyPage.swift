import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// The quarterly report (季度报告) beside the monthly one, with what the pack lists for it. Rules W14, W15.
struct QuarterlyPage: Sendable {
    let desk: ReportingDesk
    let pack: PolicyPack
    let rule: ReportRule

    /// - Parameter page: The page for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ page: @escaping @Sendable () throws -> QuarterlyPage) {
        let pages = routes.staff("/reporting/reports/quarterly", roles: ReportingAccess.readers)
        pages.get { _, context in
            context.redirect(to: try page().address(context.now))
        }
        pages.get("{quarter}") { _, context in try await page().page(context) }
        let programs = routes.staff("/reporting/api/reports/quarterly", roles: ReportingAccess.readers)
        programs.get("{quarter}") { _, context in
            let (report, _, parts) = try await page().report(context)
            guard try context.wantsSpreadsheet else {
                return try context.json(ReportAnswer(report: report, parts: parts))
            }
            return context.spreadsheet(
                report.rows(language: context.language.tag), name: "complaints-\(report.month)")
        }
    }

    private func page(_ context: SignedInContext) async throws -> Response {
        let (report, period, parts) = try await report(context)
        let showing = Showing(context: context, titles: desk.titles)
        var view = ReportView(report: report, showing: showing)
        view.heading = showing.text(rule.title)
        view.contents = Set(rule.contents)
        view.path = "quarterly"
        var data = view.data
        data["parts"] = ReportPartsView(parts: parts, showing: showing).data
        data["previous"] = address(period.start.addingTimeInterval(-1))
        if period.end <= context.now { data["next"] = address(period.end) }
        return try desk.frame.page("report", data, at: .quarterly, context)
    }

    private func address(_ instant: Date) -> String {
        "/reporting/reports/quarterly/\(ReportPeriod.quarterText(of: instant, in: pack.timeZone))"
    }

    /// - Throws: `Problem` with 404 for what is no quarter.
    private func report(
        _ context: SignedInContext
    ) async throws -> (MonthlyReport, ReportPeriod, ReportParts) {
        guard let name = context.parameters.get("quarter"),
            let period = ReportPeriod.quarter(name, in: pack.timeZone)
        else { throw Problem.notFound(Phrase("reporting.problem.period")) }
        let figures = try await desk.store.figures(period, at: context.now)
        let report = MonthlyReport(
            month: name, period: period, figures: figures, titles: desk.titles, at: context.now)
        let parts = try await desk.store.parts(period, of: rule, pack: pack, titles: desk.titles, at: context.now)
        return (report, period, parts)
    }
}

/// A report as JSON: the counted figures, and what the pack lists besides.
struct ReportAnswer: Encodable, Sendable {
    let report: MonthlyReport
    let parts: ReportParts

    private enum CodingKeys: String, CodingKey { case parts }

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parts, forKey: .parts)
    }
}
