import Cryptography
import Foundation
import Synchronization

/// Verifies passwords away from event loops and from the cooperative thread pool, and never more at once than the
/// machine can bear: each takes 32 MiB and a good part of a second's work.
package final class PasswordVerifier: Sendable {
    private let queue: OperationQueue
    private let waiting = Mutex(0)
    private let mostWaiting: Int
    /// What an unknown name is verified against, so that it takes as long as a known one.
    private let decoy: PasswordHash?

    package init(concurrency: Int = 2, mostWaiting: Int = 32, decoyCost: PasswordHash.Cost = .standard) {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = concurrency
        self.mostWaiting = mostWaiting
        decoy = try? PasswordHash(password: SecureRandom.token(), cost: decoyCost)
    }

    /// Whether `password` belongs to `hash`; with no hash the answer is no, after the same work.
    /// - Throws: `Problem` with 503 when too many are waiting already.
    package func verify(_ password: String, against hash: PasswordHash?) async throws -> Bool {
        let isCrowded = waiting.withLock { waiting in
            if waiting >= mostWaiting { return true }
            waiting += 1
            return false
        }
        if isCrowded { throw Problem.unavailable(retryAfter: 2) }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.addOperation { [decoy] in
                let matches = (try? (hash ?? decoy)?.verify(password)) ?? false
                continuation.resume(returning: matches && hash != nil)
            }
        }
    }
}
