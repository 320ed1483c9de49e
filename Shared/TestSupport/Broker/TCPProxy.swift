import Foundation
import Synchronization

/// Stands between a client and a server on the loopback interface, and spoils the connection on demand.
package final class TCPProxy: Sendable {
    /// What happens to bytes that arrive.
    package enum Mode: Sendable {
        case forward
        /// Nothing is read: the sender's buffers fill until it hangs.
        case stall
        /// Everything is read and thrown away: the sender believes that it was delivered.
        case swallow
    }

    private struct State: Sendable {
        var mode = Mode.forward
        var sockets: Set<Int32> = []
        var isClosed = false
        var refuses = false
        var accepted = 0
    }

    package let port: Int
    private let listener: Int32
    private let target: Int
    private let state = Mutex(State())

    /// Listens on a free port of 127.0.0.1 and forwards to another.
    package init(to target: Int) throws {
        self.target = target
        (listener, port) = try FreePorts.listen(backlog: 16)
        let accepting = Thread { [weak self] in
            // The proxy is held only for moments, so that it ends when nobody else holds it.
            while let self, self.acceptOne() {}
        }
        accepting.start()
    }

    deinit { shutDown() }

    package var mode: Mode {
        get { state.withLock { $0.mode } }
        set { state.withLock { $0.mode = newValue } }
    }

    /// How many connections there have been.
    package var accepted: Int { state.withLock { $0.accepted } }

    /// While it refuses, new connections are closed at once.
    package var refuses: Bool {
        get { state.withLock { $0.refuses } }
        set { state.withLock { $0.refuses = newValue } }
    }

    /// Cuts all connections that are open.
    package func cut() {
        state.withLock { state in
            for socket in state.sockets { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    package func shutDown() {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        cut()
        close(listener)
    }

    /// False when the proxy is closed.
    private func acceptOne() -> Bool {
        guard !state.withLock({ $0.isClosed }) else { return false }
        var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&waiting, 1, 20) > 0 else { return true }
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return !state.withLock { $0.isClosed } }
        guard !refuses, let server = FreePorts.connect(to: target) else {
            close(client)
            return true
        }
        state.withLock { state in
            state.accepted += 1
            state.sockets.formUnion([client, server])
        }
        // Both directions share one thread, so that the sockets have one owner who closes them.
        Thread { [self] in
            pump(client, server)
            state.withLock { state in
                state.sockets.subtract([client, server])
                close(client)
                close(server)
            }
        }.start()
        return true
    }

    private func pump(_ client: Int32, _ server: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let mode = state.withLock { $0.mode }
            if mode == .stall {
                // Only the end of a socket is looked for.
                var ends = [pollfd(fd: client, events: 0, revents: 0), pollfd(fd: server, events: 0, revents: 0)]
                if Glibc.poll(&ends, 2, 10) > 0 { return }
                continue
            }
            var input = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard Glibc.poll(&input, 2, 10) > 0 else { continue }
            for (index, (source, destination)) in [(client, server), (server, client)].enumerated() {
                guard input[index].revents != 0 else { continue }
                let count = recv(source, &buffer, buffer.count, 0)
                guard count > 0 else {
                    shutdown(destination, Int32(SHUT_RDWR))
                    return
                }
                if mode == .forward, !sendAll(destination, buffer, count) { return }
            }
        }
    }

    private func sendAll(_ socket: Int32, _ bytes: [UInt8], _ count: Int) -> Bool {
        var sent = 0
        while sent < count {
            let result = bytes.withUnsafeBytes {
                send(socket, $0.baseAddress.map { $0 + sent }, count - sent, Int32(MSG_NOSIGNAL))
            }
            guard result > 0 else { return false }
            sent += result
        }
        return true
    }
}
