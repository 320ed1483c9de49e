import GRDB
import Messaging
import Persistence

/// The checks that every service has: its store can be read, the broker takes and gives messages, nothing piles up.
enum HealthChecks {
    /// More than this in the outbox, and somebody should look.
    static let backlogLimit = 1000

    static func register(
        in registry: HealthRegistry, database: ServiceDatabase, publisher: any MessagePublisher
    ) {
        registry.register("store") {
            _ = try await database.read { try Int.fetchOne($0, sql: "SELECT 1") }
            return .ok
        }
        registry.register("broker") { status(publisher.status) }
        registry.register("backlog") {
            let backlog = try await database.outboxBacklog()
            return status(waiting: backlog.waiting, refused: backlog.refused)
        }
    }

    static func register(in registry: HealthRegistry, consumer: any MessageConsumer, queue: String) {
        registry.register("queue \(queue)") { status(consumer.status) }
    }

    static func status(_ connection: ConnectionStatus) -> HealthStatus {
        switch connection {
        case .ready: .ok
        case .connecting(let error): .failed(error.map { "connecting; the last attempt failed: \($0)" } ?? "connecting")
        case .blocked(let reason): .failed("the broker takes no messages: \(reason)")
        case .closed: .failed("closed")
        }
    }

    static func status(waiting: Int, refused: Int) -> HealthStatus {
        if refused > 0 { return .degraded("the broker refused \(refused) of \(waiting) waiting messages") }
        return waiting > backlogLimit ? .degraded("\(waiting) messages wait for the broker") : .ok
    }
}
