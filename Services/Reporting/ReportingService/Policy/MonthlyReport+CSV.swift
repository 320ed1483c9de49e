import Contracts
import Foundation

extension MonthlyReport {
    /// The report as rows of a spreadsheet: section, id, title, measure, value. One value a row, so that every section has
    /// the same columns and a pivot table can take it.
    func rows(language: String) -> [[String]] {
        var rows = [["section", "id", "title", "measure", "value"]]
        rows += totalRows
        for (section, lines) in [("channel", byChannel), ("category", byCategory), ("severity", bySeverity)] {
            for line in lines {
                rows.append([section, line.id, line.title.text(for: language), "received", "\(line.received)"])
                rows.append([section, line.id, line.title.text(for: language), "closed", "\(line.closed)"])
            }
        }
        rows += byOutcome.map { ["outcome", $0.id, $0.title.text(for: language), "closed", "\($0.closed)"] }
        rows += departments.flatMap { $0.rows(language: language) }
        rows += onTime.flatMap { $0.rows(language: language) }
        return rows
    }

    private var totalRows: [[String]] {
        let counts: [(String, Int?)] = [
            ("openAtStart", totals.openAtStart), ("received", totals.received), ("closed", totals.closed),
            ("withdrawn", totals.withdrawn), ("merged", totals.merged), ("openAtEnd", totals.openAtEnd),
            ("excluded", totals.excluded), ("returns", totals.returns), ("reworks", totals.reworks),
            ("declines", totals.declines), ("chases", totals.chases), ("urgings", totals.urgings),
            ("averageHandlingSeconds", handling?.average), ("medianHandlingSeconds", handling?.median),
            ("p90HandlingSeconds", handling?.p90), ("longestHandlingSeconds", handling?.longest),
        ]
        return counts.map { ["total", month, "", $0.0, $0.1.map(String.init) ?? ""] }
            + [["total", month, "", "satisfaction", satisfaction.average.map { "\($0)" } ?? ""]]
    }
}

extension MonthlyReport.DepartmentLine {
    fileprivate func rows(language: String) -> [[String]] {
        let values: [(String, String)] = [
            ("received", "\(received)"), ("closed", "\(closed)"), ("assessed", "\(assessed)"),
            ("excluded", "\(excluded)"), ("satisfaction", satisfaction.map { "\($0)" } ?? ""),
            ("averageHandlingSeconds", averageHandlingSeconds.map(String.init) ?? ""), ("returns", "\(returns)"),
            ("reworks", "\(reworks)"), ("declines", "\(declines)"), ("met", "\(met)"), ("missed", "\(missed)"),
        ]
        return values.map { ["department", id, title.text(for: language), $0.0, $0.1] }
    }
}

extension MonthlyReport.ClockLine {
    fileprivate func rows(language: String) -> [[String]] {
        [("met", met), ("missed", missed), ("running", running)].map {
            ["clock", clock, title.text(for: language), $0.0, "\($0.1)"]
        }
    }
}
