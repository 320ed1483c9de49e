import Contracts
import Messaging
import Persistence

/// What departments say to each other about a case that they handle together (K09, S06).
enum OpinionHandlers {
    static func requested(_ unit: UnitOfWork, _ message: Message<OpinionRequested>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .consulted(question: payload.question), by: payload.by, of: message, in: unit)
    }

    static func given(_ unit: UnitOfWork, _ message: Message<OpinionGiven>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .advised(payload.department, opinion: payload.opinion), by: payload.by, of: message, in: unit)
    }

    /// A head, or somebody of top management, takes part in the group (K08).
    static func joined(_ unit: UnitOfWork, _ message: Message<CaseJoined>) throws -> Outcome {
        let payload = message.payload
        guard let person = payload.by.name else {
            throw HandlingInterruption.park(FailureReason(.schema, "nobody takes part", place: "/by/name"))
        }
        return try NoticeHandling.handle(
            .joined(payload.department, person: person), by: payload.by, of: message, in: unit)
    }
}
