import Contracts
import Foundation
import GRDB
import Logging
import Messaging
import Persistence
import TestSupport
import Testing

@Suite("Ledgers")
struct LedgerTests {
    private let folder: TemporaryFolder
    private let database: ServiceDatabase
    private let publisher = ScriptedPublisher()

    init() throws {
        folder = try TemporaryFolder()
        database = try ServiceDatabase(
            path: folder.path("test.sqlite"), source: "redress/test", clock: ManualClock()
        ) { _ in }
    }

    private func announced() async throws -> [LedgerCounted] {
        let before = publisher.published.count
        _ = try await LedgerAnnouncer(database, instance: "01", logger: Logger(label: "test")).announce()
        var cursor: Int64 = 0
        _ = try await OutboxRelay(
            database, publisher: publisher, clock: ManualClock(), logger: Logger(label: "test")
        ).relayOnce(&cursor)
        return try publisher.published.dropFirst(before).map {
            try PayloadDecoding.decode(LedgerCounted.self, from: $0.message.body)
        }
    }

    @Test func announcesTotalsAndOnlyWhatChanged() async throws {
        try await database.write { unit in
            try unit.count(.open, day: "20261121", channel: "web", by: 2)
            try unit.count(.open, day: "20261121", channel: "hotline")
        }
        #expect(try await announced().first?.entries.count == 2)
        #expect(try await announced().isEmpty)

        try await database.write { try $0.count(.open, day: "20261121", channel: "web", by: -1) }
        let entries = try await announced().flatMap(\.entries)
        #expect(entries == [LedgerEntry(day: "20261121", channel: "web", count: 1)])
    }
}
