import Foundation
import Synchronization

/// A child process, started through `posix_spawn`.
///
/// Tests start children while other tests open and close descriptors. Foundation's `Process` (Swift 6.3 on Linux) copies
/// whole directory entries of `/proc/self/fd`, reads past the last one, and now and then takes the whole run with it.
package final class ChildProcess: Sendable {
    /// What a standard stream of the child is.
    package enum Stream: Sendable {
        case null
        case descriptor(Int32)
    }

    package let pid: pid_t
    private let status = Mutex<Int32>(0)
    private let ended = DispatchGroup()

    /// - Parameters:
    ///   - environment: instead of ours.
    ///   - folder: where it starts; ours when nil.
    ///   - onEnd: told, on a thread of its own, when the program has ended.
    /// - Throws: `POSIXFailure` when the program cannot be started.
    package init(
        _ executable: String, _ arguments: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment, folder: String? = nil,
        input: Stream = .null, output: Stream = .null, errors: Stream = .null,
        onEnd: @escaping @Sendable () -> Void = {}
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [(Int32(0), input), (1, output), (2, errors)] {
            switch stream {
            case .null: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            }
        }
        // Nothing else of ours is the child's: a pipe that it held open would never end for its reader.
        for descriptor in Self.openDescriptors() { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        Self.prepare(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var pid: pid_t = 0
        let command = folder.map { ["/usr/bin/env", "--chdir", $0, executable] } ?? [executable]
        let code = Self.withStrings(command + arguments) { arguments in
            Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&pid, command[0], &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw POSIXFailure("start \(executable)", code: code) }
        self.pid = pid
        ended.enter()
        Thread.detachNewThread { [self] in
            var raw: Int32 = 0
            while waitpid(self.pid, &raw, 0) < 0, errno == EINTR {}
            // As a shell tells it: the exit code, or 128 and the signal.
            status.withLock { $0 = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f) }
            ended.leave()
            onEnd()
        }
    }

    /// Blocks until the program has ended.
    /// - Returns: its exit code, or 128 and the number of the signal that ended it.
    @discardableResult
    package func waitUntilEnd() -> Int32 {
        ended.wait()
        return status.withLock { $0 }
    }

    /// In a process group of its own, with no signal blocked and a broken pipe deadly, whatever holds for our thread.
    private static func prepare(_ attributes: inout posix_spawnattr_t) {
        posix_spawnattr_init(&attributes)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private static func openDescriptors() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
