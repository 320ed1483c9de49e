import Contracts
import Messaging
import Persistence

/// What all handlers share: find the order, decide, keep what was decided, all in the batch's transaction.
enum NoticeHandling {
    static func handle<Payload: Event>(
        _ notice: WorkNotice, by actor: Actor, of message: Message<Payload>, in unit: UnitOfWork
    ) throws -> Outcome {
        let number = try number(of: message)
        guard let order = try WorkOrders.find(number, in: unit.db) else {
            throw HandlingInterruption.unknownComplaint(number, place: Payload.type.name)
        }
        let decision: Decision
        do {
            decision = try order.decide(notice, by: actor, at: unit.now, saidAt: message.envelope.time)
        } catch {
            throw HandlingInterruption.premature(error.reason, place: Payload.type.name)
        }
        try WorkOrders.apply(decision, in: unit, because: .message(message.envelope))
        return decision.isUnchanged ? .duplicate : .handled
    }

    /// The complaint that the message is about; everything a department hears is about one.
    static func number<Payload: Event>(of message: Message<Payload>) throws -> TicketNumber {
        guard let number = message.envelope.subject else {
            throw HandlingInterruption.park(
                FailureReason(.malformed, "the message names no complaint", place: EnvelopeCoding.Header.subject))
        }
        return number
    }
}
