import Foundation
import NIOCore
import NIOPosix

/// Connections to one origin: at most so many, given out to whoever waits longest.
actor ConnectionPool {
    private let host: String
    private let port: Int
    private let limit: Int
    private let group: any EventLoopGroup
    private var idle: [HTTPConnection] = []
    private var lent = 0
    private var waiting = Queue<CheckedContinuation<Void, Never>>()

    init(host: String, port: Int, limit: Int, group: any EventLoopGroup) {
        self.host = host
        self.port = port
        self.limit = limit
        self.group = group
    }

    /// Sends a request on a free connection. An answer that never came is asked for once more when the request may be
    /// repeated: a server closes idle connections just when one wants to use them.
    func send(_ request: HTTPRequestMessage, mayRepeat: Bool) async throws -> HTTPAnswerMessage {
        let connection = try await take()
        do {
            let answer = try await connection.send(request)
            giveBack(connection)
            return answer
        } catch {
            await connection.close()
            release()
            guard mayRepeat else { throw error }
            return try await send(request, mayRepeat: false)
        }
    }

    func closeAll() async {
        for connection in idle { await connection.close() }
        idle = []
    }

    private func take() async throws -> HTTPConnection {
        // Whoever waits is given the place of the one who leaves: nobody who comes later can take it.
        if lent >= limit { await withCheckedContinuation { waiting.append($0) } } else { lent += 1 }
        while let connection = idle.popLast() {
            if connection.isOpen { return connection }
        }
        do {
            return try await HTTPConnection.open(host: host, port: port, on: group)
        } catch {
            release()
            throw error
        }
    }

    private func giveBack(_ connection: HTTPConnection) {
        if connection.isOpen { idle.append(connection) }
        release()
    }

    private func release() {
        if let next = waiting.popFirst() { next.resume() } else { lent -= 1 }
    }
}

/// First in, first out, without moving what stays.
private struct Queue<Element> {
    private var elements: [Element?] = []
    private var head = 0

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            elements[head] = nil
            head += 1
            if head == elements.count {
                elements.removeAll(keepingCapacity: true)
                head = 0
            }
        }
        return elements[head]
    }
}
