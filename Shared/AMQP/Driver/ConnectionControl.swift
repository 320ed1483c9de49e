import Messaging
import Synchronization

/// What the thread of a connection and everybody else share: how the connection stands, who waits for it, and whether
/// it is to stop.
final class ConnectionControl: Sendable {
    private struct State: Sendable {
        var status = ConnectionStatus.connecting(lastError: nil)
        var isStopRequested = false
        var isFinished = false
        var readyWaiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var finishWaiters: [CheckedContinuation<Void, Never>] = []
        var nextID: UInt64 = 0
    }

    let wakeup: Wakeup
    private let state = Mutex(State())

    init() throws(AMQPError) { wakeup = try Wakeup() }

    var status: ConnectionStatus { state.withLock { $0.status } }
    var isStopRequested: Bool { state.withLock { $0.isStopRequested } }
    var isFinished: Bool { state.withLock { $0.isFinished } }

    // MARK: The thread's side

    func update(_ status: ConnectionStatus) {
        let waiters: [CheckedContinuation<Void, any Error>] = state.withLock { state in
            state.status = status
            guard status.isReady || status == .closed else { return [] }
            defer { state.readyWaiters = [:] }
            return Array(state.readyWaiters.values)
        }
        for waiter in waiters {
            if status.isReady { waiter.resume() } else { waiter.resume(throwing: CancellationError()) }
        }
    }

    func finish() {
        update(.closed)
        let waiters = state.withLock { state in
            state.isFinished = true
            defer { state.finishWaiters = [] }
            return state.finishWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: Everybody else's side

    func requestStop() {
        state.withLock { $0.isStopRequested = true }
        wakeup.signal()
    }

    /// Returns when the thread has ended.
    func waitUntilFinished() async {
        await withCheckedContinuation { continuation in
            let isFinished = state.withLock { state in
                if !state.isFinished { state.finishWaiters.append(continuation) }
                return state.isFinished
            }
            if isFinished { continuation.resume() }
        }
    }

    /// Returns when the connection is ready; throws when cancelled or closed for good.
    func waitUntilReady() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                register(id, continuation)
            }
        } onCancel: {
            state.withLock { $0.readyWaiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    private func register(_ id: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
        let answer: Result<Void, any Error>? = state.withLock { state in
            // Looked at under the lock: a cancellation after this finds the waiter registered.
            if Task.isCancelled || state.status == .closed { return .failure(CancellationError()) }
            if state.status.isReady { return .success(()) }
            state.readyWaiters[id] = continuation
            return nil
        }
        if let answer { continuation.resume(with: answer) }
    }
}
