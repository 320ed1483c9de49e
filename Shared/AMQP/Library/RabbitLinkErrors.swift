import CRabbitMQ

/// The three ways in which the library says that something went wrong.
extension RabbitLink {
    /// A call that returns a status.
    func check(_ operation: @autoclosure () -> String, _ body: () -> Int32) throws(AMQPError) {
        let status = body()
        guard status != AMQP_STATUS_OK.rawValue else { return }
        throw .library(operation: operation(), code: status, text: String(cString: amqp_error_string2(status)))
    }

    /// A call that asks the broker and returns its answer, or nothing.
    func call<Reply>(
        _ operation: @autoclosure () -> String, _ body: (amqp_connection_state_t) -> UnsafeMutablePointer<Reply>?
    ) throws(AMQPError) -> Reply {
        defer { arena.recycle() }
        guard let reply = body(connection) else {
            try check(amqp_get_rpc_reply(connection), operation())
            throw .protocolViolation("\(operation()): no answer and no error")
        }
        return reply.pointee
    }

    func check(_ reply: amqp_rpc_reply_t, _ operation: @autoclosure () -> String) throws(AMQPError) {
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw .library(
                operation: operation(), code: reply.library_error,
                text: String(cString: amqp_error_string2(reply.library_error)))
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            switch ControlMethod(reply.reply) {
            case .channelClosed(let code, let text):
                throw .channelClosed(operation: operation(), code: code, text: text)
            case .connectionClosed(let code, let text):
                throw .connectionClosed(operation: operation(), code: code, text: text)
            default: throw .protocolViolation("\(operation()): unexpected answer \(reply.reply.id)")
            }
        default: throw .library(operation: operation(), code: 0, text: "the broker ended the connection")
        }
    }
}
