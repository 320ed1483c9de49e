/// How long to wait before the next attempt to connect: doubling from `base` to `limit`, of which the upper half is
/// random, so that many clients of a broker that comes back do not arrive together.
package struct Backoff: Hashable, Sendable {
    package var base: Duration
    package var limit: Duration
    private(set) var attempts = 0

    package init(base: Duration = .milliseconds(100), limit: Duration = .seconds(5)) {
        self.base = base
        self.limit = limit
    }

    /// The wait before the next attempt. `jitter` is random, from 0 up to 1.
    mutating func next(jitter: Double) -> Duration {
        let full = min(base * (1 << min(attempts, 16)), limit)
        attempts += 1
        return full / 2 + full / 2 * jitter
    }

    /// After a connection that has held.
    mutating func reset() { attempts = 0 }
}
