import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A request to one origin.
struct HTTPRequestMessage: Sendable {
    var method: HTTPMethod
    /// Path and query.
    var target: String
    var headers: [(String, String)]
    var body: Data?
}

/// An answer, whole.
struct HTTPAnswerMessage: Sendable {
    var status: Int
    var body: Data
}

/// Why there is no answer.
enum HTTPFailure: Error, CustomStringConvertible {
    case notConnected(String)
    case connectionClosed
    case malformed(String)

    var description: String {
        switch self {
        case .notConnected(let why): "nobody answers: \(why)"
        case .connectionClosed: "the connection was closed before the answer had come"
        case .malformed(let what): "the answer cannot be read: \(what)"
        }
    }
}

/// One keep-alive connection that carries one request at a time.
struct HTTPConnection: Sendable {
    private let channel: any Channel

    static func open(host: String, port: Int, on group: any EventLoopGroup) async throws -> HTTPConnection {
        do {
            return HTTPConnection(channel: try await connect(host: host, port: port, on: group))
        } catch {
            throw HTTPFailure.notConnected("\(error)")
        }
    }

    private static func connect(host: String, port: Int, on group: any EventLoopGroup) async throws -> any Channel {
        try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ExchangeHandler())
                }
            }
            .connect(host: host, port: port).get()
    }

    var isOpen: Bool { channel.isActive }

    func send(_ request: HTTPRequestMessage) async throws -> HTTPAnswerMessage {
        let answer = channel.eventLoop.makePromise(of: HTTPAnswerMessage.self)
        // A channel that has just closed has no handler left to fail the answer; then the write itself fails.
        channel.writeAndFlush(Exchange(request: request, answer: answer)).whenFailure { error in
            answer.fail(HTTPFailure.notConnected("\(error)"))
        }
        return try await answer.futureResult.get()
    }

    func close() async { try? await channel.close() }
}

/// A request on its way, with the promise of its answer.
private struct Exchange: Sendable {
    let request: HTTPRequestMessage
    let answer: EventLoopPromise<HTTPAnswerMessage>
}

/// Writes a request's parts and gathers the answer's. Lives on one event loop.
private final class ExchangeHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = Exchange
    typealias OutboundOut = HTTPClientRequestPart

    private var current: Exchange?
    private var status = 0
    private var body = Data()

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard context.channel.isActive, current == nil else {
            exchange.answer.fail(HTTPFailure.connectionClosed)
            promise?.fail(HTTPFailure.connectionClosed)
            return
        }
        current = exchange
        body.removeAll(keepingCapacity: true)
        let request = exchange.request
        var head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.target)
        for (name, value) in request.headers { head.headers.add(name: name, value: value) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let data = request.body {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: data)))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): status = Int(head.status.code)
        case .body(let bytes): body.append(contentsOf: bytes.readableBytesView)
        case .end:
            current?.answer.succeed(HTTPAnswerMessage(status: status, body: body))
            current = nil
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(HTTPFailure.connectionClosed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(HTTPFailure.malformed("\(error)"))
        context.close(promise: nil)
    }

    private func fail(_ error: any Error) {
        current?.answer.fail(error)
        current = nil
    }
}
