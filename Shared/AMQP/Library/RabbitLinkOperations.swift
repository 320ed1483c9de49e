import CRabbitMQ
import Foundation
import Messaging

/// What is asked of the broker.
extension RabbitLink {
    // MARK: Publishing

    func selectConfirms() throws(AMQPError) {
        _ = try call("select confirms") { amqp_confirm_select($0, Self.channel) }
    }

    /// Sends a message, mandatory. Its number goes along as `correlation-id`, for `basic.return` carries none; and who
    /// we are as `user-id`, which the broker compares with the login.
    /// The sizes must have been checked (`WireLimits`), and input drained just before.
    func publish(_ publication: Publication, sequence: UInt64) throws(AMQPError) {
        defer { arena.recycle() }
        let message = publication.message
        var properties = amqp_basic_properties_t()
        func set(_ flag: Int32) { properties._flags |= amqp_flags_t(flag) }
        set(
            AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG | AMQP_BASIC_CORRELATION_ID_FLAG
                | AMQP_BASIC_USER_ID_FLAG)
        properties.user_id = arena.bytes(user)
        properties.delivery_mode = message.isPersistent ? 2 : 1
        properties.headers = arena.table(message.headers)
        properties.correlation_id = arena.bytes(String(sequence))
        if let id = message.messageID {
            set(AMQP_BASIC_MESSAGE_ID_FLAG)
            properties.message_id = arena.bytes(id)
        }
        if let type = message.contentType {
            set(AMQP_BASIC_CONTENT_TYPE_FLAG)
            properties.content_type = arena.bytes(type)
        }
        if let seconds = message.timestamp?.wireSeconds {
            set(AMQP_BASIC_TIMESTAMP_FLAG)
            properties.timestamp = seconds
        }
        let exchange = arena.bytes(publication.destination.exchange)
        let key = arena.bytes(publication.destination.routingKey)
        let status = message.body.withUnsafeBytes { body in
            // The library only reads the body; C cannot say so.
            let bytes = amqp_bytes_t(len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress))
            return amqp_basic_publish(connection, Self.channel, exchange, key, 1, 0, &properties, bytes)
        }
        try check("publish") { status }
    }

    // MARK: Consuming

    func subscribe(to queue: String, prefetch: Int, arguments: [String: HeaderValue]) throws(AMQPError) {
        _ = try call("set the prefetch") { amqp_basic_qos($0, Self.channel, 0, UInt16(clamping: prefetch), 0) }
        let name = arena.bytes(queue)
        let tag = arena.bytes(Self.subscription)
        let table = arena.table(arguments)
        _ = try call("consume \(queue)") { amqp_basic_consume($0, Self.channel, name, tag, 0, 0, 0, table) }
    }

    /// The one subscription of the channel.
    private static let subscription = "redress"

    /// Asks for no more messages; the broker's answer comes as a frame.
    func cancelSubscription() throws(AMQPError) {
        defer { arena.recycle() }
        var cancel = amqp_basic_cancel_t(consumer_tag: arena.bytes(Self.subscription), nowait: 0)
        try check("cancel the subscription") {
            amqp_send_method(connection, Self.channel, amqp_method_number_t(REDRESS_BASIC_CANCEL.rawValue), &cancel)
        }
    }

    func acknowledge(_ tag: UInt64, multiple: Bool) throws(AMQPError) {
        try check("acknowledge") { amqp_basic_ack(connection, Self.channel, tag, multiple ? 1 : 0) }
    }

    func requeue(_ tag: UInt64, multiple: Bool) throws(AMQPError) {
        try check("requeue") { amqp_basic_nack(connection, Self.channel, tag, multiple ? 1 : 0, 1) }
    }

    // MARK: Topology

    func declare(_ topology: Topology) throws(AMQPError) {
        for exchange in topology.exchanges { try declare(exchange) }
        for queue in topology.queues { try declare(queue) }
        for binding in topology.bindings { try declare(binding) }
    }

    func declare(_ exchange: Topology.Exchange, passive: Bool = false) throws(AMQPError) {
        let name = arena.bytes(exchange.name)
        let kind = arena.bytes(exchange.kind.rawValue)
        let arguments = arena.table(exchange.arguments)
        _ = try call("declare the exchange \(exchange.name)") {
            amqp_exchange_declare($0, Self.channel, name, kind, passive ? 1 : 0, 1, 0, 0, arguments)
        }
    }

    func declare(_ queue: Topology.Queue) throws(AMQPError) {
        let name = arena.bytes(queue.name)
        let arguments = arena.table(queue.declaredArguments)
        _ = try call("declare the queue \(queue.name)") {
            amqp_queue_declare($0, Self.channel, name, 0, 1, 0, 0, arguments)
        }
    }

    /// How many messages are ready and how many consume, of a queue that must exist.
    func inspectQueue(_ name: String) throws(AMQPError) -> (messages: Int, consumers: Int) {
        let queue = arena.bytes(name)
        let none = amqp_table_t(num_entries: 0, entries: nil)
        let reply = try call("look at the queue \(name)") {
            amqp_queue_declare($0, Self.channel, queue, 1, 1, 0, 0, none)
        }
        return (Int(reply.message_count), Int(reply.consumer_count))
    }

    func declare(_ binding: Topology.Binding) throws(AMQPError) {
        let source = arena.bytes(binding.source)
        let destination = arena.bytes(binding.destination)
        let key = arena.bytes(binding.routingKey)
        let none = amqp_table_t(num_entries: 0, entries: nil)
        let operation = "bind \(binding.destination) to \(binding.source) with “\(binding.routingKey)”"
        if binding.destinationIsExchange {
            _ = try call(operation) { amqp_exchange_bind($0, Self.channel, destination, source, key, none) }
        } else {
            _ = try call(operation) { amqp_queue_bind($0, Self.channel, destination, source, key, none) }
        }
    }
}
