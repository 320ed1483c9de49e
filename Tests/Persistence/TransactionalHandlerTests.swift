import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import TestSupport
import Testing

@Suite("Exactly once in effect")
struct TransactionalHandlerTests {
    private let folder: TemporaryFolder
    private let database: ServiceDatabase

    init() throws {
        folder = try TemporaryFolder()
        database = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: ManualClock()
        ) { migrator in
            migrator.registerMigration("test") { db in
                try db.create(table: "chase") { $0.column("ticket", .text).notNull() }
            }
        }
    }

    /// Records each chase and answers it with a message; does as the comment says.
    private var handler: TransactionalHandler {
        let subscription = Subscription(ComplaintChased.self) { (unit: UnitOfWork, message: Message<ComplaintChased>) in
            guard let number = message.envelope.subject else { return .handled }
            try unit.db.execute(sql: "INSERT INTO chase VALUES (?)", arguments: [number.text])
            try unit.send(
                ComplaintAnswered(answer: "soon", by: .system("test")), about: number, because: message.envelope)
            switch message.payload.comment {
            case "unknown": throw HandlingInterruption.unknownComplaint(number)
            case "rejected": throw HandlingInterruption.rejected("not in this state")
            case "constraint": try unit.db.execute(sql: "INSERT INTO chase VALUES (NULL)")
            case "retry": return .retry(FailureReason(.premature, "later"))
            default: break
            }
            return .handled
        }
        return TransactionalHandler(database, [subscription], logger: Logger(label: "test"))
    }

    private func chase(_ n: Int, comment: String? = nil, id: UUID = UUID()) throws -> WireMessage {
        try TestMessages.wire(
            ComplaintChased(comment: comment, by: .customer), about: try TestMessages.number(n), id: id)
    }

    private func counts() async throws -> [Int] {
        try await database.read { db in
            try ["chase", "inbox", "outbox"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1 }
        }
    }

    @Test func effectInboxAndOutboxAreCommittedTogether() async throws {
        #expect(try await handler.handle([try chase(1)]) == [.handled])
        #expect(try await counts() == [1, 1, 1])
    }

    @Test func aDuplicateChangesNothing() async throws {
        let id = UUID()
        #expect(try await handler.handle([try chase(1, id: id), try chase(1, id: id)]) == [.handled, .duplicate])
        #expect(try await handler.handle([try chase(1, id: id)]) == [.duplicate])
        #expect(try await counts() == [1, 1, 1])
    }

    @Test(arguments: ["unknown", "rejected", "constraint", "retry"])
    func aFailureRollsBackAlone(comment: String) async throws {
        let outcomes = try await handler.handle([try chase(1), try chase(2, comment: comment), try chase(3)])
        #expect(outcomes.first == .handled)
        #expect(outcomes.last == .handled)
        #expect(![.handled, .duplicate].contains(outcomes[1]))
        #expect(try await counts() == [2, 2, 2])
    }

    @Test func whatFailedOnceCanSucceedLater() async throws {
        let id = UUID()
        _ = try await handler.handle([try chase(1, comment: "unknown", id: id)])
        #expect(try await handler.handle([try chase(1, id: id)]) == [.handled])
    }

    @Test func rubbishIsParkedAndStopsNobody() async throws {
        let rubbish = WireMessage(body: Data([0xFF, 0x00]))
        let outcomes = try await handler.handle([rubbish, rubbish, try chase(1)])
        #expect(outcomes.map(\.word) == ["park", "park", "handled"])
    }

    @Test func whatIsSentCarriesOnTheConversation() async throws {
        let message = try chase(1)
        _ = try await handler.handle([message, try chase(1)])
        let publisher = ScriptedPublisher()
        var cursor: Int64 = 0
        let relay = OutboxRelay(database, publisher: publisher, clock: ManualClock(), logger: Logger(label: "test"))
        _ = try await relay.relayOnce(&cursor)
        let sent = try publisher.published.map { try EnvelopeCoding.envelope(of: $0.message) }
        #expect(sent.map(\.ticketSequence) == [1, 2])
        #expect(sent.first?.causationID == message.messageID)
        #expect(sent.first?.correlationID == "C20261121-01-000001")
        #expect(publisher.published.first?.destination.routingKey == "complaint.answered.-")
    }
}
