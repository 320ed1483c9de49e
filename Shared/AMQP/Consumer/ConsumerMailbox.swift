import Messaging
import Synchronization

/// What the consumer's thread and those who handle messages exchange: deliveries one way, settlements the other.
/// Bounded by the prefetch: the broker sends no more until something is settled.
final class ConsumerMailbox: Sendable {
    struct Settlement: Sendable {
        enum Kind: Sendable {
            case acknowledge
            case requeue
        }
        var kind: Kind
        var batch: BatchTags
        /// The last offset of a batch from a stream.
        var offset: Int64?
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct Waiter: Sendable {
        var id: UInt64
        var continuation: CheckedContinuation<DeliveryBatch?, any Error>
    }

    private struct State: Sendable {
        /// 0 while not subscribed.
        var session: UInt64 = 0
        var isStopped = false
        var arrived: [Delivery] = []
        var waiters: [Waiter] = []
        var settlements: [Settlement] = []
        var nextID: UInt64 = 0

        mutating func takeBatch(_ limit: Int) -> DeliveryBatch? {
            guard !arrived.isEmpty else { return nil }
            let taken = arrived.prefix(limit)
            arrived.removeFirst(taken.count)
            return DeliveryBatch(session: session, deliveries: Array(taken))
        }
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup
    private let batchLimit: Int

    init(wakeup: Wakeup, batchLimit: Int) {
        self.wakeup = wakeup
        self.batchLimit = batchLimit
    }

    // MARK: The handlers' side

    func nextBatch() async throws -> DeliveryBatch? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                register(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    private func register(_ waiter: Waiter) {
        let answer: Result<DeliveryBatch?, any Error>? = state.withLock { state in
            // Looked at under the lock: a cancellation after this finds the waiter registered.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.isStopped { return .success(nil) }
            if let batch = state.takeBatch(batchLimit) { return .success(batch) }
            state.waiters.append(waiter)
            return nil
        }
        if let answer { waiter.continuation.resume(with: answer) }
    }

    /// Returns when the thread has told the broker, or at once when the batch is of an earlier session.
    func settle(_ kind: Settlement.Kind, _ batch: DeliveryBatch) async {
        guard let first = batch.deliveries.first, let last = batch.deliveries.last else { return }
        await withCheckedContinuation { continuation in
            let settlement = Settlement(
                kind: kind, batch: BatchTags(session: batch.session, first: first.tag, last: last.tag),
                offset: last.message.headers["x-stream-offset"]?.integer, continuation: continuation)
            let isCurrent = state.withLock { state in
                guard state.session == batch.session else { return false }
                state.settlements.append(settlement)
                return true
            }
            if isCurrent { wakeup.signal() } else { continuation.resume() }
        }
    }

    /// Nobody gets a batch any more.
    func stop() {
        let waiters = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
    }

    // MARK: The thread's side

    func begin(session: UInt64) { state.withLock { $0.session = session } }

    func arrived(_ deliveries: [Delivery]) {
        let ready: [(Waiter, DeliveryBatch)] = state.withLock { state in
            state.arrived.append(contentsOf: deliveries)
            var ready: [(Waiter, DeliveryBatch)] = []
            while let waiter = state.waiters.first, let batch = state.takeBatch(batchLimit) {
                state.waiters.removeFirst()
                ready.append((waiter, batch))
            }
            return ready
        }
        for (waiter, batch) in ready { waiter.continuation.resume(returning: batch) }
    }

    /// What has arrived and nobody has taken.
    func takeUntaken() -> [Delivery] {
        state.withLock { state in
            defer { state.arrived = [] }
            return state.arrived
        }
    }

    func takeSettlements() -> [Settlement] {
        state.withLock { state in
            guard !state.settlements.isEmpty else { return [] }
            defer { state.settlements = [] }
            return state.settlements
        }
    }

    /// The session is over: what has arrived and was not taken will come again; settlements mean nothing any more.
    func lost() {
        let settlements = state.withLock { state in
            state.session = 0
            state.arrived = []
            defer { state.settlements = [] }
            return state.settlements
        }
        for settlement in settlements { settlement.continuation.resume() }
    }
}
