import Foundation

/// Ports of the loopback interface that nobody listens on.
package enum FreePorts {
    /// Different ports, chosen by the system. They are free when this returns; take them soon.
    package static func choose(_ count: Int) throws -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            let (socket, port) = try listen(backlog: nil)
            sockets.append(socket)
            return port
        }
    }

    /// A socket bound to a free port of 127.0.0.1, listening when a backlog is given.
    static func listen(backlog: Int32?) throws -> (socket: Int32, port: Int) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw POSIXFailure("open a socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        guard status, backlog.map({ Glibc.listen(socket, $0) == 0 }) ?? true else {
            close(socket)
            throw POSIXFailure("bind a socket")
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A connection to a port of 127.0.0.1; nil when nobody listens.
    static func connect(to port: Int) -> Int32? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return socket }
        close(socket)
        return nil
    }

    /// True when somebody listens there.
    package static func isListening(_ port: Int) -> Bool {
        guard let socket = connect(to: port) else { return false }
        close(socket)
        return true
    }
}

/// A call of the system that failed, with its error.
package struct POSIXFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ operation: String, code: Int32 = errno) {
        description = "\(operation): \(String(cString: strerror(code)))"
    }
}
