import Contracts
import Foundation
import GRDB
import Persistence

/// What is to happen between the house and the customer because time has passed: validities that end (S09), and notes of
/// where a complaint stands (W17). The instants are stored, so that a restart forgets nothing.
package struct DueConversations: Sendable {
    private let database: ServiceDatabase
    private let policy: CasePolicy

    package init(_ database: ServiceDatabase, rules: CallbackRules) {
        self.database = database
        policy = CasePolicy(rules)
    }

    /// The earliest instant at which there is something to do; nil when there is nothing at all.
    package func next() async throws -> Date? {
        try await database.read {
            try Date.fetchOne($0, sql: "SELECT MIN(wakeAt) FROM complaint WHERE wakeAt IS NOT NULL")
        }
    }

    /// Does what is due, at most so many complaints in one transaction. Returns how many there were.
    package func settle(atMost limit: Int = 100) async throws -> Int {
        let policy = policy
        return try await database.write { unit in
            let numbers = try String.fetchAll(
                unit.db, sql: "SELECT number FROM complaint WHERE wakeAt <= ? ORDER BY wakeAt LIMIT ?",
                arguments: [unit.now, limit])
            for number in numbers.compactMap(TicketNumber.init) {
                var keeper = try CaseKeeper(number, in: unit, policy: policy)
                try keeper.passTime()
            }
            return numbers.count
        }
    }
}

extension CaseKeeper {
    /// Takes what follows from the time that has passed.
    mutating func passTime() throws {
        if record.standing == .proposed, let dueAt = record.dueAt, dueAt <= unit.now { try endValidity() }
        if let due = record.statusDueAt, due <= unit.now { try tellStatus() }
    }

    private mutating func endValidity() throws {
        guard let version = record.standingCount else { return }
        let reminders = record.reminders
        let decision = try take(.timePassed)
        if decision.state.reminders > reminders {
            try note([entry(.reminded, facts: ["count": String(decision.state.reminders)])])
        } else if let course = decision.state.proposals[version], let expiredAt = course.expiredAt,
            var proposal = try proposal(version: version)
        {
            proposal.expiredAt = expiredAt
            proposal.silence = course.silence
            try proposal.update(unit.db)
            try note([entry(.expired, at: expiredAt, facts: ["meaning": course.silence?.rawValue ?? ""])])
        }
    }

    /// Tells the customer where it stands, unasked; nothing else changes.
    private mutating func tellStatus() throws {
        let department = record.leadTitle ?? LocalizedText(zhHans: "责任部门", en: "the department in charge")
        let text = StatusNote.text(record.standing, department)
        try send(CustomerInformed(kind: .status, text: text, by: policy.rules.system), because: nil)
        try note([entry(.statusNote, facts: .title("note", text))])
    }
}
