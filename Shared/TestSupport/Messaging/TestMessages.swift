import Contracts
import Foundation
import Messaging

/// Messages as tests need them.
package enum TestMessages {
    /// A message on the wire as its source would have sent it.
    ///
    /// - Parameter source: when nil, a service that says such things.
    package static func wire(
        _ event: some Event, about number: TicketNumber?, id: UUID = UUID(),
        at time: Date = Date(timeIntervalSince1970: 1_795_000_000), source: String? = nil, sequence: Int = 1
    ) throws -> WireMessage {
        let envelope = Envelope(
            id: id, source: source ?? usualSource(of: Swift.type(of: event).type), type: Swift.type(of: event).type,
            subject: number, time: time,
            correlationID: number?.text ?? id.uuidString, causationID: id.uuidString, ticketSequence: sequence)
        return try EnvelopeCoding.wireMessage(envelope: envelope, payload: event)
    }

    private static func usualSource(of type: MessageType) -> String {
        let kind = ServiceKind.allCases.first { MessageFlow.said(by: $0).contains(type) }
        return "redress/\(kind ?? .operations)"
    }

    /// A delivery of a message from a work queue.
    package static func delivery(_ message: WireMessage, tag: UInt64 = 1, queue: String = "redress.routing") -> Delivery
    {
        Delivery(
            tag: tag, queue: queue, exchange: RedressTopology.events, routingKey: "test", redelivered: false,
            user: "test",
            message: message)
    }

    /// The n-th ticket number of a fixed day.
    package static func number(_ n: Int) throws -> TicketNumber {
        let digits = String(repeating: "0", count: max(0, 6 - String(n).count)) + String(n)
        guard let number = TicketNumber("C20261121-01-\(digits)") else { throw NoSuchNumber(n: n) }
        return number
    }

    /// The counter makes no ticket number: it is negative or has more than nine digits.
    package struct NoSuchNumber: Error {
        package let n: Int
    }
}
