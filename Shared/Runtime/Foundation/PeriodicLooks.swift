import Logging
import ServiceLifecycle

extension Service {
    /// Looks after something again and again until the service is asked to stop. A look that fails is logged, and the next
    /// one comes all the same.
    ///
    /// - Parameters:
    ///   - pace: Real time between two looks.
    ///   - failure: What is logged of a look that failed.
    package func keepLooking(
        every pace: Duration, _ logger: Logger, failure: Logger.Message,
        _ look: @escaping @Sendable () async throws -> Void
    ) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await look()
                } catch {
                    logger.error(failure, metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: pace)
            }
        }
    }
}
