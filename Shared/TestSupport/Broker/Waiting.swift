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
    _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(25),
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

/// Runs something that blocks on a thread of its own. Its signals are not blocked, as they are on the threads of the
/// cooperative pool: a child process inherits that, and would neither see its own children end nor end when asked.
package func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread {
            var none = sigset_t()
            sigemptyset(&none)
            pthread_sigmask(SIG_SETMASK, &none, nil)
            continuation.resume(with: Result(catching: body))
        }.start()
    }
}
