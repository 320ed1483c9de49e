import Foundation
import GRDB
import Logging
import Messaging

/// The store of one service: a SQLite file in WAL mode with `synchronous=FULL`, so that what was committed survives a
/// power cut, and one writer whose commits are shared (see `GroupCommit`).
package struct ServiceDatabase: Sendable {
    private let writer: any DatabaseWriter
    private let commits: GroupCommit
    /// Woken after each commit that may have put something into the outbox.
    package let outboxSignal: Signal

    /// Opens the file, or makes it, and brings it to the newest form.
    ///
    /// - Parameters:
    ///   - path: the SQLite file; its folder is made when missing.
    ///   - source: the name under which this service sends messages, for example `redress/routing`.
    ///   - migrate: registers the service's own migrations; inbox and outbox are registered before.
    /// - Throws: when the file cannot be opened or was made by a newer version.
    package init(
        path: String, source: String, clock: any TimeSource, migrate: (inout DatabaseMigrator) -> Void
    ) throws {
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        let pool = try DatabasePool(path: path, configuration: Self.configuration)
        var migrator = DatabaseMigrator()
        SharedMigrations.register(in: &migrator)
        migrate(&migrator)
        guard try pool.read({ try !migrator.hasBeenSuperseded($0) }) else { throw StoreError.madeByNewerVersion(path) }
        try migrator.migrate(pool)
        // Opening a pool relaxes `synchronous` to NORMAL on its writer, whatever the configuration said before.
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        let signal = Signal()
        writer = pool
        outboxSignal = signal
        commits = GroupCommit(writer: pool, source: source, clock: clock) { signal.raise() }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Reads from a snapshot; never waits for a writer.
    package func read<Value: Sendable>(_ value: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await writer.read(value)
    }

    /// Changes the store and returns when the change is on disk. Runs in a savepoint of its own within a transaction
    /// that others may share: what it throws undoes its own changes alone.
    package func write<Value: Sendable>(
        _ change: @escaping @Sendable (UnitOfWork) throws -> Value
    ) async throws -> Value {
        try await commits.perform(change)
    }
}

/// What is wrong with a store as a whole.
package enum StoreError: Error, CustomStringConvertible {
    case madeByNewerVersion(String)

    package var description: String {
        switch self {
        case .madeByNewerVersion(let path):
            "the store \(path) was made by a newer version of this program; run that version, or restore a backup"
        }
    }
}
