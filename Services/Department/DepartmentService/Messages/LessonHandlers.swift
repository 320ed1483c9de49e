import Contracts
import Foundation
import Messaging
import Persistence

/// Cases (案例) that the department is sent to learn from, mostly about complaints that it never had. Rule K17.
enum LessonHandlers {
    static func distributed(_ unit: UnitOfWork, _ message: Message<CaseDistributed>) throws -> Outcome {
        let number = try NoticeHandling.number(of: message)
        return try LessonTable.insert(message.payload, of: number, at: message.envelope.time, in: unit.db)
            ? .handled : .duplicate
    }
}

extension DepartmentStore {
    func lessons() async throws -> [LessonRecord] { try await database.read(LessonTable.all) }

    /// How many nobody has read; nil when the department was never sent one.
    func unreadLessons() async throws -> Int? { try await database.read(LessonTable.unreadCount) }

    /// Confirms that the department has read a case; the first who does so is named.
    /// - Returns: false when there is no such case.
    func readLesson(_ number: TicketNumber, _ caseFile: Int, by actor: Actor) async throws -> Bool {
        try await database.write { unit in
            guard let record = try LessonTable.find(number, caseFile, in: unit.db) else { return false }
            guard record.readAt == nil, let name = actor.name else { return true }
            try LessonTable.markRead(record, by: name, at: unit.now, in: unit.db)
            try unit.send(
                CaseRead(department: record.sent.department, caseFile: caseFile, by: actor), about: number)
            return true
        }
    }
}
