import Contracts
import Foundation
import GRDB
import Persistence

extension Suggestion: FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "suggestion"

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

extension ReportingStore {
    /// What waits for an answer first, the longest waiting before the others; then the newest.
    /// - Parameter isOpen: absent for all.
    func suggestions(isOpen: Bool? = nil, limit: Int = 200) async throws -> [Suggestion] {
        try await database.read { db in
            var request = Suggestion.all()
            if let isOpen { request = request.filter(sql: "(answeredAt IS NULL) = ?", arguments: [isOpen]) }
            let order = SQL("answeredAt IS NOT NULL, CASE WHEN answeredAt IS NULL THEN dueAt END, answeredAt DESC, id")
            return try request.order(order.sqlExpression).limit(limit).fetchAll(db)
        }
    }

    func make(_ suggestion: Suggestion) async throws -> Suggestion {
        try await database.write { unit in
            var suggestion = suggestion
            try suggestion.insert(unit.db)
            return suggestion
        }
    }

    func answer(
        _ id: Int64, _ verdict: SuggestionVerdict, words: String, by name: String
    ) async throws -> Suggestion {
        try await database.write { unit in
            guard var suggestion = try Suggestion.fetchOne(unit.db, key: id) else { throw ImprovementRefusal.unknown }
            try suggestion.settle(verdict, answer: words, by: name, at: unit.now)
            try suggestion.update(unit.db)
            return suggestion
        }
    }
}
