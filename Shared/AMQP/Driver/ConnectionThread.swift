import Foundation

/// Starts the thread of a connection. The role is made on it and stays there.
enum ConnectionThread {
    static func start(name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 1024 * 1024
        thread.start()
    }

    /// Runs something that blocks on a thread of its own, so that the cooperative pool is never blocked.
    static func run<T: Sendable>(
        name: String, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            start(name: name) { continuation.resume(with: Result(catching: body)) }
        }
    }
}
