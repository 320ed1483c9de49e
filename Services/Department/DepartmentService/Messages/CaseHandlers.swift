import Contracts
import Messaging
import Persistence

/// What Routing says about a case.
enum CaseHandlers {
    /// A first assignment opens a work order; a newer one replaces an older one; any other is over.
    static func assigned(_ unit: UnitOfWork, _ message: Message<CaseAssigned>) throws -> Outcome {
        let number = try NoticeHandling.number(of: message)
        try checkCounts(message.payload)
        guard try WorkOrders.find(number, in: unit.db) == nil else {
            return try NoticeHandling.handle(
                .assigned(message.payload), by: message.payload.by, of: message, in: unit)
        }
        let decision = WorkOrder.opened(
            number, message.payload, at: unit.now, saidAt: message.envelope.time)
        try WorkOrders.apply(decision, in: unit, because: .message(message.envelope))
        return .handled
    }

    /// What counts from 1 and goes up by one: anything else was made by a defect, and would carry it on.
    private static func checkCounts(_ assigned: CaseAssigned) throws {
        let counts = [
            ("/assignment", assigned.assignment), ("/round", assigned.round),
            ("/nextSolutionVersion", assigned.nextSolutionVersion),
            ("/nextSolutionNumber", assigned.nextNumber),
        ]
        for (pointer, count) in counts where !(1...1_000_000).contains(count) {
            throw HandlingInterruption.park(FailureReason(.schema, "\(count) is no count", place: pointer))
        }
    }

    static func cancelled(_ unit: UnitOfWork, _ message: Message<CaseCancelled>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .cancelled(assignment: payload.assignment, payload.reason), by: .system(message.envelope.source),
            of: message, in: unit)
    }

    static func urged(_ unit: UnitOfWork, _ message: Message<CaseUrged>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .urged(clock: payload.clock, comment: payload.comment, text: payload.text), by: payload.by, of: message,
            in: unit)
    }

    static func escalated(_ unit: UnitOfWork, _ message: Message<CaseEscalated>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .escalated(
                level: payload.level, reason: payload.reason, clock: payload.clock, title: payload.levelTitle,
                text: payload.text),
            by: payload.by, of: message, in: unit)
    }

    static func deadlineMoved(_ unit: UnitOfWork, _ message: Message<DeadlineMoved>) throws -> Outcome {
        let payload = message.payload
        return try NoticeHandling.handle(
            .deadlineMoved(payload.deadline, startedBy: payload.startedBy, stoppedBy: payload.stoppedBy),
            by: .system(message.envelope.source), of: message, in: unit)
    }
}
