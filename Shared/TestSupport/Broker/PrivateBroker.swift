import AMQP
import Foundation
import Synchronization

/// A RabbitMQ node that belongs to one test, or to one run of tests: it can be killed, suspended and started again
/// with the same data. It ends with the process that started it, however that ends.
package final class PrivateBroker: Sendable {
    private let folder: BrokerFolder
    private let guardian: Mutex<FileHandle?>
    package let management: Management

    /// Starts a node on free ports and returns when it answers, after about five seconds.
    package init(certificates: (authority: String, certificate: String, key: String)? = nil) async throws {
        folder = try BrokerFolder(
            certificates: certificates.map {
                BrokerFolder.Certificates(authority: $0.authority, certificate: $0.certificate, key: $0.key)
            })
        management = Management(port: folder.ports.management, user: BrokerFolder.user, password: BrokerFolder.password)
        let folder = folder
        guardian = Mutex(try await onThread { try Self.startGuardian(of: folder) })
        try await start()
    }

    deinit { dispose() }

    /// Returns the end of a pipe: what the guardian is to do is written to it, and its closing is the end of the node.
    private static func startGuardian(of folder: BrokerFolder) throws -> FileHandle {
        let pipe = Pipe()
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        // In a session of its own, so that it outlives an interrupt at the terminal long enough to clean up.
        _ = try ChildProcess(
            "/usr/bin/setsid", ["/bin/sh", "\(folder.path)/guardian.sh", folder.path], environment: folder.environment,
            input: .descriptor(pipe.fileHandleForReading.fileDescriptor))
        return pipe.fileHandleForWriting
    }

    /// For `amqp://`.
    package var address: BrokerAddress {
        BrokerAddress(
            host: "127.0.0.1", port: folder.ports.amqp, user: BrokerFolder.user, password: BrokerFolder.password)
    }

    /// The port of the listener with TLS, when there are certificates.
    package var tlsPort: Int { folder.ports.amqps }

    /// The address of the broker as a URL with the password, for configurations of other processes.
    package var url: String {
        "amqp://\(BrokerFolder.user):\(BrokerFolder.password)@127.0.0.1:\(folder.ports.amqp)"
    }

    /// Starts the node, after a `kill` or `stop` with the same data. Returns when it answers.
    package func start() async throws {
        try send("start")
        do {
            try await poll("the broker answers", within: .seconds(90)) {
                guard FreePorts.isListening(self.folder.ports.amqp) else { return false }
                return try await self.management.isHealthy()
            }
        } catch {
            let output = try? String(contentsOfFile: "\(folder.path)/out.log", encoding: .utf8)
            throw BrokerFailure("RabbitMQ did not start: \(error)\n\(output?.suffix(4000) ?? "")")
        }
    }

    /// Returns when a quorum queue that was declared just now would survive a `kill`. The broker keeps the names of
    /// its quorum queues in a file that it writes some seconds late; a queue that is killed before that is known to
    /// the broker ever after, but does not run.
    package func waitUntilDurable(_ queue: String, in virtualHost: String) async throws {
        let node = "redress-\(folder.ports.amqp)@localhost"
        let names = URL(fileURLWithPath: "\(folder.path)/data/\(node)/quorum/\(node)/names.dets")
        let name = (virtualHost == "/" ? "%2F" : virtualHost) + "_" + queue
        try await poll("the queue \(queue) is on disk") {
            try Data(contentsOf: names).range(of: Data(name.utf8)) != nil
        }
    }

    /// As if the power failed: SIGKILL.
    package func kill() throws { try send("kill") }

    /// An orderly shutdown, in the background.
    package func stop() throws { try send("stop") }

    /// Stands still without closing anything: SIGSTOP.
    package func suspend() throws { try signal(SIGSTOP) }
    package func unsuspend() throws { try signal(SIGCONT) }

    private func signal(_ number: Int32) throws {
        let text = try String(contentsOfFile: "\(folder.path)/node.pid", encoding: .utf8)
        guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), Glibc.kill(pid, number) == 0
        else { throw POSIXFailure("signal the broker") }
    }

    /// Kills the node and removes its folder.
    package func dispose() {
        guardian.withLock { handle in
            try? handle?.close()
            handle = nil
        }
    }

    private func send(_ word: String) throws {
        try guardian.withLock { try $0?.write(contentsOf: Data("\(word)\n".utf8)) }
    }

    /// Runs `rabbitmqctl` against this node and returns what it prints.
    @discardableResult
    package func ctl(_ arguments: String...) async throws -> String {
        let folder = folder
        return try await onThread {
            let result = try ChildProcess.run(
                "\(BrokerFolder.programs)/rabbitmqctl", arguments, environment: folder.environment)
            let text = result.text + result.complaints
            guard result.status == 0 else { throw BrokerFailure("rabbitmqctl \(arguments): \(text)") }
            return text
        }
    }
}

/// What went wrong with a broker of the tests.
package struct BrokerFailure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
