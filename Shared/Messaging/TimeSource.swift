import Foundation

/// Where the time comes from. Everything that asks for the time asks this, so that demonstrations and tests can start
/// anywhere and run at any speed.
package protocol TimeSource: Sendable {
    /// The instant, to the millisecond.
    func now() -> Date

    /// Suspends until the instant has come by this clock. Throws only when cancelled.
    func sleep(until instant: Date) async throws
}
