import Foundation
import Messaging
import Synchronization

/// A clock that stands still until it is moved.
package final class ManualClock: TimeSource {
    private struct Sleeper {
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

    /// Wakes when the clock is moved past the instant; cancellation is seen at the next move.
    package func sleep(until instant: Date) async throws {
        try Task.checkCancellation()
        await withCheckedContinuation { waiter in
            let isPast = state.withLock { state in
                if state.now >= instant { return true }
                state.sleepers.append(Sleeper(until: instant, waiter: waiter))
                return false
            }
            if isPast { waiter.resume() }
        }
        try Task.checkCancellation()
    }
}
