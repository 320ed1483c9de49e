import Foundation
import Synchronization

/// Cuts connections whose thread hangs inside the library: a send into a full socket can wait for ever there. The
/// thread arms it before it calls the library and disarms it after; what stays armed too long has its socket shut
/// down, upon which the call returns with an error.
final class Watchdog: Sendable {
    static let shared = Watchdog()

    private struct Entry: Sendable {
        /// A duplicate that belongs to whoever armed: it stays open until after disarming, so that a number which the
        /// library has closed and the system given to somebody else is never shut down.
        var descriptor: Int32
        var deadline: ContinuousClock.Instant
    }

    private struct State: Sendable {
        var entries: [UInt64: Entry] = [:]
        var nextID: UInt64 = 1
        /// Nil while no thread watches.
        var nextLook: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Returns what to disarm with.
    func arm(_ descriptor: Int32, for time: Duration) -> UInt64 {
        let deadline = ContinuousClock.now + time
        let (id, mustStart) = state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.entries[id] = Entry(descriptor: descriptor, deadline: deadline)
            guard state.nextLook == nil else { return (id, false) }
            state.nextLook = deadline
            return (id, true)
        }
        if mustStart { startThread() }
        return id
    }

    func disarm(_ id: UInt64) {
        state.withLock { $0.entries[id] = nil }
    }

    private func startThread() {
        let thread = Thread { [self] in
            while let next = look() {
                // A second is fine enough for something that has hung for many, and lets later, shorter times count.
                let left = ContinuousClock.now.duration(to: next).seconds
                Thread.sleep(forTimeInterval: (0.01...1).contains(left) ? left : 1)
            }
        }
        thread.name = "amqp-watchdog"
        thread.stackSize = 256 * 1024
        thread.start()
    }

    /// Shuts down what is late; returns when to look again, or nil after a while in which nothing was armed.
    private func look() -> ContinuousClock.Instant? {
        state.withLock { state in
            let now = ContinuousClock.now
            for (id, entry) in state.entries where entry.deadline <= now {
                _ = shutdown(entry.descriptor, Int32(SHUT_RDWR))
                state.entries[id] = nil
            }
            state.nextLook = state.entries.values.map(\.deadline).min() ?? idleLook(state.nextLook, now)
            return state.nextLook
        }
    }

    /// With nothing armed the thread stays for some seconds more: the next call will arm again soon.
    private func idleLook(
        _ last: ContinuousClock.Instant?, _ now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        guard let last, last > now - .seconds(30) else { return nil }
        return last
    }
}

extension Duration {
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
