import Foundation

/// A condition of something real (a process, a broker) that did not come true in time.
package struct WaitedInVain: Error, CustomStringConvertible {
    package let what: String
    package let lastError: String?
    package var description: String {
        "waited in vain until \(what)" + (lastError.map { "; the last attempt failed: \($0)" } ?? "")
    }
}

/// Looks again and again until the condition holds; an error counts as “not yet”. For real processes only: what
/// depends on our own clock is tested by moving the clock.
package func poll(
    _ what: String, within limit: Duration = .seconds(20), every interval: Duration = .milliseconds(25),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    var lastError: String?
    repeat {
        do {
            if try await condition() { return }
            lastError = nil
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            lastError = "\(error)"
        }
        try await Task.sleep(for: interval)
    } while ContinuousClock.now < deadline
    throw WaitedInVain(what: what, lastError: lastError)
}

/// Runs something that blocks on a thread of its own.
package func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: body)) }.start()
    }
}
