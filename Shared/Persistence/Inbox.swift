import Foundation
import GRDB

/// Which messages this store has handled. A message id goes in with the message's effect, in one transaction.
enum Inbox {
    /// True when the message was not handled before; it is recorded as handled from now on.
    static func admit(_ messageID: String, type: String, at now: Date, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO inbox (messageID, type, handledAt) VALUES (?, ?, ?)")
        try statement.execute(arguments: [messageID, type, now])
        return db.changesCount == 1
    }

    /// Forgets messages that were handled before an instant, at most so many at once. The broker keeps no message for as
    /// long as an inbox remembers; a replay of a message that is older is checked by the state of its complaint.
    static func prune(before instant: Date, limit: Int, in db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM inbox WHERE messageID IN
                    (SELECT messageID FROM inbox WHERE handledAt < ? ORDER BY handledAt LIMIT ?)
                """, arguments: [instant, limit])
    }
}
