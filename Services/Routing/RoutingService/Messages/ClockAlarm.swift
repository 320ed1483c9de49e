import Foundation
import GRDB
import Persistence
import Synchronization

/// Wakes the timekeeper when a clock has something to say earlier than what it sleeps for.
final class ClockAlarm: Sendable {
    private enum State {
        /// The timekeeper looks at the clocks, or will at once: it must look again.
        case awake
        case asleep(until: Date)
    }

    private let state = Mutex(State.awake)
    private let signal = Signal()

    /// Called within a transaction that starts or moves a clock. Rings after its commit, when the clock can be seen.
    func ring(by instant: Date, after db: Database) {
        db.afterNextTransaction { [self] _ in ring(by: instant) }
    }

    /// Wakes the timekeeper unless it wakes in time by itself.
    func ring(by instant: Date) {
        let isNeeded = state.withLock { state in
            switch state {
            case .awake: true
            case .asleep(let until): instant < until
            }
        }
        if isNeeded { signal.raise() }
    }

    /// From now on every ring is heard. Called before looking, so that nothing falls between looking and sleeping.
    func getUp() { state.withLock { $0 = .awake } }

    /// Returns when it rings for something before `instant`; never by itself.
    func wait(until instant: Date) async {
        state.withLock { $0 = .asleep(until: instant) }
        await signal.wait()
    }
}
