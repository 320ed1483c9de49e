import Foundation
import Messaging
import Synchronization

/// A clock that stands still until it is moved.
package final class ManualClock: TimeSource {
    private struct Sleeper {
        var id: UUID
        var until: Date
        var waiter: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Date
        var sleepers: [Sleeper] = []
    }

    private let state: Mutex<State>

    /// Starts on a Friday, 2026-11-20 at 10:00 in China, unless said otherwise.
    package init(_ now: Date = Date(timeIntervalSince1970: 1_795_140_000)) { state = Mutex(State(now: now)) }

    package func now() -> Date { state.withLock { $0.now } }

    /// Moves the clock on and wakes whoever slept until then.
    package func advance(by seconds: TimeInterval) {
        let woken = state.withLock { state in
            state.now += seconds
            let now = state.now
            let woken = state.sleepers.filter { $0.until <= now }
            state.sleepers.removeAll { $0.until <= now }
            return woken
        }
        for sleeper in woken { sleeper.waiter.resume() }
    }

    /// Wakes when the clock is moved past the instant, or the task is cancelled.
    package func sleep(until instant: Date) async throws {
        let id = UUID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let wakes = state.withLock { state in
                    if state.now >= instant || Task.isCancelled { return true }
                    state.sleepers.append(Sleeper(id: id, until: instant, waiter: waiter))
                    return false
                }
                if wakes { waiter.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.waiter.resume()
        }
        try Task.checkCancellation()
    }
}
