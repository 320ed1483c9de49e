import Contracts
import Foundation

/// One line in a service's list of what it listens to: a message type and the handler for it.
///
/// `Context` is what the handler works in: the transaction of the batch. A handler is one synchronous function from a
/// message to an outcome; what it sends goes to the outbox through the context.
package struct Subscription<Context>: Sendable {
    package let type: MessageType
    /// The third word of the routing key: a department's own id, or `*` for any.
    package let department: DepartmentID?
    package let payload: any Event.Type
    let handle: @Sendable (Context, Envelope, Data) throws -> Outcome

    /// Listens to a type wherever it comes from and whichever department it is about.
    package init<Payload: Event>(
        _ payload: Payload.Type, handle: @escaping @Sendable (Context, Message<Payload>) throws -> Outcome
    ) {
        self.init(payload, for: nil, handle: handle)
    }

    /// Listens to a type as far as it is for one department.
    package init<Payload: Event>(
        _ payload: Payload.Type, for department: DepartmentID?,
        handle: @escaping @Sendable (Context, Message<Payload>) throws -> Outcome
    ) {
        self.type = payload.type
        self.department = department
        self.payload = payload
        self.handle = { context, envelope, body in
            let payload = try PayloadDecoding.decode(payload, from: body)
            try Provenance.check(payload, of: envelope)
            return try handle(context, Message(envelope: envelope, payload: payload))
        }
    }

    /// What the work queue is bound with on the exchange of events.
    package var bindingKey: String { "\(type.noun).\(type.verb).\(department?.text ?? "*")" }
}

/// Every subscription of one consumer, found by message type.
package struct SubscriptionTable<Context>: Sendable {
    package let subscriptions: [Subscription<Context>]
    private let byType: [MessageType: Subscription<Context>]

    package init(_ subscriptions: [Subscription<Context>]) {
        self.subscriptions = subscriptions
        self.byType = Dictionary(subscriptions.map { ($0.type, $0) }) { first, _ in first }
    }

    package var bindingKeys: [String] { subscriptions.map(\.bindingKey) }

    /// Handles one message in a context, or says why it cannot be.
    package func handle(_ message: WireMessage, in context: Context) throws -> Outcome {
        let envelope: Envelope
        do {
            envelope = try EnvelopeCoding.envelope(of: message)
        } catch {
            let kind: FailureReason.Kind = if case .unknownType = error { .unknownType } else { .malformed }
            return .park(FailureReason(kind, error.description, place: "envelope"))
        }
        guard let subscription = byType[envelope.type] else { return .park(unsubscribed(envelope.type)) }
        guard MessageFlow.mayCome(envelope.type, from: envelope.source) else { return .park(foreign(envelope)) }
        return try subscription.handle(context, envelope, message.body)
    }

    private func foreign(_ envelope: Envelope) -> FailureReason {
        FailureReason(
            .rejected, "'\(envelope.source)' is not a source of \(envelope.type.name)",
            place: EnvelopeCoding.Header.source)
    }

    private func unsubscribed(_ type: MessageType) -> FailureReason {
        let known = subscriptions.map(\.type).filter { $0.noun == type.noun && $0.verb == type.verb }
        if let other = known.first {
            return FailureReason(
                .wrongVersion,
                "version \(type.version) of \(type.noun).\(type.verb) is not known here, \(other.name) is",
                place: EnvelopeCoding.Header.type)
        }
        return FailureReason(
            .unknownType, "nobody here handles \(type.name)", place: EnvelopeCoding.Header.type)
    }
}

/// Payloads from bytes, with failures that name the field.
package enum PayloadDecoding {
    /// - Throws: `HandlingInterruption.park` with the coding path of the wrong field.
    package static func decode<Payload: Event>(_ type: Payload.Type, from body: Data) throws -> Payload {
        do {
            return try ContractJSON.decode(type, from: body)
        } catch let error as DecodingError {
            throw HandlingInterruption.park(reason(error))
        } catch {
            throw HandlingInterruption.park(FailureReason(.malformed, "the body is not JSON", place: "body"))
        }
    }

    private static func reason(_ error: DecodingError) -> FailureReason {
        switch error {
        case .keyNotFound(let key, let context):
            FailureReason(.schema, "the field is missing", place: pointer(context.codingPath + [key]))
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            FailureReason(.schema, context.debugDescription, place: pointer(context.codingPath))
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            FailureReason(.malformed, "the body is not JSON", place: "body")
        case .dataCorrupted(let context):
            FailureReason(.schema, context.debugDescription, place: pointer(context.codingPath))
        @unknown default:
            FailureReason(.schema, "the body does not decode", place: "body")
        }
    }

    private static func pointer(_ path: [any CodingKey]) -> String {
        path.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
    }
}
