import Foundation
import Logging
import Messaging
import Persistence
import ServiceLifecycle

/// Lets time pass for the conversations with customers: sleeps until the earliest stored instant, by the service's own
/// clock, and has done what is due then.
///
/// It also looks twice a second in real time, because a proposal that has just come may end before what it sleeps for;
/// looking is one step in an index, however many complaints there are.
struct ConversationTimer: Service {
    static let glance = Duration.milliseconds(500)
    private static let batch = 100

    let due: DueConversations
    let time: any TimeSource
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await rest(until: try await look())
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("The conversations' clocks cannot be watched", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Does everything that is due now. Returns when there is something to do next.
    func look() async throws -> Date? {
        while let next = try await due.next(), next <= time.now() {
            let count = try await due.settle(atMost: Self.batch)
            if count < Self.batch { break }
        }
        return try await due.next()
    }

    /// Sleeps until the instant of the service's time, or until the next glance in real time.
    private func rest(until next: Date?) async throws {
        guard let next else { return try await Task.sleep(for: Self.glance) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [time] in try await time.sleep(until: next) }
            group.addTask { try await Task.sleep(for: Self.glance) }
            try await group.next()
            group.cancelAll()
        }
    }
}
