import CRabbitMQ
import Foundation
import Messaging

/// One connection with one channel, open and logged in: the library's calls, their errors made Swift's and everything
/// they return copied. It belongs to the thread that opened it and is no use after any error.
final class RabbitLink {
    static let channel: amqp_channel_t = 1

    let connection: amqp_connection_state_t
    let arena = Arena()
    private(set) var negotiated = ConnectionState.Negotiated(frameMaximum: 131_072, heartbeat: 0)
    /// Whom the broker knows us as.
    let user: String
    private let options: ConnectionOptions
    /// A duplicate of the socket's descriptor, ours to close: the library may close its own inside any call.
    private var descriptor: Int32 = -1

    init(to address: BrokerAddress, options: ConnectionOptions) throws(AMQPError) {
        guard let connection = amqp_new_connection() else {
            throw .library(operation: "open a connection", code: ENOMEM, text: "no memory")
        }
        self.connection = connection
        self.options = options
        user = address.user
        try open(address)
        try guarded("log in", for: .seconds(address.connectTimeout) + options.answerTimeout) { () throws(AMQPError) in
            try login(address)
            try openChannel()
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        amqp_destroy_connection(connection)
    }

    /// What to poll for input.
    var socket: Int32 { descriptor }

    /// True when the library holds input that polling the socket would not show.
    var hasBufferedInput: Bool { amqp_frames_enqueued(connection) != 0 || amqp_data_in_buffer(connection) != 0 }

    /// Runs a call that may hang; the watchdog cuts the connection when it does.
    func guarded<T>(
        _ operation: String, for time: Duration? = nil, _ body: () throws(AMQPError) -> T
    ) throws(AMQPError) -> T {
        let guardID = Watchdog.shared.arm(descriptor, for: time ?? options.stallTimeout)
        defer { Watchdog.shared.disarm(guardID) }
        return try body()
    }

    // MARK: Opening

    private func open(_ address: BrokerAddress) throws(AMQPError) {
        let socket = address.tls == nil ? amqp_tcp_socket_new(connection) : amqp_ssl_socket_new(connection)
        guard let socket else { throw .library(operation: "open a socket", code: ENOMEM, text: "no memory") }
        if let tls = address.tls { try prepare(socket, tls) }
        var timeout = timeval(tv_sec: address.connectTimeout, tv_usec: 0)
        try check("connect to \(address)") {
            amqp_socket_open_noblock(socket, address.host, Int32(address.port), &timeout)
        }
        amqp_set_handshake_timeout(connection, &timeout)
        var answer = timeval(options.answerTimeout)
        amqp_set_rpc_timeout(connection, &answer)
        descriptor = dup(amqp_get_sockfd(connection))
        guard descriptor >= 0 else {
            throw .library(operation: "watch the socket", code: errno, text: String(cString: strerror(errno)))
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setOption(TCP_USER_TIMEOUT, Int32(clamping: Int64(options.stallTimeout.seconds * 1000)))
    }

    private func prepare(_ socket: OpaquePointer, _ tls: BrokerAddress.TLS) throws(AMQPError) {
        amqp_ssl_socket_set_verify_peer(socket, 1)
        amqp_ssl_socket_set_verify_hostname(socket, 1)
        try check("require TLS 1.2") { amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST) }
        let authorities = tls.authorityFile ?? Self.systemAuthorities
        guard amqp_ssl_socket_set_cacert(socket, authorities) == AMQP_STATUS_OK.rawValue else {
            throw .unusableFile(authorities)
        }
        if let certificate = tls.certificateFile, let key = tls.keyFile {
            guard amqp_ssl_socket_set_key(socket, certificate, key) == AMQP_STATUS_OK.rawValue else {
                throw .unusableFile("\(certificate) or \(key)")
            }
        }
    }

    /// Debian's bundle; the library trusts nobody by default.
    private static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    private func login(_ address: BrokerAddress) throws(AMQPError) {
        var properties = arena.table(Self.clientProperties(name: options.name))
        let reply = redress_login_plain(
            connection, address.virtualHost, Int32(WireLimits().frameMaximum), Int32(address.heartbeat), &properties,
            address.user, address.password)
        arena.recycle()
        try check(reply, "log in to \(address)")
        negotiated = ConnectionState.Negotiated(
            frameMaximum: Int(amqp_get_frame_max(connection)), heartbeat: Int(amqp_get_heartbeat(connection)))
    }

    /// Without these offered in the nested table, the broker neither says that it is blocked nor that a subscription
    /// ended.
    private static func clientProperties(name: String) -> [String: HeaderValue] {
        [
            "connection_name": .text(name), "product": "redress",
            "capabilities": .table([
                "connection.blocked": true, "consumer_cancel_notify": true, "basic.nack": true,
                "publisher_confirms": true, "exchange_exchange_bindings": true, "authentication_failure_close": true,
            ]),
        ]
    }

    func openChannel() throws(AMQPError) {
        _ = try call("open a channel") { amqp_channel_open($0, Self.channel) }
    }

    /// After the broker has closed the channel with its answer to a call.
    func reopenChannel() throws(AMQPError) {
        confirmClose(REDRESS_CHANNEL_CLOSE_OK)
        try openChannel()
    }

    // MARK: Frames

    /// The next frame that has arrived, or nil. Also sends and checks heartbeats, and so must be called regularly.
    func nextFrame() throws(AMQPError) -> Frame? {
        while true {
            // The last frame has been copied. Between frames, never in the middle of one: that would abort the process.
            amqp_maybe_release_buffers(connection)
            var frame = amqp_frame_t()
            var noWait = timeval(tv_sec: 0, tv_usec: 0)
            let status = amqp_simple_wait_frame_noblock(connection, &frame, &noWait)
            if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
            try check("receive") { status }
            if let copy = Frame(frame) { return copy }
        }
    }

    /// Answers what the broker closed, so that it does not wait for us. The connection ends all the same.
    func confirmClose(_ method: redress_method) {
        var answer = amqp_channel_close_ok_t()
        let channel = method == REDRESS_CHANNEL_CLOSE_OK ? Self.channel : 0
        _ = amqp_send_method(connection, channel, amqp_method_number_t(method.rawValue), &answer)
    }

    /// Says goodbye; nothing is lost if it fails.
    func sayGoodbye() {
        var short = timeval(tv_sec: 2, tv_usec: 0)
        amqp_set_rpc_timeout(connection, &short)
        let guardID = Watchdog.shared.arm(descriptor, for: .seconds(3))
        _ = amqp_connection_close(connection, 200)
        Watchdog.shared.disarm(guardID)
    }

    /// While corked, small writes are gathered into full packets; uncorking sends the rest at once.
    func cork(_ on: Bool) { setOption(TCP_CORK, on ? 1 : 0) }

    private func setOption(_ option: Int32, _ value: Int32) {
        var value = value
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
