import Foundation
import Synchronization

/// What became of every complaint.
final class Accounts: Sendable {
    private struct State {
        var accepted: [String] = []
        var finished = 0
        var failures: [String] = []
        var late = 0
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state = Mutex(State())

    func began(late isLate: Bool) {
        state.withLock { state in
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            if isLate { state.late += 1 }
        }
    }

    func accepted(_ number: String) { state.withLock { $0.accepted.append(number) } }

    func ended(_ failure: (any Error)?) {
        state.withLock { state in
            state.inFlight -= 1
            if let failure { state.failures.append("\(failure)") } else { state.finished += 1 }
        }
    }

    var numbers: [String] { state.withLock { $0.accepted } }
    var finished: Int { state.withLock { $0.finished } }
    var failures: [String] { state.withLock { $0.failures } }
    /// Submissions that began later than their turn because as many complaints as allowed were being played.
    var late: Int { state.withLock { $0.late } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }
}
