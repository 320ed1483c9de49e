import Contracts
import Foundation

/// What came of a suggestion.
enum SuggestionVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// 采纳
    case adopted
    /// 部分采纳
    case partly
    /// 不采纳
    case declined
}

/// An employee's suggestion about how complaints are handled (流程建议). Rule W19.
struct Suggestion: Hashable, Sendable, Codable {
    /// Absent until it is stored.
    var id: Int64?
    var text: String
    var by: String
    var madeAt: Date
    /// Until when it has to be answered.
    var dueAt: Date
    var dueBecause: LocalizedText
    var verdict: SuggestionVerdict?
    var answer: String?
    var answeredBy: String?
    var answeredAt: Date?

    func isOverdue(at now: Date) -> Bool { answeredAt == nil && dueAt < now }

    /// Answers it, once.
    mutating func settle(
        _ verdict: SuggestionVerdict, answer: String, by name: String, at now: Date
    ) throws(ImprovementRefusal) {
        guard answeredAt == nil else { throw .notNow }
        guard name != by else { throw .ownWork }
        (self.verdict, self.answer, answeredBy, answeredAt) = (verdict, answer, name, now)
    }
}
