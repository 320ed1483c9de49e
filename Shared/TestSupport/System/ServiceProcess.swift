import Foundation
import Synchronization

/// A service as a child process that is started again whenever it dies, until it is told to stop. It ends with the
/// process that started it, however that ends.
final class ServiceProcess: Sendable {
    private struct State {
        var process: Process?
        /// Open as long as we live: its closing is the end of the child.
        var lifeline: FileHandle?
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

    deinit { state.withLock { try? $0.lifeline?.close() } }

    /// How often it was started.
    var starts: Int { state.withLock { $0.starts } }

    func start() async throws {
        try await onThread { try self.launch() }
    }

    /// Keeps the program's parent alive until the program ends, and the program no longer than the pipe it reads.
    private static let guardian = """
        trap '' INT TERM HUP
        exec 3<&0
        log=$1 pid=$2
        shift 2
        "$@" >> "$log" 2>&1 < /dev/null 3<&- &
        child=$!
        echo "$child" > "$pid"
        ( read -r _ <&3; kill -9 "$child" 2> /dev/null ) &
        watch=$!
        wait "$child"
        code=$?
        kill -9 "$watch" 2> /dev/null
        exit "$code"
        """

    private func launch() throws {
        let pipe = Pipe()
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.guardian, "guardian", logFile, pidFile, executable]
        process.environment = environment
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.terminationHandler = { [weak self] _ in self?.restart() }
        try state.withLock { state in
            guard !state.isStopping else { return }
            try process.run()
            state.process = process
            state.lifeline = pipe.fileHandleForWriting
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
        let text = try String(contentsOfFile: pidFile, encoding: .utf8)
        guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), pid > 1,
            Glibc.kill(pid, number) == 0
        else { throw POSIXFailure("signal \(name)") }
    }

    /// Asks it to end, and does not start it again. Returns its exit code.
    @discardableResult
    func stop() async throws -> Int32 {
        let process = state.withLock { state in
            state.isStopping = true
            return state.process
        }
        try? signal(SIGTERM)
        return try await onThread { [self] in
            process?.waitUntilExit()
            state.withLock { $0.lifeline = nil }
            return process?.terminationStatus ?? 0
        }
    }

    /// The end of what it logged.
    func log(_ characters: Int = 4000) -> String {
        String(((try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "").suffix(characters))
    }
}
