import Foundation
import Logging
import Messaging
import Metrics
import Persistence
import ServiceLifecycle

/// Looks after a store: shows its backlog in the metrics, and forgets what the inbox need not remember any longer.
struct StoreKeeper: Service {
    /// By far longer than a message can be on its way.
    static let inboxDays = 90.0

    let database: ServiceDatabase
    let time: any TimeSource
    let logger: Logger
    var interval = Duration.seconds(5)

    func run() async throws {
        await keepLooking(every: interval, logger, failure: "The store cannot be looked after") { try await look() }
    }

    func look() async throws {
        let backlog = try await database.outboxBacklog()
        Gauge(label: "redress_outbox_waiting").record(backlog.waiting)
        Gauge(label: "redress_outbox_refused").record(backlog.refused)
        let now = time.now()
        let age = backlog.oldest.map { max(0, now.timeIntervalSince($0)) } ?? 0
        Gauge(label: "redress_outbox_oldest_age_seconds").record(age)
        try await database.pruneInbox(before: now.addingTimeInterval(-Self.inboxDays * 86_400))
    }
}
