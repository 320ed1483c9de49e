import Contracts
import Foundation

/// The monthly complaint report (客户投诉月报). Rules K18, W13, W22, V11.
///
/// Complaints count in the month in which they were received, or closed; months are local. Complaints that were judged
/// unreasonable, with an explanation that the customer accepted, are counted, but stand in no department's assessment:
/// `excluded` says how many these are.
struct MonthlyReport: Hashable, Sendable, Codable {
    var month: String
    var timeZone: String
    var from: Date
    var to: Date
    var generatedAt: Date
    var totals: Totals
    /// In seconds, from the first hearing to the closing.
    var handling: HandlingFigure?
    var satisfaction: Satisfaction
    var byChannel: [Line]
    /// In falling order of complaints received, with the share of all up to here (Pareto).
    var byCategory: [Line]
    var bySeverity: [Line]
    var byOutcome: [Line]
    var departments: [DepartmentLine]
    var onTime: [ClockLine]

    struct Totals: Hashable, Sendable, Codable {
        var openAtStart: Int
        var received: Int
        var closed: Int
        var withdrawn: Int
        var merged: Int
        var openAtEnd: Int
        /// Closed as unreasonable: in no department's assessment.
        var excluded: Int
        /// 退单
        var returns: Int
        /// 返工
        var reworks: Int
        /// Solutions that the customer declined.
        var declines: Int
        /// 催单
        var chases: Int
        /// 督办
        var urgings: Int
    }

    struct Satisfaction: Hashable, Sendable, Codable {
        /// How many customers said.
        var answers: Int
        /// 1–5, to two places; absent without answers.
        var average: Double?
        /// How many said 1, 2, 3, 4, 5.
        var distribution: [Int]
    }

    struct Line: Hashable, Sendable, Codable {
        var id: String
        var title: LocalizedText
        var received: Int
        var closed: Int
        /// Of the complaints received, 0–1.
        var share: Double
        /// Of this line and those above it.
        var cumulativeShare: Double
    }

    struct DepartmentLine: Hashable, Sendable, Codable {
        var id: String
        var title: LocalizedText
        var received: Int
        var closed: Int
        /// Of the closed, those that count for the department.
        var assessed: Int
        /// Of the closed, those that were unreasonable.
        var excluded: Int
        var satisfaction: Double?
        var averageHandlingSeconds: Int?
        var returns: Int
        var reworks: Int
        var declines: Int
        var met: Int
        var missed: Int
        /// Of the clocks that are decided, 0–1; absent without any.
        var onTimeRate: Double?
    }

    struct ClockLine: Hashable, Sendable, Codable {
        var clock: String
        var title: LocalizedText
        var met: Int
        var missed: Int
        var running: Int
        var rate: Double?
    }
}
