import Messaging
import Synchronization

/// A publisher without a broker: it remembers what it was given and answers as it is told to.
package final class ScriptedPublisher: MessagePublisher {
    package typealias Script = @Sendable (Publication) -> PublishResult

    private struct State {
        var published: [Publication] = []
        var script: Script
        var status = ConnectionStatus.ready
    }

    private let state: Mutex<State>

    /// - Parameter script: the fate of each publication; everything is confirmed when absent.
    package init(_ script: @escaping Script = { _ in .confirmed }) {
        state = Mutex(State(script: script))
    }

    /// Everything that was ever passed to `publish`, confirmed or not.
    package var published: [Publication] { state.withLock { $0.published } }

    /// Answers differently from now on.
    package func answer(_ script: @escaping Script) { state.withLock { $0.script = script } }

    package func publish(_ publications: [Publication]) async -> [PublishResult] {
        state.withLock { state in
            state.published += publications
            return publications.map(state.script)
        }
    }

    package func waitUntilReady() async throws { try Task.checkCancellation() }

    package var status: ConnectionStatus { state.withLock { $0.status } }
}

/// A consumer without a broker: it gives the batches it was made with, then ends.
package final class ScriptedConsumer: MessageConsumer {
    private struct State {
        var batches: [DeliveryBatch]
        var acknowledged: [DeliveryBatch] = []
    }

    private let state: Mutex<State>

    package init(_ batches: [DeliveryBatch] = []) { state = Mutex(State(batches: batches)) }

    package var acknowledged: [DeliveryBatch] { state.withLock { $0.acknowledged } }

    package func nextBatch() async throws -> DeliveryBatch? {
        state.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
    }

    package func acknowledge(_ batch: DeliveryBatch) async { state.withLock { $0.acknowledged.append(batch) } }

    package func stop() async { state.withLock { $0.batches = [] } }

    package var status: ConnectionStatus { .ready }
}
