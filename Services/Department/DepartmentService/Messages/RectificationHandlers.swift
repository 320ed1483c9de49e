import Contracts
import Foundation
import Messaging
import Persistence

/// What the supervision group (监督小组) has the department put right (整改; W20). It may be about a complaint that has ended,
/// or that the department never had.
enum RectificationHandlers {
    static func ordered(_ unit: UnitOfWork, _ message: Message<RectificationOrdered>) throws -> Outcome {
        let number = try NoticeHandling.number(of: message)
        return try RectificationTable.insert(message.payload, of: number, at: message.envelope.time, in: unit.db)
            ? .handled : .duplicate
    }

    static func returned(_ unit: UnitOfWork, _ message: Message<RectificationReturned>) throws -> Outcome {
        let payload = message.payload
        var record = try find(message, payload.notice, in: unit)
        guard record.standing != .closed, record.round <= payload.round else { return .duplicate }
        (record.standing, record.round, record.dueAt) = (.open, payload.round + 1, payload.dueAt)
        record.comment = payload.reason
        try RectificationTable.update(record, in: unit.db)
        return .handled
    }

    static func closed(_ unit: UnitOfWork, _ message: Message<RectificationClosed>) throws -> Outcome {
        let payload = message.payload
        var record = try find(message, payload.notice, in: unit)
        guard record.standing != .closed else { return .duplicate }
        (record.standing, record.round, record.comment) = (.closed, payload.round, payload.comment)
        try RectificationTable.update(record, in: unit.db)
        return .handled
    }

    private static func find<Payload: Event>(
        _ message: Message<Payload>, _ notice: Int, in unit: UnitOfWork
    ) throws -> RectificationRecord {
        let number = try NoticeHandling.number(of: message)
        guard let record = try RectificationTable.find(number, notice, in: unit.db) else {
            throw HandlingInterruption.premature(
                "\(number) has no rectification notice \(notice) yet", place: Payload.type.name)
        }
        return record
    }
}

/// Why a rectification notice cannot be answered.
enum RectificationRefusal: Error, Hashable {
    case unknown
    /// It was answered already, otherwise than now, or is done with.
    case answered
}

extension DepartmentStore {
    /// Says what was put right; saying it twice is saying it once.
    /// - Throws: `RectificationRefusal`.
    func answer(_ number: TicketNumber, _ notice: Int, _ answer: String, by actor: Actor) async throws {
        try await database.write { unit in
            guard var record = try RectificationTable.find(number, notice, in: unit.db) else {
                throw RectificationRefusal.unknown
            }
            if record.standing == .answered, record.answer == answer { return }
            guard record.standing == .open else { throw RectificationRefusal.answered }
            (record.standing, record.answer) = (.answered, answer)
            (record.answeredAt, record.answeredBy) = (unit.now, actor.name)
            try RectificationTable.update(record, in: unit.db)
            try unit.send(
                RectificationAnswered(
                    department: record.ordered.department, notice: notice, round: record.round, answer: answer,
                    by: actor), about: number)
        }
    }

    /// Those that somebody may see.
    func rectifications(seenBy viewer: Viewer) async throws -> [RectificationRecord] {
        try await database.read(RectificationTable.all).filter { $0.isSeen(by: viewer) }
    }
}
