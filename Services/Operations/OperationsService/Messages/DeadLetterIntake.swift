import Foundation
import Logging
import Messaging
import Metrics

/// Takes what a consumer parked from its dead queue into the store. The broker's copy is acknowledged after the commit.
struct DeadLetterIntake: BatchHandler {
    let consumer: ConsumerName
    let store: OperationsStore
    let logger: Logger

    /// Every message is stored, whatever it is: this queue has no dead queue of its own.
    func handle(_ batch: [WireMessage]) async throws -> [Outcome] {
        let parked = batch.map { ParkedMessage($0, consumer: consumer) }
        try await store.park(parked)
        Counter(label: "redress_dead_letters_taken", dimensions: [("consumer", consumer.text)])
            .increment(by: parked.count)
        for letter in parked {
            logger.warning(
                "A dead letter arrived",
                metadata: [
                    "consumer": "\(consumer)", "id": "\(letter.messageID)", "type": "\(letter.type)",
                    "ticket": "\(letter.subject)", "kind": "\(letter.reason.kind.rawValue)",
                ])
        }
        return batch.map { _ in .handled }
    }
}
