import Messaging
import Synchronization

/// Publications on their way to the publisher's thread. Bounded: what does not fit is refused at once.
final class PublisherMailbox: Sendable {
    struct Submission: Sendable {
        var publications: [Publication]
        var continuation: CheckedContinuation<[PublishResult], Never>
    }

    private struct State: Sendable {
        /// Why nothing is taken now; nil while publishing is possible.
        var refusal: String? = "not connected yet"
        var submissions: [Submission] = []
        var count = 0
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup
    private let capacity: Int

    init(wakeup: Wakeup, capacity: Int) {
        self.wakeup = wakeup
        self.capacity = capacity
    }

    func publish(_ publications: [Publication]) async -> [PublishResult] {
        await withCheckedContinuation { continuation in
            let refusal: String? = state.withLock { state in
                if let refusal = state.refusal { return refusal }
                guard state.count == 0 || state.count + publications.count <= capacity else {
                    return "\(state.count) publications are waiting already"
                }
                state.submissions.append(Submission(publications: publications, continuation: continuation))
                state.count += publications.count
                return nil
            }
            if let refusal {
                continuation.resume(returning: publications.map { _ in .unknown(refusal) })
            } else {
                wakeup.signal()
            }
        }
    }

    // MARK: The thread's side

    func accept() { state.withLock { $0.refusal = nil } }

    /// From now on everything is refused; returns what was taken in before.
    func refuse(_ reason: String) -> [Submission] {
        state.withLock { state in
            state.refusal = reason
            return Self.takeAll(&state)
        }
    }

    func take() -> [Submission] { state.withLock { Self.takeAll(&$0) } }

    private static func takeAll(_ state: inout State) -> [Submission] {
        guard !state.submissions.isEmpty else { return [] }
        defer {
            state.submissions = []
            state.count = 0
        }
        return state.submissions
    }
}
