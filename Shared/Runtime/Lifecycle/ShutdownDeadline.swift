import Foundation
import Logging
import ServiceLifecycle

/// Ends the process when a graceful shutdown takes too long. What was not finished is safe: nothing is acknowledged
/// before it is committed, and the outbox is in the store.
struct ShutdownDeadline: Service {
    let limit: Duration
    let logger: Logger
    /// Ends the process with this exit code.
    let end: @Sendable (Int32) -> Void

    /// It stands last in the group, so that it hears of the shutdown first and returns at once. The watch is a thread
    /// of its own: it works also when every thread of the cooperative pool is stuck.
    func run() async throws {
        var code: Int32 = 0
        do {
            try await gracefulShutdown()
            logger.info("Stopping: what has been begun is finished first")
        } catch {
            // Another part has failed and the group is cancelled.
            code = 70
        }
        let (limit, logger, end, exitCode) = (limit, logger, end, code)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: limit.inSeconds)
            logger.error("Stopping took longer than allowed; ending now", metadata: ["limit": "\(limit)"])
            end(exitCode)
        }
    }
}
