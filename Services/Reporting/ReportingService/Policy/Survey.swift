import Contracts
import Foundation

/// A survey of satisfaction that was imported (满意度调查). Rules W23, S17.
struct Survey: Hashable, Sendable, Codable {
    /// Absent until it is stored.
    var id: Int64?
    /// The pack's survey.
    var rule: String
    /// Which of the pack's subjects was asked about, counting from 0: each is surveyed for itself (S17).
    var subject: Int
    var subjectTitle: LocalizedText
    /// The third party that ran it; absent for an own survey.
    var conductedBy: String?
    /// The days of the first and the last answer, as `yyyy-MM-dd`.
    var firstDay: String
    var lastDay: String
    var scores: SurveyScores
    var importedBy: String
    var importedAt: Date
    var fileName: String?
}

/// What the answers amount to.
struct SurveyScores: Hashable, Sendable, Codable {
    struct Question: Hashable, Sendable, Codable {
        var question: String
        var answers: Int
        var average: Double
    }

    var answers: Int
    /// 1–5, to two places; absent without answers.
    var average: Double?
    /// How many said 1, 2, 3, 4, 5.
    var distribution: [Int]
    /// In the order of the file; empty when the file names no questions.
    var questions: [Question]

    init(_ answers: [SurveyAnswer]) {
        self.answers = answers.count
        average = Self.average(answers.map(\.score))
        distribution = (1...5).map { score in answers.filter { $0.score == score }.count }
        var order: [String] = []
        for question in answers.compactMap(\.question) where !order.contains(question) { order.append(question) }
        questions = order.map { question in
            let scores = answers.filter { $0.question == question }.map(\.score)
            return Question(question: question, answers: scores.count, average: Self.average(scores) ?? 0)
        }
    }

    /// A share of 4 and 5, 0–1.
    var satisfied: Double? { ratio(distribution[3] + distribution[4], answers) }

    private static func average(_ scores: [Int]) -> Double? {
        scores.isEmpty ? nil : (Double(scores.reduce(0, +)) / Double(scores.count) * 100).rounded() / 100
    }
}

/// A survey beside what customers said when they were called back in the same days, and beside the survey before (W23).
struct SurveyComparison: Hashable, Sendable, Codable {
    /// Callbacks' answers in the survey's days.
    var callbackAnswers: Int
    var callbackAverage: Double?
    /// The survey's average less the callbacks'.
    var againstCallback: Double?
    var previous: Int64?
    var previousAverage: Double?
    /// The survey's average less the previous one's.
    var againstPrevious: Double?

    init(_ scores: SurveyScores, callbacks: MonthlyReport.Satisfaction, previous: Survey?) {
        func difference(_ other: Double?) -> Double? {
            guard let own = scores.average, let other else { return nil }
            return ((own - other) * 100).rounded() / 100
        }
        callbackAnswers = callbacks.answers
        callbackAverage = callbacks.average.map { ($0 * 100).rounded() / 100 }
        againstCallback = difference(callbacks.average)
        self.previous = previous?.id
        previousAverage = previous?.scores.average
        againstPrevious = difference(previous?.scores.average)
    }
}

/// When a subject has to be surveyed next (S17): a period after the last answer, or after the first complaint when there
/// was no survey yet.
struct SurveyDue: Hashable, Sendable, Codable {
    var rule: String
    var subject: Int
    var title: LocalizedText
    var subjectTitle: LocalizedText
    /// How often, in words.
    var every: LocalizedText
    /// The last day of the last survey, as `yyyy-MM-dd`.
    var last: String?
    /// Absent while there is neither a survey nor a complaint.
    var dueAt: Date?
    var isOverdue: Bool
}
