import Foundation
import GRDB
import Messaging

/// A dead letter as lists show it: everything but headers and body.
struct LetterSummary: Hashable, Sendable, Identifiable {
    var id: Int64
    var consumer: String
    var messageID: String
    /// The message type's name as it was given; empty when there was none.
    var type: String
    var subject: String
    var source: String
    var kind: String
    var reason: String
    var place: String
    var attempt: Int
    var state: LetterState
    /// How many replays were staged so far.
    var replays: Int
    var occurrences: Int
    /// When Operations took it first.
    var parkedAt: Date
    var firstFailedAt: Date?
    var lastFailedAt: Date?
    /// Since when it is in its state.
    var changedAt: Date
    /// Why the broker did not take its last replay.
    var publishError: String?
    /// The letter that this one is an edited copy of.
    var replayOf: Int64?
    /// Bytes of the body.
    var size: Int

    static let columns = """
        id, consumer, messageID, type, subject, source, kind, reason, place, attempt, state, resolution, replay,
        occurrences, parkedAt, firstFailedAt, lastFailedAt, changedAt, publishError, replayOf, size
        """

    init(row: Row) throws {
        id = row["id"]
        consumer = row["consumer"]
        messageID = row["messageID"]
        type = row["type"]
        subject = row["subject"]
        source = row["source"]
        kind = row["kind"]
        reason = row["reason"]
        place = row["place"]
        attempt = row["attempt"]
        replays = row["replay"]
        state = try LetterState(stored: row["state"], replay: replays, resolution: row["resolution"])
        occurrences = row["occurrences"]
        parkedAt = row["parkedAt"]
        firstFailedAt = row["firstFailedAt"]
        lastFailedAt = row["lastFailedAt"]
        changedAt = row["changedAt"]
        publishError = row["publishError"]
        replayOf = row["replayOf"]
        size = row["size"]
    }
}

/// A dead letter with the message itself, its parkings and what was done about it.
struct Letter: Hashable, Sendable {
    var summary: LetterSummary
    /// As it was parked the last time, byte for byte.
    var message: WireMessage
    var parkings: [Parking]
    var audit: [AuditEntry]
}

/// One time that the letter's consumer gave up on it.
struct Parking: Hashable, Sendable {
    /// Counts from 1.
    var number: Int
    var failedAt: Date?
    var takenAt: Date
    var kind: String
    var reason: String
    var attempt: Int
}

/// Something that was done about a letter: who, when, why, and what changed.
struct AuditEntry: Hashable, Sendable, Codable {
    enum Action: String, Sendable, Codable {
        case replay, edit, discard
    }

    var at: Date
    var actor: String
    var action: Action
    var reason: String
    var stateBefore: String
    var stateAfter: String
    var detail: String
}

/// The store holds what this version cannot read; it says which letter.
struct UnreadableLetter: Error, Hashable {
    var state: String
}

extension LetterState {
    init(stored: String, replay: Int, resolution: String?) throws(UnreadableLetter) {
        guard let name = Name(rawValue: stored) else { throw UnreadableLetter(state: stored) }
        switch name {
        case .failed: self = .failed
        case .staged: self = .staged(replay: replay)
        case .confirmed: self = .confirmed(replay: replay)
        case .discarded: self = .discarded
        case .resolved:
            guard let resolution = resolution.flatMap(Resolution.init(rawValue:)) else {
                throw UnreadableLetter(state: stored)
            }
            self = .resolved(resolution)
        }
    }

    /// How it was resolved, in the store's words.
    var storedResolution: String? {
        if case .resolved(let resolution) = self { resolution.rawValue } else { nil }
    }
}
