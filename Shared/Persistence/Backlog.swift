import Foundation
import GRDB

/// What waits in an outbox, for `/readyz` and metrics.
package struct OutboxBacklog: Sendable, Hashable {
    /// Messages not yet confirmed by the broker.
    package var waiting: Int
    /// Of these, how many the broker has refused at least once.
    package var refused: Int
    package var oldest: Date?
}

extension ServiceDatabase {
    package func outboxBacklog() async throws -> OutboxBacklog {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM outbox) AS waiting,
                        (SELECT count(*) FROM outbox WHERE nextAttemptAt IS NOT NULL) AS refused,
                        (SELECT createdAt FROM outbox ORDER BY id LIMIT 1) AS oldest
                    """)
            return OutboxBacklog(
                waiting: row?["waiting"] ?? 0, refused: row?["refused"] ?? 0, oldest: row?["oldest"])
        }
    }

    /// Forgets handled messages of before an instant, a bounded number at a time.
    package func pruneInbox(before instant: Date, limit: Int = 10_000) async throws {
        try await write { unit in try Inbox.prune(before: instant, limit: limit, in: unit.db) }
    }
}
