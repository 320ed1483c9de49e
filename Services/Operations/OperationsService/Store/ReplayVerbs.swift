import Foundation
import GRDB
import Messaging
import Persistence

/// A letter that is to be published: the message as it goes out, and the replay it goes out as.
struct StagedLetter: Hashable, Sendable {
    var id: Int64
    var replay: Int
    var consumer: String
    /// Cleared of its failures; the edited copy when there is one.
    var message: WireMessage
}

/// What the replayer reads and writes.
extension OperationsStore {
    /// Staged letters whose time has come, the longest waiting first.
    func staged(limit: Int, at now: Date) async throws -> [StagedLetter] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT letter.id, letter.replay, letter.consumer, propertyID, contentType, timestamp, headers,
                        letter.body, edit.messageID AS copyID, edit.body AS copyBody
                    FROM letter LEFT JOIN edit ON edit.letterID = letter.id AND edit.replay = letter.replay
                    WHERE state = 'staged' AND (nextAttemptAt IS NULL OR nextAttemptAt <= ?)
                    ORDER BY letter.id LIMIT ?
                    """, arguments: [now, limit])
            return try rows.map(StagedLetter.init(row:))
        }
    }

    /// Writes down what became of the replays that were published.
    func record(_ results: [(letter: StagedLetter, result: PublishResult)]) async throws {
        try await database.write { unit in
            for (letter, result) in results { try Self.record(letter, result, in: unit) }
        }
    }

    private static func record(_ letter: StagedLetter, _ result: PublishResult, in unit: UnitOfWork) throws {
        do {
            switch result {
            case .confirmed:
                try LetterVerbs.apply(.published(letter.replay), to: letter.id, as: nil, in: unit)
                try LetterVerbs.note(letter.id, publishError: nil, in: unit)
            case .returned:
                try refuse(letter, "the work queue is not there", in: unit)
            case .unsendable(let why):
                try refuse(letter, why, in: unit)
            case .rejected:
                try LetterVerbs.postpone(
                    letter.id, until: unit.now.addingTimeInterval(10), error: "the queue is full", in: unit)
            case .unknown:
                // Whether the broker has it is unknown: it stays staged and is published again.
                break
            }
        } catch LetterRejection.outdated {
            // It came back before the broker's answer was written down; what it is now stands.
        }
    }

    private static func refuse(_ letter: StagedLetter, _ why: String, in unit: UnitOfWork) throws {
        try LetterVerbs.apply(.refused(letter.replay), to: letter.id, as: nil, in: unit)
        try LetterVerbs.note(letter.id, publishError: why, in: unit)
    }

    /// Resolves letters whose replay was confirmed before an instant and that have not come back. Returns how many.
    func resolveQuiet(since instant: Date) async throws -> Int {
        let quiet = try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, EXISTS (SELECT 1 FROM edit WHERE letterID = id AND edit.replay = letter.replay) AS edited
                    FROM letter WHERE state = 'confirmed' AND changedAt <= ? ORDER BY changedAt LIMIT 1000
                    """, arguments: [instant]
            ).map { (id: $0["id"] as Int64, isEdited: $0["edited"] as Bool) }
        }
        guard !quiet.isEmpty else { return 0 }
        return try await database.write { unit in
            var count = 0
            for (id, isEdited) in quiet {
                do {
                    try LetterVerbs.apply(.quiet(isEdited ? .edited : .replayed), to: id, as: nil, in: unit)
                    count += 1
                } catch LetterRejection.outdated {
                    // It came back in the meantime.
                }
            }
            return count
        }
    }
}

extension StagedLetter {
    fileprivate init(row: Row) throws {
        id = row["id"]
        replay = row["replay"]
        consumer = row["consumer"]
        let original = try LetterQueries.message(row)
        if let copyID = (row["copyID"] as String?).flatMap(UUID.init(uuidString:)), let body = row["copyBody"] as Data?
        {
            message = EditedCopy.of(original, id: copyID, body: body)
        } else {
            message = FailureHeaders.cleared(original)
        }
    }
}
