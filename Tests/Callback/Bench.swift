import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import Procedure
import TestSupport

@testable import CallbackService

/// Callback without broker and web: a temporary store, messages in, messages out.
struct Bench {
    let folder: TemporaryFolder
    let clock = ManualClock()
    let database: ServiceDatabase
    let rules: CallbackRules
    private let handler: TransactionalHandler

    /// - Parameter change: what the pack says otherwise than the shipped one.
    init(_ change: (inout PolicyPack) -> Void = { _ in }) throws {
        let rules = try CallbackRules.example(change)
        folder = try TemporaryFolder()
        database = try ServiceDatabase(
            path: folder.path("callback.sqlite"), source: "redress/callback", clock: clock
        ) { CallbackMigrations.register(in: &$0) }
        self.rules = rules
        handler = TransactionalHandler(
            database, CallbackSubscriptions(rules: rules).all, logger: Logger(label: "test"))
    }

    var answers: CustomerAnswers { CustomerAnswers(database, rules: rules) }
    var proposals: ProposalAnswers { ProposalAnswers(database, rules: rules) }
    var callbacks: Callbacks { Callbacks(database, rules: rules) }
    var due: DueConversations { DueConversations(database, rules: rules) }

    /// Lets time pass, and has done what is due then.
    func wait(_ seconds: TimeInterval) async throws {
        clock.advance(by: seconds)
        while try await due.settle() > 0 {}
    }

    /// Handles a message from another service.
    @discardableResult
    func hear(_ event: some Event, about number: TicketNumber = .this, id: UUID = UUID()) async throws -> Outcome {
        let wire = try TestMessages.wire(event, about: number, id: id, at: clock.now())
        return try await handler.handle([wire])[0]
    }

    /// The routing keys of everything that was said so far, in order: nobody empties the outbox here.
    func said() async throws -> [String] {
        try await database.read { try String.fetchAll($0, sql: "SELECT routingKey FROM outbox ORDER BY id") }
    }

    /// The payloads of one type that were said so far.
    func said<Payload: Event>(_ type: Payload.Type) async throws -> [Payload] {
        let bodies = try await database.read { db in
            try Data.fetchAll(
                db, sql: "SELECT body FROM outbox WHERE routingKey LIKE ? ORDER BY id",
                arguments: ["\(type.type.noun).\(type.type.verb).%"])
        }
        return try bodies.map { try ContractJSON.decode(type, from: $0) }
    }

    func record(_ number: TicketNumber = .this) async throws -> ComplaintRecord? {
        try await database.read { try ComplaintRecord.fetchOne($0, key: number.text) }
    }

    func standing(_ number: TicketNumber = .this) async throws -> Standing? {
        try await record(number)?.currentStanding()
    }

    func timeline(_ number: TicketNumber = .this) async throws -> [TimelineRecord.Kind] {
        try await database.read { db in
            try TimelineRecord.fetchAll(
                db, sql: "SELECT * FROM timelineEntry WHERE number = ? ORDER BY at, id", arguments: [number.text]
            ).map(\.kind)
        }
    }

    /// The ledger `closed`, all days and channels together.
    func closedCount() async throws -> Int {
        try await database.read {
            try Int.fetchOne($0, sql: "SELECT COALESCE(SUM(count), 0) FROM ledger WHERE ledger = 'closed'") ?? 0
        }
    }
}
