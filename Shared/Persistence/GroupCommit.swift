import Foundation
import GRDB
import Messaging
import Synchronization

/// Lets writers share commits.
///
/// A commit with `synchronous=FULL` costs a flush of the disk, whatever it holds. So while one transaction is being
/// committed, new changes queue up, and the next transaction takes all of them, each in a savepoint of its own. A lone
/// writer waits for nobody: no time is ever added to fill a group.
package final class GroupCommit: Sendable {
    private struct State {
        var changes: [any PendingChange] = []
        var isDraining = false
    }

    /// The most changes in one transaction: bounds the time until the first of them is on disk.
    private static let groupLimit = 500

    private let state = Mutex(State())
    private let writer: any DatabaseWriter
    private let source: String
    private let clock: any TimeSource
    private let didCommit: @Sendable () -> Void

    init(
        writer: any DatabaseWriter, source: String, clock: any TimeSource, didCommit: @escaping @Sendable () -> Void
    ) {
        self.writer = writer
        self.source = source
        self.clock = clock
        self.didCommit = didCommit
    }

    /// Queues a change and returns its value when it is committed.
    func perform<Value: Sendable>(_ change: @escaping @Sendable (UnitOfWork) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Value, any Error>) in
            enqueue(Change(change, waiter: waiter))
        }
    }

    private func enqueue(_ change: any PendingChange) {
        let starts = state.withLock { state in
            state.changes.append(change)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if starts { Task { await drain() } }
    }

    private func drain() async {
        while let group = nextGroup() {
            let now = clock.now()
            do {
                try await writer.write { db in
                    for change in group { change.run(UnitOfWork(db: db, now: now, source: self.source)) }
                }
                didCommit()
                for change in group { change.finish(failure: nil) }
            } catch {
                for change in group { change.finish(failure: error) }
            }
        }
    }

    private func nextGroup() -> [any PendingChange]? {
        state.withLock { state in
            guard !state.changes.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.changes.prefix(Self.groupLimit))
            state.changes.removeFirst(group.count)
            return group
        }
    }
}

/// A change on its way to the disk.
private protocol PendingChange: Sendable {
    /// Runs in the shared transaction, within a savepoint.
    func run(_ unit: UnitOfWork)
    /// Tells the waiter, after the commit or its failure.
    func finish(failure: (any Error)?)
}

private final class Change<Value: Sendable>: PendingChange {
    private let change: @Sendable (UnitOfWork) throws -> Value
    private let waiter: CheckedContinuation<Value, any Error>
    private let result = Mutex<Result<Value, any Error>?>(nil)

    init(_ change: @escaping @Sendable (UnitOfWork) throws -> Value, waiter: CheckedContinuation<Value, any Error>) {
        self.change = change
        self.waiter = waiter
    }

    func run(_ unit: UnitOfWork) {
        let outcome = Result { try unit.inSavepoint { try change(unit) } }
        result.withLock { $0 = outcome }
    }

    func finish(failure: (any Error)?) {
        let outcome = result.withLock { $0 }
        if let failure {
            waiter.resume(throwing: failure)
        } else {
            waiter.resume(with: outcome ?? .failure(CancellationError()))
        }
    }
}
