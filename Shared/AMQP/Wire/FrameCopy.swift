import CRabbitMQ
import Foundation
import Messaging

/// Copies a frame out of the library's buffers, which may be reused at the next call.
extension Frame {
    /// Nil for a kind of frame that is to be ignored.
    init?(_ frame: amqp_frame_t) {
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD: self.init(method: frame.payload.method)
        case AMQP_FRAME_HEADER:
            let header = frame.payload.properties
            guard let properties = header.decoded?.assumingMemoryBound(to: amqp_basic_properties_t.self) else {
                return nil
            }
            self = .header(bodySize: header.body_size, ReceivedProperties(properties.pointee))
        case AMQP_FRAME_BODY: self = .body(Data(copying: frame.payload.body_fragment))
        default: return nil
        }
    }

    private init(method: amqp_method_t) {
        switch redress_method(rawValue: method.id) {
        case REDRESS_BASIC_DELIVER:
            let deliver = method.as(amqp_basic_deliver_t.self)
            self = .content(
                .deliver(
                    tag: deliver.delivery_tag, redelivered: deliver.redelivered != 0,
                    exchange: String(deliver.exchange), routingKey: String(deliver.routing_key)))
        case REDRESS_BASIC_RETURN:
            let returned = method.as(amqp_basic_return_t.self)
            self = .content(.returned(code: Int(returned.reply_code), text: String(returned.reply_text)))
        default: self = .control(ControlMethod(method))
        }
    }
}

extension ControlMethod {
    init(_ method: amqp_method_t) {
        switch redress_method(rawValue: method.id) {
        case REDRESS_BASIC_ACK:
            let ack = method.as(amqp_basic_ack_t.self)
            self = .acknowledged(ack.delivery_tag, multiple: ack.multiple != 0)
        case REDRESS_BASIC_NACK:
            let nack = method.as(amqp_basic_nack_t.self)
            self = .refused(nack.delivery_tag, multiple: nack.multiple != 0)
        case REDRESS_BASIC_CANCEL: self = .subscriptionCancelled
        case REDRESS_BASIC_CANCEL_OK: self = .cancelConfirmed
        case REDRESS_CONNECTION_BLOCKED:
            self = .blocked(reason: String(method.as(amqp_connection_blocked_t.self).reason))
        case REDRESS_CONNECTION_UNBLOCKED: self = .unblocked
        case REDRESS_CHANNEL_CLOSE:
            let close = method.as(amqp_channel_close_t.self)
            self = .channelClosed(code: Int(close.reply_code), text: String(close.reply_text))
        case REDRESS_CONNECTION_CLOSE:
            let close = method.as(amqp_connection_close_t.self)
            self = .connectionClosed(code: Int(close.reply_code), text: String(close.reply_text))
        default: self = .other(method.id)
        }
    }
}

extension amqp_method_t {
    /// The decoded method. The library allocates one for every method it knows, so it is there when the number is.
    fileprivate func `as`<T>(_ type: T.Type) -> T {
        decoded.assumingMemoryBound(to: type).pointee
    }
}

extension ReceivedProperties {
    init(_ properties: amqp_basic_properties_t) {
        func has(_ flag: Int32) -> Bool { properties._flags & amqp_flags_t(flag) != 0 }
        message = WireMessage(
            messageID: has(AMQP_BASIC_MESSAGE_ID_FLAG) ? String(properties.message_id) : nil,
            contentType: has(AMQP_BASIC_CONTENT_TYPE_FLAG) ? String(properties.content_type) : nil,
            timestamp: has(AMQP_BASIC_TIMESTAMP_FLAG)
                ? Date(timeIntervalSince1970: Double(properties.timestamp)) : nil,
            headers: has(AMQP_BASIC_HEADERS_FLAG) ? [String: HeaderValue](properties.headers) : [:],
            body: Data(),
            isPersistent: has(AMQP_BASIC_DELIVERY_MODE_FLAG) && properties.delivery_mode == 2)
        user = has(AMQP_BASIC_USER_ID_FLAG) ? String(properties.user_id) : nil
        correlation = has(AMQP_BASIC_CORRELATION_ID_FLAG) ? String(properties.correlation_id) : nil
    }
}
