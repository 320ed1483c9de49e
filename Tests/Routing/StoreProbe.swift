import Contracts
import Foundation
import GRDB
import Messaging

/// Looks into a store: its outbox and ledger, which only its relay and announcer read otherwise, and its query plans.
enum StoreProbe {
    private struct Properties: Codable {
        var contentType: String?
        var timestamp: Date?
        var headers: [String: HeaderValue]
    }

    static func messages(in db: Database) throws -> [WireMessage] {
        try Row.fetchAll(db, sql: "SELECT messageID, properties, body FROM outbox ORDER BY id").map { row in
            let properties = try JSONDecoder().decode(Properties.self, from: row["properties"])
            return WireMessage(
                messageID: row["messageID"], contentType: properties.contentType, timestamp: properties.timestamp,
                headers: properties.headers, body: row["body"])
        }
    }

    /// Totals by ledger.
    static func ledger(in db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT ledger, sum(count) AS total FROM ledger GROUP BY ledger")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["ledger"], $0["total"]) })
    }

    /// How SQLite means to answer a query, a line for each step.
    static func plan(_ sql: String, _ arguments: StatementArguments, in db: Database) throws -> [String] {
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] }
    }
}
