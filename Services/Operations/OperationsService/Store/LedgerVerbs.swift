import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// The other services' counts, and the count of parked complaints that is Operations' own.
enum LedgerVerbs {
    /// Keeps the newest total of each day and channel. Counts may arrive in any order; an older one changes nothing.
    static func record(_ message: Message<LedgerCounted>, in unit: UnitOfWork) throws {
        let statement = try unit.db.cachedStatement(
            sql: """
                INSERT INTO ledgerTotal (ledger, day, channel, instance, count, asOf, takenAt)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (ledger, day, channel, instance) DO UPDATE
                    SET count = excluded.count, asOf = excluded.asOf, takenAt = excluded.takenAt
                    WHERE excluded.asOf >= asOf
                """)
        for entry in message.payload.entries {
            try statement.execute(arguments: [
                message.payload.ledger, entry.day, entry.channel, message.payload.instance, entry.count,
                message.envelope.time, unit.now,
            ])
        }
    }

    /// Every figure of the equation, instances added up.
    static func figures(in db: Database) throws -> [LedgerFigure] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT ledger, day, channel, sum(count) AS count FROM ledgerTotal GROUP BY ledger, day, channel
                UNION ALL
                SELECT 'parked', day, channel, count(DISTINCT subject) FROM letter
                WHERE day IS NOT NULL AND state IN ('failed', 'staged', 'discarded') GROUP BY day, channel
                """
        ).map { LedgerFigure(ledger: $0["ledger"], day: $0["day"], channel: $0["channel"], count: $0["count"]) }
    }

    /// When each ledger was counted last, by the clock of its service.
    static func asOf(in db: Database) throws -> [String: Date] {
        let rows = try Row.fetchAll(db, sql: "SELECT ledger, max(asOf) AS asOf FROM ledgerTotal GROUP BY ledger")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["ledger"] as String, $0["asOf"] as Date) })
    }

    /// When a figure of the equation changed last, by this service's clock; nil when none is known.
    static func lastChange(in db: Database) throws -> Date? {
        try Date.fetchOne(
            db,
            sql: """
                SELECT max(at) FROM (SELECT max(takenAt) AS at FROM ledgerTotal
                    UNION ALL SELECT max(changedAt) FROM letter WHERE day IS NOT NULL)
                """)
    }
}
