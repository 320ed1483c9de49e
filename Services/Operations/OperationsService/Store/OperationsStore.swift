import Foundation
import GRDB
import Messaging
import Persistence

/// What Operations keeps: dead letters, what was done about them, and the other services' counts. Its verbs keep the
/// rules of `LetterPolicy` in one transaction each.
struct OperationsStore: Sendable {
    let database: ServiceDatabase
    /// Raised when a letter was staged, so that it is published at once.
    let stagedSignal = Signal()

    init(_ database: ServiceDatabase) { self.database = database }

    /// How many parkings are kept of a letter, the newest; the letter itself counts all. A message that comes back again
    /// and again does not fill the disk.
    static let parkingsKept = 20

    /// Stores what was parked; the same message parked again is another occurrence of its letter.
    func park(_ parked: [ParkedMessage]) async throws {
        try await database.write { unit in
            for message in parked { try LetterVerbs.park(message, in: unit) }
        }
    }

    /// Asks for the replay of a letter.
    /// - Throws: `LetterRejection`, `NoSuchLetter`.
    func replay(_ id: Int64, by actor: String, because reason: String) async throws -> LetterState {
        let state = try await database.write { unit in
            try LetterVerbs.stage(id, by: actor, because: reason, in: unit)
        }
        stagedSignal.raise()
        return state
    }

    /// Asks for the replay of every failed letter that a filter finds, a part in each transaction, so that nobody else
    /// waits long. Returns how many.
    func replayAll(_ filter: LetterFilter, by actor: String, because reason: String) async throws -> Int {
        var filter = filter
        filter.state = .failed
        var count = 0
        while true {
            let part = try await database.write { [filter] unit in
                let ids = try LetterQueries.ids(filter, limit: 500, in: unit.db)
                for id in ids { _ = try LetterVerbs.stage(id, by: actor, because: reason, in: unit) }
                return ids.count
            }
            stagedSignal.raise()
            count += part
            if part < 500 { return count }
        }
    }

    /// Decides that a letter is not to be handled.
    /// - Throws: `LetterRejection`, `NoSuchLetter`.
    func discard(_ id: Int64, by actor: String, because reason: String) async throws -> LetterState {
        try await database.write { unit in
            try LetterVerbs.apply(.discard, to: id, as: .init(.discard, by: actor, because: reason), in: unit)
        }
    }

    /// Asks for the replay of an edited copy, whose body has been checked.
    /// - Throws: `LetterRejection`, `NoSuchLetter`.
    func edit(_ id: Int64, body: Data, by actor: String, because reason: String) async throws -> LetterState {
        let state = try await database.write { unit in
            try LetterVerbs.stageEdit(id, body: body, by: actor, because: reason, in: unit)
        }
        stagedSignal.raise()
        return state
    }

    func letters(_ filter: LetterFilter, limit: Int) async throws -> LetterPage {
        try await database.read { try LetterQueries.page(filter, limit: limit, in: $0) }
    }

    /// - Throws: `NoSuchLetter`.
    func letter(_ id: Int64) async throws -> Letter {
        try await database.read { try LetterQueries.letter(id, in: $0) }
    }

    func counts() async throws -> [LetterCount] {
        try await database.read { try LetterQueries.counts(in: $0) }
    }

    /// The equation as the stores have told it so far.
    func reconciliation() async throws -> ReconciliationReading {
        try await database.read { db in
            ReconciliationReading(
                equation: Reconciliation(try LedgerVerbs.figures(in: db)), asOf: try LedgerVerbs.asOf(in: db),
                lastChange: try LedgerVerbs.lastChange(in: db))
        }
    }
}

/// The equation with how old its figures are.
struct ReconciliationReading: Hashable, Sendable {
    var equation: Reconciliation
    /// When each ledger was counted last, by the clock of its service.
    var asOf: [String: Date]
    /// When a figure changed last, by this service's clock.
    var lastChange: Date?
}

/// Nobody knows a letter with this id.
struct NoSuchLetter: Error, Hashable {
    var id: Int64
}
