import Contracts
import Foundation
import Procedure

/// Which surveys the pack asks for, and when each is due again. Rules S17, W23.
struct SurveySchedule: Sendable {
    let pack: PolicyPack

    /// A survey's subject in addresses and forms: `satisfaction.0`.
    static func key(_ rule: String, _ subject: Int) -> String { "\(rule).\(subject)" }

    /// Every subject of every survey, in the pack's order.
    var subjects: [(key: String, rule: SurveyRule, subject: Int, title: LocalizedText)] {
        pack.surveys.flatMap { rule in
            rule.subjects.enumerated().map { (Self.key(rule.id, $0.offset), rule, $0.offset, $0.element) }
        }
    }

    /// - Parameters:
    ///   - last: the last survey of each subject, by its key.
    ///   - begin: when the first complaint was registered.
    func due(last: [String: Survey], begin: Date?, at now: Date) -> [SurveyDue] {
        subjects.map { key, rule, subject, title in
            let lastDay = last[key]?.lastDay
            let start = lastDay.flatMap { ReportPeriod.day($0, in: pack.timeZone)?.end } ?? begin
            let dueAt = start.flatMap { end(of: rule.every, after: $0) }
            return SurveyDue(
                rule: rule.id, subject: subject, title: rule.title, subjectTitle: title, every: rule.every.title,
                last: lastDay, dueAt: dueAt, isOverdue: dueAt.map { $0 < now } ?? false)
        }
    }

    private func end(of period: Period, after start: Date) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = pack.timeZone
        return calendar.date(byAdding: .month, value: period.monthCount, to: start)
    }
}

extension Period {
    /// How many months.
    var monthCount: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }
}
