import Contracts
import Foundation
import Procedure

/// How people and departments did by the pack's figures (考核). Rules W22, S16, V12.
///
/// What the pack excludes counts for nobody; `excluded` says how many complaints that were. Runs of clocks count in the
/// period in which they were decided, complaints in the one in which they were closed.
struct AssessmentReport: Hashable, Sendable, Codable {
    /// `2026-11` or `2026-Q4`.
    var period: String
    var from: Date
    var to: Date
    var generatedAt: Date
    /// Complaints that were closed in the period and count for nobody.
    var excluded: Int
    var indicators: [IndicatorResult]
}

/// One figure, for everybody whom it assesses.
struct IndicatorResult: Hashable, Sendable, Codable {
    var id: String
    var title: LocalizedText
    var measure: String
    /// The clock of `onTime`.
    var clock: String?
    /// Percent, or 1–5 for `averageSatisfaction`.
    var target: Int?
    /// True when the target is the most that is allowed.
    var isMost: Bool
    var subjects: [SubjectResult]
}

/// One figure for all employees, all departments, or the company.
struct SubjectResult: Hashable, Sendable, Codable {
    struct Line: Hashable, Sendable, Codable {
        /// A sign-in name, or a department's id; absent for the company, and for what is nobody's.
        var id: String?
        var title: LocalizedText
        /// What counts, or the sum of the answers of `averageSatisfaction`.
        var part: Int
        var whole: Int
        /// A share, 0–1; a mean, 1–5, of `averageSatisfaction`. Absent when there is nothing to divide by.
        var value: Double?
        /// Absent without a target or a value.
        var meetsTarget: Bool?
    }

    var subject: String
    var lines: [Line]
}

/// What the store counts for one figure and one subject.
struct AssessmentCount: Hashable, Sendable {
    /// A sign-in name or a department's id; absent for the company, and for what is nobody's.
    var id: String?
    /// Who it was, where that has still to be placed in a department.
    var employee: String?
    var part: Int
    var whole: Int
}

extension Indicator {
    /// Returning and handling again are to be rare; everything else is to be frequent.
    var isMost: Bool {
        switch measure {
        case .reworked, .returned: true
        case .onTime, .satisfied, .averageSatisfaction, .agreedAtOnce: false
        }
    }

    /// A line with its value, and whether the target is met.
    func line(_ count: AssessmentCount, of subject: Subject, title: LocalizedText) -> SubjectResult.Line {
        let value =
            measure == .averageSatisfaction
            ? ratio(count.part, count.whole).map { ($0 * 100).rounded() / 100 } : ratio(count.part, count.whole)
        // What is nobody's meets nobody's target.
        let isSomebodys = count.id != nil || subject == .company
        let meets = value.flatMap { isSomebodys ? $0 : nil }.flatMap { value in
            target.map { target in
                let bound = measure == .averageSatisfaction ? Double(target) : Double(target) / 100
                return isMost ? value <= bound : value >= bound
            }
        }
        return SubjectResult.Line(
            id: count.id, title: title, part: count.part, whole: count.whole, value: value, meetsTarget: meets)
    }

    /// The figure for everybody, the best first; what is nobody's last.
    func result(_ counts: [(Subject, [AssessmentCount])], titles: Titles) -> IndicatorResult {
        let subjects = counts.map { subject, counts in
            let lines = counts.filter { $0.whole > 0 }.map {
                line($0, of: subject, title: title($0, subject, titles))
            }
            let ordered = lines.sorted { left, right in
                if (left.id == nil) != (right.id == nil) { return right.id == nil }
                let (first, second) = (left.value ?? 0, right.value ?? 0)
                if first != second { return isMost ? first < second : first > second }
                return (-left.whole, left.id ?? "") < (-right.whole, right.id ?? "")
            }
            return SubjectResult(subject: subject.rawValue, lines: ordered)
        }
        return IndicatorResult(
            id: id, title: self.title, measure: measure.rawValue, clock: clock, target: target, isMost: isMost,
            subjects: subjects)
    }

    private func title(_ count: AssessmentCount, _ subject: Subject, _ titles: Titles) -> LocalizedText {
        switch (subject, count.id) {
        case (.company, _): LocalizedText(zhHans: "全公司", en: "The company")
        case (.department, let id?): titles.department(DepartmentID(id))
        case (.employee, let id?): LocalizedText(zhHans: id, en: id)
        case (_, nil): LocalizedText(zhHans: "未归属", en: "nobody's")
        }
    }
}

extension AssessmentReport {
    /// As rows of a spreadsheet, one value a row.
    func rows(language: String) -> [[String]] {
        var rows = [["indicator", "title", "subject", "id", "part", "whole", "value", "target", "meetsTarget"]]
        for indicator in indicators {
            for subject in indicator.subjects {
                rows += subject.lines.map { indicator.row($0, of: subject.subject, language: language) }
            }
        }
        return rows
    }
}

extension IndicatorResult {
    fileprivate func row(_ line: SubjectResult.Line, of subject: String, language: String) -> [String] {
        var row = [id, title.text(for: language), subject, line.id ?? "", "\(line.part)", "\(line.whole)"]
        row.append(line.value.map { "\($0)" } ?? "")
        row.append(target.map(String.init) ?? "")
        row.append(line.meetsTarget.map { $0 ? "yes" : "no" } ?? "")
        return row
    }
}
