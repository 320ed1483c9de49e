import Foundation

/// Handles a batch of messages in one transaction.
package protocol BatchHandler: Sendable {
    /// The outcome of each message, in order. When it returns, the effects of `handled` messages are on disk.
    /// - Throws: when the store itself is out of order; then nothing of the batch has happened.
    func handle(_ batch: [WireMessage]) async throws -> [Outcome]
}
