import Contracts
import Foundation

/// A month's report as Reporting answers it, in a few lines: what the pack calls it, who gets it, and how many.
struct ReportSheet {
    private let report: JSONTree

    init(_ report: JSONTree) { self.report = report }

    func text(_ language: String) -> String {
        let english = language == "en"
        let title = report["parts"]?["title"]?[language]?.textValue ?? (english ? "Monthly report" : "客户投诉月报")
        let recipients = (report["parts"]?["to"]?.members ?? []).compactMap { $0[language]?.textValue }
        var heading = "\(title)  \(report["month"]?.textValue ?? "")"
        if !recipients.isEmpty {
            heading +=
                english ? "  to \(recipients.joined(separator: ", "))" : "  报：\(recipients.joined(separator: "、"))"
        }
        let lines = [heading, String(repeating: "─", count: TextTable.width(heading)), totals(english)]
        return (lines + departments(language)).joined(separator: "\n")
    }

    private func totals(_ english: Bool) -> String {
        let words = [
            ("received", "受理"), ("closed", "办结"), ("openAtEnd", "未结"), ("declines", "客户不同意"), ("reworks", "返工"),
            ("urgings", "督办"), ("chases", "催单"),
        ]
        var line = words.map { key, word in
            "\(english ? key : word) \(report["totals"]?[key]?.numberText ?? "–")"
        }
        if case .number(let score)? = report["satisfaction"]?["average"] {
            let average = String(format: "%.1f", NSDecimalNumber(decimal: score).doubleValue)
            line.append(english ? "satisfaction \(average) of 5" : "平均满意度 \(average)（满分 5）")
        }
        return line.joined(separator: "   ")
    }

    /// Departments with something to report.
    private func departments(_ language: String) -> [String] {
        (report["departments"]?.members ?? []).compactMap { department in
            guard let title = department["title"]?[language]?.textValue,
                let received = department["received"]?.numberText, received != "0"
            else { return nil }
            let closed = department["closed"]?.numberText ?? "–"
            return language == "en"
                ? "\(title): received \(received), closed \(closed)" : "\(title)：受理 \(received)，办结 \(closed)"
        }
    }
}
