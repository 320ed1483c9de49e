import Foundation
import Synchronization

/// What is measured while complaints are played.
final class Measurements: Sendable {
    /// In the order in which they are printed.
    enum Stage: String, Sendable, CaseIterable, Codable {
        case submit, judgement, assignment, acknowledgement, opinion, investigation, solution, approval
        case answer, implementation, callback, closing
    }

    private struct State {
        var calls: [Stage: Distribution] = [:]
        var waits: [Stage: Distribution] = [:]
        var retries: [Stage: Int] = [:]
        var requests = 0
    }

    private let state = Mutex(State())

    /// A call that was done: how long the request took that succeeded, how long it was from the moment when the person
    /// would have acted, and how often it had been refused because the news was still on its way.
    func add(_ stage: Stage, call: Double, wait: Double, retries: Int) {
        state.withLock { state in
            state.calls[stage, default: Distribution()].add(call)
            state.waits[stage, default: Distribution()].add(wait)
            state.retries[stage, default: 0] += retries
        }
    }

    func countRequest() { state.withLock { $0.requests += 1 } }

    var requests: Int { state.withLock { $0.requests } }

    func call(_ stage: Stage) -> Distribution.Summary? { state.withLock { $0.calls[stage] }?.summary }
    func wait(_ stage: Stage) -> Distribution.Summary? { state.withLock { $0.waits[stage] }?.summary }
    func retries(_ stage: Stage) -> Int { state.withLock { $0.retries[stage] ?? 0 } }
}

/// Seconds since the monotonic clock began to count.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
