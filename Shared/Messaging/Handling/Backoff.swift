import Foundation

/// Waits longer after each failure in a row: from 100 ms, doubling, to 10 s, with a quarter of jitter so that services
/// that failed together do not try again together.
package struct Backoff: Sendable {
    private var failures = 0
    private let first: Duration
    private let longest: Duration

    package init(first: Duration = .milliseconds(100), longest: Duration = .seconds(10)) {
        self.first = first
        self.longest = longest
    }

    /// How long to wait after the next failure; `jitter` between -1 and 1.
    package mutating func next(jitter: Double = Double.random(in: -1...1)) -> Duration {
        let doubled = first * (1 << min(failures, 16))
        failures += 1
        let base = min(doubled, longest)
        return base + base / 4 * jitter
    }

    /// Suspends for the next wait; returns at once when cancelled.
    package mutating func pause() async {
        try? await Task.sleep(for: next())
    }
}
