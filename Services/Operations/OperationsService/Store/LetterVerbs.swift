import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// Changes to letters, each within the transaction of its caller.
enum LetterVerbs {
    /// Who did what, for the audit; what happens by itself is not in it.
    struct Act {
        var action: AuditEntry.Action
        var actor: String
        var reason: String
        var detail = ""

        init(_ action: AuditEntry.Action, by actor: String, because reason: String, detail: String = "") {
            self.action = action
            self.actor = actor
            self.reason = reason
            self.detail = detail
        }
    }

    static func park(_ parked: ParkedMessage, in unit: UnitOfWork) throws {
        let found = try Row.fetchOne(
            unit.db.cachedStatement(sql: "SELECT id, occurrences FROM letter WHERE consumer = ? AND identity = ?"),
            arguments: [parked.consumer.text, parked.identity])
        guard let found else {
            let id = try LetterInsertion.insert(parked, in: unit)
            try addParking(parked, to: id, number: 1, in: unit)
            try tellOriginal(of: parked, in: unit)
            return
        }
        let id: Int64 = found["id"]
        let number = 1 + (found["occurrences"] as Int)
        // A delivery that was repeated after a crash between commit and acknowledgement.
        guard try addParking(parked, to: id, number: number, in: unit) else { return }
        try LetterInsertion.update(id, with: parked, occurrences: number, in: unit)
        _ = try apply(.parkedAgain, to: id, as: nil, in: unit)
    }

    /// Moves a letter by an event; writes the audit when somebody did it.
    @discardableResult
    static func apply(_ event: LetterEvent, to id: Int64, as act: Act?, in unit: UnitOfWork) throws -> LetterState {
        let before = try state(of: id, in: unit.db)
        let after = try LetterPolicy.decide(before, event)
        if let act { try audit(act, letter: id, from: before, to: after, in: unit) }
        guard before != after else { return after }
        let statement = try unit.db.cachedStatement(
            sql: """
                UPDATE letter SET state = ?, resolution = ?, replay = max(replay, ?), changedAt = ?,
                    nextAttemptAt = NULL WHERE id = ?
                """)
        let replay: Int = if case .staged(let number) = after { number } else { 0 }
        try statement.execute(arguments: [after.name.rawValue, after.storedResolution, replay, unit.now, id])
        return after
    }

    static func stage(_ id: Int64, by actor: String, because reason: String, in unit: UnitOfWork) throws -> LetterState
    {
        let number = try nextReplay(of: id, in: unit.db)
        return try apply(.replay(number), to: id, as: Act(.replay, by: actor, because: reason), in: unit)
    }

    static func stageEdit(
        _ id: Int64, body: Data, by actor: String, because reason: String, in unit: UnitOfWork
    ) throws -> LetterState {
        let number = try nextReplay(of: id, in: unit.db)
        let copy = UUID().uuidString.lowercased()
        let act = Act(.edit, by: actor, because: reason, detail: copy)
        let state = try apply(.replay(number), to: id, as: act, in: unit)
        try unit.db.execute(
            sql: "INSERT INTO edit (letterID, replay, messageID, body) VALUES (?, ?, ?, ?)",
            arguments: [id, number, copy, body])
        return state
    }

    /// Puts off the publishing of a staged letter that the broker could not take now.
    static func postpone(_ id: Int64, until instant: Date, error: String, in unit: UnitOfWork) throws {
        try unit.db.execute(
            sql: "UPDATE letter SET nextAttemptAt = ?, publishError = ? WHERE id = ? AND state = 'staged'",
            arguments: [instant, error, id])
    }

    static func note(_ id: Int64, publishError: String?, in unit: UnitOfWork) throws {
        try unit.db.execute(sql: "UPDATE letter SET publishError = ? WHERE id = ?", arguments: [publishError, id])
    }

    private static func state(of id: Int64, in db: Database) throws -> LetterState {
        let statement = try db.cachedStatement(sql: "SELECT state, replay, resolution FROM letter WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { throw NoSuchLetter(id: id) }
        return try LetterState(stored: row["state"], replay: row["replay"], resolution: row["resolution"])
    }

    private static func nextReplay(of id: Int64, in db: Database) throws -> Int {
        guard let last = try Int.fetchOne(db, sql: "SELECT replay FROM letter WHERE id = ?", arguments: [id]) else {
            throw NoSuchLetter(id: id)
        }
        return last + 1
    }

    /// The original of an edited copy that was parked is out of the way: the copy is what somebody has to look at.
    private static func tellOriginal(of parked: ParkedMessage, in unit: UnitOfWork) throws {
        guard let original = try LetterInsertion.original(of: parked, in: unit.db) else { return }
        do {
            try apply(.copyParked, to: original, as: nil, in: unit)
        } catch LetterRejection.outdated {
            // It is open again for a reason of its own.
        }
    }

    /// False when this parking is known already.
    @discardableResult
    private static func addParking(
        _ parked: ParkedMessage, to id: Int64, number: Int, in unit: UnitOfWork
    ) throws -> Bool {
        let insert = try unit.db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO parking (letterID, key, number, failedAt, takenAt, kind, reason, attempt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            id, parked.parking, number, parked.lastFailure, unit.now, parked.reason.kind.rawValue,
            parked.reason.message, parked.attempt,
        ])
        guard unit.db.changesCount == 1 else { return false }
        try unit.db.execute(
            sql: "DELETE FROM parking WHERE letterID = ? AND number <= ?",
            arguments: [id, number - OperationsStore.parkingsKept])
        return true
    }

    private static func audit(
        _ act: Act, letter id: Int64, from before: LetterState, to after: LetterState, in unit: UnitOfWork
    ) throws {
        let statement = try unit.db.cachedStatement(
            sql: """
                INSERT INTO audit (at, actor, action, letterID, reason, stateBefore, stateAfter, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            unit.now, act.actor, act.action.rawValue, id, act.reason, before.name.rawValue, after.name.rawValue,
            act.detail,
        ])
    }
}
