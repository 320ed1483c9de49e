import Foundation

/// A child process that ends no later than the process that started it, however that ends.
final class GuardedProcess: Sendable {
    private let process: ChildProcess
    /// Open as long as we live: its closing is the end of the child.
    private let lifeline: FileHandle
    private let pidFile: String

    /// Starts a program.
    ///
    /// - Parameter onEnd: told when the program has ended.
    init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String], logFile: String,
        pidFile: String, onEnd: @escaping @Sendable () -> Void = {}
    ) throws {
        let pipe = Pipe()
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process = try ChildProcess(
            "/bin/sh", ["-c", Self.guardian, "guardian", logFile, pidFile, executable] + arguments,
            environment: environment, input: .descriptor(pipe.fileHandleForReading.fileDescriptor), onEnd: onEnd)
        lifeline = pipe.fileHandleForWriting
        self.pidFile = pidFile
    }

    deinit { try? lifeline.close() }

    /// Keeps the program's parent alive until the program ends, and the program no longer than the pipe it reads.
    private static let guardian = """
        trap '' INT TERM HUP
        exec 3<&0
        log=$1 pid=$2
        shift 2
        ( trap - INT TERM HUP; exec "$@" >> "$log" 2>&1 < /dev/null 3<&- ) &
        child=$!
        echo "$child" > "$pid"
        ( read -r _ <&3; kill "$child" && sleep 1; kill -9 "$child" ) 2> /dev/null &
        watch=$!
        wait "$child"
        code=$?
        kill -9 "$watch" 2> /dev/null
        exit "$code"
        """

    /// Sends a signal to the program itself.
    func signal(_ number: Int32) throws {
        let text = try String(contentsOfFile: pidFile, encoding: .utf8)
        guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), pid > 1,
            Glibc.kill(pid, number) == 0
        else { throw POSIXFailure("signal the process of \(pidFile)") }
    }

    /// Blocks until the program has ended. Returns its exit code.
    func waitUntilEnd() -> Int32 {
        process.waitUntilEnd()
    }
}
