import Foundation
import GRDB
import Logging
import Messaging
import Metrics
import ServiceLifecycle

/// Publishes what the outbox holds, outside any transaction, and deletes a row only when the broker has confirmed it and
/// did not return it.
///
/// The fast path: each commit raises a signal, and the relay reads on from the last row it saw, by primary key; it never
/// scans a backlog. Recovery: it begins before the first row, so what an earlier run left goes first. When the connection
/// fails it goes back to the first row whose fate is unknown. A row that is refused (returned, rejected, unsendable) is
/// set aside with a growing delay and holds up nobody.
package struct OutboxRelay: Service {
    /// Messages in flight at once; beyond this gains flatten.
    private static let window = 500
    private static let refusalCheck = Duration.seconds(1)

    private let database: ServiceDatabase
    private let publisher: any MessagePublisher
    private let clock: any TimeSource
    private let logger: Logger

    package init(
        _ database: ServiceDatabase, publisher: any MessagePublisher, clock: any TimeSource, logger: Logger
    ) {
        self.database = database
        self.publisher = publisher
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await relayLoop() }
                group.addTask { await wakeForRefused() }
                await group.next()
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            database.outboxSignal.raise()
        }
        await flush()
    }

    private var isStopping: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

    private func relayLoop() async {
        var cursor: Int64 = 0
        while !isStopping {
            do {
                try await publisher.waitUntilReady()
                if try await !relayOnce(&cursor) { await database.outboxSignal.wait() }
            } catch is CancellationError {
                return
            } catch {
                logger.error("The outbox cannot be read", metadata: ["error": "\(error)"])
                var backoff = Backoff(first: .seconds(1))
                await backoff.pause()
            }
        }
    }

    /// Publishes one window of rows. True when there may be more to do at once.
    package func relayOnce(_ cursor: inout Int64) async throws -> Bool {
        let position = cursor
        let now = clock.now()
        let rows = try await database.read { db in
            let due = try OutboxRow.due(at: now, limit: Self.window / 5, in: db)
            return try due + OutboxRow.fresh(after: position, limit: Self.window - due.count, in: db)
        }
        guard !rows.isEmpty else { return false }
        let results = await publisher.publish(rows.map(\.publication))
        let fate = Fate(rows: rows, results: results)
        if !fate.confirmed.isEmpty || !fate.refused.isEmpty { try await record(fate, at: now) }
        cursor = fate.cursor(from: position)
        count(fate)
        return true
    }

    private func record(_ fate: Fate, at now: Date) async throws {
        try await database.write { unit in
            try OutboxRow.delete(fate.confirmed, in: unit.db)
            for (row, error) in fate.refused {
                let delay = min(60, pow(2, Double(min(row.attempts, 6))))
                try OutboxRow.postpone(row.id, until: now.addingTimeInterval(delay), error: error, in: unit.db)
            }
        }
        for (row, error) in fate.refused {
            logger.warning(
                "The broker did not take a message; it stays in the outbox",
                metadata: ["key": "\(row.publication.destination.routingKey)", "error": "\(error)"])
        }
    }

    /// Refused rows come due without a commit to signal them.
    private func wakeForRefused() async {
        while !isStopping {
            try? await Task.sleep(for: Self.refusalCheck)
            database.outboxSignal.raise()
        }
    }

    /// On shutdown: publishes what is left, as long as the broker takes it.
    private func flush() async {
        var cursor: Int64 = 0
        while publisher.status.isReady {
            let before = cursor
            guard let more = try? await relayOnce(&cursor), more, cursor > before else { return }
        }
    }

    private func count(_ fate: Fate) {
        Counter(label: "redress_outbox_published_total").increment(by: fate.confirmed.count)
        Counter(label: "redress_outbox_refused_total").increment(by: fate.refused.count)
    }
}

/// What became of a window of rows.
private struct Fate {
    var confirmed: [Int64] = []
    var refused: [(OutboxRow, String)] = []
    private var firstUnknown: Int64?
    private var lastSeen: Int64 = 0

    init(rows: [OutboxRow], results: [PublishResult]) {
        for (row, result) in zip(rows, results) {
            lastSeen = max(lastSeen, row.id)
            switch result {
            case .confirmed: confirmed.append(row.id)
            case .returned(let why): refused.append((row, "returned: \(why)"))
            case .rejected: refused.append((row, "refused by the broker"))
            case .unsendable(let why): refused.append((row, "cannot be sent: \(why)"))
            case .unknown: firstUnknown = min(firstUnknown ?? row.id, row.id)
            }
        }
    }

    /// Where to read on: before the first row whose fate is unknown, else behind the last.
    func cursor(from position: Int64) -> Int64 {
        if let firstUnknown { return min(position, firstUnknown - 1) }
        return max(position, lastSeen)
    }
}
