import Foundation
import Synchronization

/// How well one part of a service does.
package struct HealthStatus: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable, Comparable {
        /// Does its work.
        case ok
        /// Does its work, but somebody should look: a growing backlog, a blocked broker.
        case degraded
        /// Does not do its work.
        case failed

        package static func < (left: State, right: State) -> Bool { left.rank < right.rank }
        private var rank: Int {
            switch self {
            case .ok: 0
            case .degraded: 1
            case .failed: 2
            }
        }
    }

    package var state: State
    /// For operations staff; never a secret.
    package var detail: String?

    package init(_ state: State, _ detail: String? = nil) {
        self.state = state
        self.detail = detail
    }

    package static let ok = HealthStatus(.ok)
    package static func degraded(_ detail: String) -> HealthStatus { HealthStatus(.degraded, detail) }
    package static func failed(_ detail: String) -> HealthStatus { HealthStatus(.failed, detail) }
}

/// What `/readyz` answers: the worst state of all checks, and each check's own.
package struct HealthReport: Sendable, Hashable, Codable {
    package var state: HealthStatus.State
    package var checks: [String: HealthStatus]

    /// Ready while nothing has failed: 200 for `/readyz`, otherwise 503.
    package var isReady: Bool { state != .failed }

    package init(_ checks: [String: HealthStatus]) {
        self.checks = checks
        state = checks.values.map(\.state).max() ?? .ok
    }
}

/// The checks of a service by name (`store`, `broker`, `backlog`). `/healthz` asks none of them: a process that answers
/// is alive.
package final class HealthRegistry: Sendable {
    package typealias Check = @Sendable () async throws -> HealthStatus

    private let checks = Mutex<[String: Check]>([:])
    private let limit: Duration

    /// - Parameter limit: how long a check may take before it counts as failed.
    package init(limit: Duration = .seconds(2)) { self.limit = limit }

    /// Adds a check; one with the same name is replaced. A check that throws has failed.
    package func register(_ name: String, _ check: @escaping Check) {
        checks.withLock { $0[name] = check }
    }

    /// Runs all checks at the same time. Takes no longer than the limit, even when a check hangs.
    package func report() async -> HealthReport {
        let current = checks.withLock { $0 }
        return await withTaskGroup(of: (String, HealthStatus).self) { [limit] group in
            for (name, check) in current {
                group.addTask { (name, await Self.run(check, within: limit)) }
            }
            return HealthReport(await group.reduce(into: [:]) { $0[$1.0] = $1.1 })
        }
    }

    /// The first answer counts: the check's, or the limit's. What hangs is left behind, not waited for.
    private static func run(_ check: @escaping Check, within limit: Duration) async -> HealthStatus {
        await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            let work = Task {
                do {
                    answer.give(try await check())
                } catch {
                    answer.give(.failed("\(error)"))
                }
            }
            Task {
                try? await Task.sleep(for: limit)
                answer.give(.failed("no answer within \(limit)"))
                work.cancel()
            }
        }
    }

    private final class FirstAnswer: Sendable {
        private let continuation: Mutex<CheckedContinuation<HealthStatus, Never>?>

        init(_ continuation: CheckedContinuation<HealthStatus, Never>) { self.continuation = Mutex(continuation) }

        func give(_ status: HealthStatus) {
            continuation.withLock { $0.take() }?.resume(returning: status)
        }
    }
}
