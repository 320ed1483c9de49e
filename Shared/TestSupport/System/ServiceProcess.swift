import Foundation
import Synchronization

/// A service as a child process that is started again whenever it dies, until it is told to stop. It ends with the
/// process that started it, however that ends.
final class ServiceProcess: Sendable {
    private struct State {
        var process: GuardedProcess?
        var isStopping = false
        var starts = 0
    }

    let name: String
    let logFile: String
    private let executable: String
    private let environment: [String: String]
    private let pidFile: String
    private let state = Mutex(State())

    init(_ name: String, executable: String, environment: [String: String], folder: String) {
        self.name = name
        self.executable = executable
        self.environment = environment
        logFile = "\(folder)/\(name).log"
        pidFile = "\(folder)/\(name).pid"
    }

    /// How often it was started.
    var starts: Int { state.withLock { $0.starts } }

    func start() async throws {
        try await onThread { try self.launch() }
    }

    private func launch() throws {
        try state.withLock { state in
            guard !state.isStopping else { return }
            state.process = try GuardedProcess(
                executable, environment: environment, logFile: logFile, pidFile: pidFile
            ) { [weak self] in self?.restart() }
            state.starts += 1
        }
    }

    private func restart() {
        guard !state.withLock({ $0.isStopping }) else { return }
        Task { [weak self] in
            // As long as supervisor takes to notice.
            try? await Task.sleep(for: .milliseconds(100))
            try? await self?.start()
        }
    }

    /// Sends a signal to the service itself. `SIGKILL`: it is started again.
    func signal(_ number: Int32) throws {
        guard let process = state.withLock({ $0.process }) else { throw SystemFailure("\(name) was not started") }
        try process.signal(number)
    }

    /// Asks it to end, and does not start it again. Returns its exit code.
    @discardableResult
    func stop() async throws -> Int32 {
        let process = state.withLock { state in
            state.isStopping = true
            return state.process
        }
        try? process?.signal(SIGTERM)
        return try await onThread { process?.waitUntilEnd() ?? 0 }
    }

    /// The end of what it logged.
    func log(_ characters: Int = 4000) -> String {
        String(((try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "").suffix(characters))
    }
}
