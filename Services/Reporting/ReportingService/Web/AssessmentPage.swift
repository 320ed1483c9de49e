import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// The assessment of employees and departments (考核) for a month or a quarter, as a page, as JSON and as a spreadsheet.
/// Rules W22, S16, V12.
struct AssessmentPage: Sendable {
    let store: ReportingStore
    let pack: PolicyPack
    let frame: ReportingFrame
    let titles: Titles

    /// - Parameter page: The page for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ page: @escaping @Sendable () throws -> AssessmentPage) {
        let pages = routes.staff("/reporting/reports/assessment", roles: ReportingAccess.assessors)
        pages.get { _, context in
            let month = ReportPeriod.monthText(of: context.now, in: try page().pack.timeZone)
            return context.redirect(to: "/reporting/reports/assessment/\(month)")
        }
        pages.get("{period}") { _, context in try await page().page(context) }
        let programs = routes.staff("/reporting/api/reports/assessment", roles: ReportingAccess.assessors)
        programs.get("{period}") { _, context in try await page().answer(context) }
    }

    private func answer(_ context: SignedInContext) async throws -> Response {
        let (report, _) = try await report(context)
        guard try context.wantsSpreadsheet else { return try context.json(report) }
        return context.spreadsheet(report.rows(language: context.language.tag), name: "assessment-\(report.period)")
    }

    private func page(_ context: SignedInContext) async throws -> Response {
        let (report, period) = try await report(context)
        let showing = Showing(context: context, titles: titles)
        var data: [String: Any] = [
            "period": report.period, "excluded": report.excluded, "generated": context.time(report.generatedAt),
            "csv": "/reporting/api/reports/assessment/\(report.period)?format=csv",
            "indicators": report.indicators.map { indicator($0, showing) },
            "previous": address(period.start.addingTimeInterval(-1), like: report.period),
        ]
        if period.end <= context.now { data["next"] = address(period.end, like: report.period) }
        let quarter = ReportPeriod.quarterText(of: period.start, in: pack.timeZone)
        let month = ReportPeriod.monthText(of: min(period.end.addingTimeInterval(-1), context.now), in: pack.timeZone)
        let other = report.period.contains("Q") ? ("month", month) : ("quarter", quarter)
        data["other"] = [
            "name": context.text("reporting.assessment.\(other.0)"),
            "address": "/reporting/reports/assessment/\(other.1)",
        ]
        return try frame.page("assessment", data, at: .assessment, context)
    }

    private func address(_ instant: Date, like period: String) -> String {
        let name =
            period.contains("Q")
            ? ReportPeriod.quarterText(of: instant, in: pack.timeZone)
            : ReportPeriod.monthText(of: instant, in: pack.timeZone)
        return "/reporting/reports/assessment/\(name)"
    }

    /// - Throws: `Problem` with 404 for what is neither month nor quarter.
    private func report(_ context: SignedInContext) async throws -> (AssessmentReport, ReportPeriod) {
        guard let name = context.parameters.get("period"),
            let period = ReportPeriod.named(name, in: pack.timeZone),
            let report = try await store.assessment(
                period, name: name, pack: pack, titles: titles, at: context.now,
                departmentOf: { [staff = context.site.staff] in staff.user(named: $0)?.department })
        else { throw Problem.notFound(Phrase("reporting.problem.period")) }
        return (report, period)
    }

    private func indicator(_ result: IndicatorResult, _ showing: Showing) -> [String: Any] {
        let isMean = result.measure == Indicator.Measure.averageSatisfaction.rawValue
        var data: [String: Any] = [
            "name": showing.text(result.title),
            "subjects": result.subjects.map { subject -> [String: Any] in
                [
                    "name": showing.context.text("reporting.assessment.subject.\(subject.subject)"),
                    "rows": subject.lines.map { row($0, isMean: isMean, showing) }, "isEmpty": subject.lines.isEmpty,
                ]
            },
        ]
        data["target"] = result.target.map { target in
            (result.isMost ? "≤ " : "≥ ") + (isMean ? "\(target)" : "\(target)\u{A0}%")
        }
        return data
    }

    private func row(_ line: SubjectResult.Line, isMean: Bool, _ showing: Showing) -> [String: Any] {
        var row: [String: Any] = [
            "name": showing.text(line.title),
            "count": isMean ? "\(line.whole)" : "\(line.part)\u{A0}/\u{A0}\(line.whole)",
            "value": isMean ? showing.score(line.value) : showing.percent(line.value),
            "width": isMean ? Int((line.value ?? 0) * 20) : Int((line.value ?? 0) * 100),
        ]
        row["verdict"] = line.meetsTarget.map { meets in
            showing.context.badge(
                showing.context.text(meets ? "reporting.assessment.met" : "reporting.assessment.missed"),
                meets ? .good : .bad)
        }
        return row
    }
}

extension SignedInContext {
    /// Whether a spreadsheet is asked for, by `format=csv` or by `Accept`.
    var wantsSpreadsheet: Bool {
        get throws {
            var fields = Fields(form: try URLEncodedForm.parse(visit.uri.query ?? ""))
            let format = fields.choice("format", of: ["csv", "json"], required: false)
            try fields.check()
            return format.map { $0 == "csv" } ?? (visit.head.headerFields[.accept]?.contains("text/csv") == true)
        }
    }

    /// Rows as a file that a spreadsheet opens.
    func spreadsheet(_ rows: [[String]], name: String) -> Response {
        var headers: HTTPFields = [.contentType: "text/csv; charset=utf-8; header=present"]
        headers[.contentDisposition] = "attachment; filename=\"\(name).csv\""
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: CSV.data(rows))))
    }
}
