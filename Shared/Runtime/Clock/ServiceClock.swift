import Foundation
import Messaging

/// The clock of a running service: the real time, or a time of its own that starts somewhere else and runs faster.
///
/// Days of deadlines pass in seconds at a high speed, with unchanged code. The clock never goes back while the process
/// runs, because it counts from its start with the monotonic clock.
package struct ServiceClock: TimeSource {
    private let start: Date
    private let began: ContinuousClock.Instant
    private let speed: Double
    private let monotonic = ContinuousClock()
    /// Where a file steers the clock, it alone says the time.
    private let steered: SteeredClock?

    /// The real time.
    package static var real: ServiceClock { ServiceClock(CommonConfiguration.Clock(start: nil, anchor: nil, speed: 1)) }

    /// The clock of a service as it is configured.
    /// - Throws: `CannotStart` when the file that steers it cannot be used.
    package static func configured(_ configuration: CommonConfiguration.Clock) throws -> ServiceClock {
        guard let file = configuration.file else { return ServiceClock(configuration) }
        do {
            return ServiceClock(configuration, steered: try SteeredClock(path: file), realNow: Date())
        } catch {
            throw CannotStart("clock.file: \(file): \(error)", exitCode: 78)
        }
    }

    /// - Parameter realNow: what the real clock says at this moment.
    package init(_ configuration: CommonConfiguration.Clock, realNow: Date = Date()) {
        self.init(configuration, steered: nil, realNow: realNow)
    }

    private init(_ configuration: CommonConfiguration.Clock, steered: SteeredClock?, realNow: Date) {
        self.steered = steered
        speed = configuration.speed
        began = monotonic.now
        guard let configured = configuration.start else {
            start = realNow
            return
        }
        let sinceAnchor = configuration.anchor.map { max(0, realNow.timeIntervalSince($0)) } ?? 0
        start = configured.addingTimeInterval(sinceAnchor * speed)
    }

    package func now() -> Date {
        steered?.now() ?? instant(after: monotonic.now - began)
    }

    package func sleep(until instant: Date) async throws {
        if let steered { return try await steered.sleep(until: instant) }
        try await Task.sleep(for: realWait(until: instant), clock: monotonic)
    }

    /// What the clock says when so much real time has passed since it started; to the millisecond.
    func instant(after elapsed: Duration) -> Date {
        let milliseconds = ((start.timeIntervalSince1970 + elapsed.inSeconds * speed) * 1000).rounded(.down)
        return Date(timeIntervalSince1970: milliseconds / 1000)
    }

    /// How long to wait in real time; nothing when the instant has passed. A millisecond more than computed, so that
    /// whoever wakes up and asks for the time is never told an earlier one.
    func realWait(until instant: Date) -> Duration {
        let seconds = instant.timeIntervalSince(now()) / speed
        return seconds <= 0 ? .zero : .seconds(min(seconds, 86_400 * 365)) + .milliseconds(1)
    }
}

extension Duration {
    /// As a floating-point number of seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
