import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import Synchronization
import TestSupport
import Testing

@Suite("Outbox relay: every committed message is published, refused ones hold up nobody")
struct OutboxRelayTests {
    private let folder: TemporaryFolder
    private let database: ServiceDatabase
    private let clock = ManualClock()
    private let publisher = ScriptedPublisher()

    init() throws {
        folder = try TemporaryFolder()
        database = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: clock
        ) { _ in }
    }

    private var relay: OutboxRelay {
        OutboxRelay(database, publisher: publisher, clock: clock, logger: Logger(label: "test"))
    }

    private func send(_ comments: String...) async throws {
        try await database.write { unit in
            for comment in comments {
                try unit.send(ComplaintChased(comment: comment, by: .customer), about: try TestMessages.number(1))
            }
        }
    }

    private func comments(_ publications: [Publication]) throws -> [String] {
        try publications.map { try PayloadDecoding.decode(ComplaintChased.self, from: $0.message.body).comment ?? "" }
    }

    private func waiting() async throws -> Int { try await database.outboxBacklog().waiting }

    @Test func deletesWhatIsConfirmed() async throws {
        try await send("a", "b")
        var cursor: Int64 = 0
        #expect(try await relay.relayOnce(&cursor))
        #expect(try await !relay.relayOnce(&cursor))
        #expect(try comments(publisher.published) == ["a", "b"])
        #expect(try await waiting() == 0)
    }

    @Test func publishesNothingThatWasRolledBack() async throws {
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await database.write { unit in
                try unit.send(ComplaintChased(comment: "never", by: .customer), about: nil)
                throw Refusal()
            }
        }
        #expect(try await waiting() == 0)
    }

    @Test func goesBackToTheFirstUnknown() async throws {
        try await send("a", "b", "c")
        publisher.answer { publication in
            String(decoding: publication.message.body, as: UTF8.self).contains(#""b""#) ? .unknown("lost") : .confirmed
        }
        var cursor: Int64 = 0
        _ = try await relay.relayOnce(&cursor)
        #expect(try await waiting() == 1)
        publisher.answer { _ in .confirmed }
        _ = try await relay.relayOnce(&cursor)
        #expect(try comments(publisher.published) == ["a", "b", "c", "b"])
        #expect(try await waiting() == 0)
    }

    @Test(arguments: [PublishResult.returned("NO_ROUTE"), .rejected, .unsendable("headers of 200 kB")])
    func aRefusedRowIsSetAsideAndTriedAgainLater(result: PublishResult) async throws {
        try await send("a", "b")
        publisher.answer { publication in
            String(decoding: publication.message.body, as: UTF8.self).contains(#""a""#) ? result : .confirmed
        }
        var cursor: Int64 = 0
        _ = try await relay.relayOnce(&cursor)
        try await send("c")
        _ = try await relay.relayOnce(&cursor)
        #expect(try comments(publisher.published) == ["a", "b", "c"])
        #expect(try await database.outboxBacklog().refused == 1)

        publisher.answer { _ in .confirmed }
        clock.advance(by: 2)
        _ = try await relay.relayOnce(&cursor)
        #expect(try comments(publisher.published) == ["a", "b", "c", "a"])
        #expect(try await waiting() == 0)
    }

    @Test func recoversWhatAnEarlierRunLeft() async throws {
        try await send("a", "b")
        // The earlier run published both and died before it could delete them.
        publisher.answer { _ in .unknown("killed") }
        var earlier: Int64 = 0
        _ = try await relay.relayOnce(&earlier)

        let reopened = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: clock
        ) { _ in }
        publisher.answer { _ in .confirmed }
        var cursor: Int64 = 0
        let relay = OutboxRelay(reopened, publisher: publisher, clock: clock, logger: Logger(label: "test"))
        _ = try await relay.relayOnce(&cursor)
        let ids = publisher.published.compactMap(\.message.messageID)
        #expect(Set(ids).count == 2, "the same messages with the same ids: the inbox recognises them")
        #expect(try await reopened.outboxBacklog().waiting == 0)
    }

    @Test func aRunningRelayWakesOnEachCommit() async throws {
        let relay = relay
        let running = Task { try await relay.run() }
        try await send("a")
        try await send("b")
        while try await waiting() > 0 { await Task.yield() }
        #expect(try comments(publisher.published) == ["a", "b"])
        running.cancel()
        try await running.value
    }
}
