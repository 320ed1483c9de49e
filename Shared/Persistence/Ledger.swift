import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import ServiceLifecycle

/// What a service counts for the reconciliation: complaints by day of registration and channel.
package enum LedgerName: String, Sendable, CaseIterable {
    /// Intake: given a number.
    case received
    /// Routing: heard of.
    case registered
    /// Routing: heard of and not at an end.
    case open
    /// Callback: closed.
    case closed
    /// Routing: withdrawn by the customer.
    case withdrawn
    /// Routing: merged into another one.
    case merged

    /// Who counts it; nobody else's figures are believed.
    package var keeper: ServiceKind {
        switch self {
        case .received: .intake
        case .registered, .open, .withdrawn, .merged: .routing
        case .closed: .callback
        }
    }
}

extension UnitOfWork {
    /// Counts a complaint in or out of a ledger, in the transaction in which it moves.
    package func count(_ ledger: LedgerName, day: String, channel: String, by change: Int = 1) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO ledger (ledger, day, channel, count, isAnnounced) VALUES (?, ?, ?, ?, FALSE)
                ON CONFLICT (ledger, day, channel) DO UPDATE SET count = count + excluded.count, isAnnounced = FALSE
                """)
        try statement.execute(arguments: [ledger.rawValue, day, channel, change])
    }
}

/// Tells Operations the totals that changed, at most once a second; at start it tells all of them, so that a lost store
/// of Operations fills again.
package struct LedgerAnnouncer: Service {
    private static let entriesPerMessage = 500

    private let database: ServiceDatabase
    private let instance: String
    private let logger: Logger
    private let interval: Duration

    /// - Parameter instance: tells apart several instances of a service, whose counts add up.
    package init(
        _ database: ServiceDatabase, instance: String, logger: Logger, interval: Duration = .seconds(1)
    ) {
        self.database = database
        self.instance = instance
        self.logger = logger
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            try? await forgetAnnouncements()
            while !Task.isCancelled {
                do {
                    _ = try await announce()
                } catch {
                    logger.error("The ledgers cannot be announced", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: interval)
            }
        }
        // What changed since the last turn still goes out: the relay is stopped after this.
        _ = try? await announce()
    }

    private func forgetAnnouncements() async throws {
        try await database.write { unit in try unit.db.execute(sql: "UPDATE ledger SET isAnnounced = FALSE") }
    }

    /// Sends what changed since the last time. Returns how many entries that were.
    package func announce() async throws -> Int {
        let isQuiet = try await database.read { db in
            try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM ledger WHERE NOT isAnnounced)") ?? true
        }
        guard !isQuiet else { return 0 }
        let instance = instance
        return try await database.write { unit in
            let rows = try Row.fetchAll(
                unit.db, sql: "SELECT ledger, day, channel, count FROM ledger WHERE NOT isAnnounced ORDER BY day")
            for (ledger, rows) in Dictionary(grouping: rows, by: { $0["ledger"] as String }) {
                let entries = rows.map { LedgerEntry(day: $0["day"], channel: $0["channel"], count: $0["count"]) }
                for start in stride(from: 0, to: entries.count, by: Self.entriesPerMessage) {
                    let part = Array(entries[start..<min(start + Self.entriesPerMessage, entries.count)])
                    try unit.send(LedgerCounted(ledger: ledger, instance: instance, entries: part), about: nil)
                }
            }
            try unit.db.execute(sql: "UPDATE ledger SET isAnnounced = TRUE WHERE NOT isAnnounced")
            return rows.count
        }
    }
}
