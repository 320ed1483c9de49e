import Contracts
import Messaging
import Persistence

/// What the customer said, as Callback passes it on.
enum CustomerHandlers {
    static func accepted(_ unit: UnitOfWork, _ message: Message<SolutionAccepted>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .accepted(version: payload.version, comment: payload.comment), by: payload.by, of: message, in: unit)
    }

    static func declined(_ unit: UnitOfWork, _ message: Message<SolutionDeclined>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .declined(version: payload.version, objection: payload.objection, request: payload.request),
            by: payload.by, of: message, in: unit)
    }

    static func disputed(_ unit: UnitOfWork, _ message: Message<SolutionDisputed>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .disputed(version: payload.version, objection: payload.objection, request: payload.request),
            by: payload.by, of: message, in: unit)
    }

    static func ruled(_ unit: UnitOfWork, _ message: Message<SolutionRuled>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .ruled(version: payload.version, payload.verdict, reason: payload.reason), by: payload.by, of: message,
            in: unit)
    }

    static func provided(_ unit: UnitOfWork, _ message: Message<InformationProvided>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .answered(request: payload.request, answer: payload.answer), by: payload.by, of: message, in: unit)
    }

    static func reworkOrdered(_ unit: UnitOfWork, _ message: Message<ReworkOrdered>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .reworkOrdered(round: payload.round, reason: payload.reason), by: payload.by, of: message, in: unit)
    }

    static func closed(_ unit: UnitOfWork, _ message: Message<ComplaintClosed>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .closed(payload.outcome, satisfaction: payload.satisfaction), by: payload.by, of: message, in: unit)
    }
}
