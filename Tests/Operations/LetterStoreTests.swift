import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import TestSupport
import Testing

@testable import OperationsService

@Suite struct LetterStoreTests {
    private let test: TestStore

    init() throws { test = try TestStore() }

    @Test func theSameMessageParkedTwiceIsOneLetterWithTwoOccurrences() async throws {
        let message = try Samples.received()
        let id = try await test.park(Samples.parked(message, at: 1_795_000_100))
        #expect(try await test.park(Samples.parked(message, at: 1_795_000_200)) == id)
        let letter = try await test.store.letter(id)
        #expect(letter.summary.occurrences == 2)
        #expect(letter.parkings.map(\.number) == [2, 1])
        #expect(letter.message.body == message.body)
        #expect(FailureHeaders.cleared(letter.message) == message)
    }

    @Test func aDeliveryThatIsRepeatedDoesNotCountTwice() async throws {
        let message = Samples.parked(try Samples.received())
        let id = try await test.park(message)
        _ = try await test.store.replay(id, by: "op", because: "")
        try await test.park(message)
        let letter = try await test.store.letter(id)
        #expect(letter.summary.occurrences == 1)
        #expect(letter.summary.state == .staged(replay: 1))
    }

    @Test func aMessageThatComesBackForEverDoesNotFillTheDisk() async throws {
        let message = try Samples.received()
        var id: Int64 = 0
        for attempt in 1...30 { id = try await test.park(Samples.parked(message, at: 1_795_000_000 + Double(attempt))) }
        let letter = try await test.store.letter(id)
        #expect(letter.summary.occurrences == 30)
        #expect(letter.parkings.count == OperationsStore.parkingsKept)
        #expect(letter.parkings.first?.number == 30)
    }

    @Test func replayingTwiceSaysSo() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        #expect(try await test.store.replay(id, by: "op", because: "") == .staged(replay: 1))
        await #expect(throws: LetterRejection.alreadyReplaying) {
            try await test.store.replay(id, by: "op", because: "")
        }
        await #expect(throws: NoSuchLetter(id: 999)) { try await test.store.replay(999, by: "op", because: "") }
    }

    @Test func whatIsDoneIsWrittenDown() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.discard(id, by: "li", because: "a test message")
        let audit = try await test.store.letter(id).audit
        #expect(
            audit == [
                AuditEntry(
                    at: test.clock.now(), actor: "li", action: .discard, reason: "a test message",
                    stateBefore: "failed", stateAfter: "discarded", detail: "")
            ])
    }

    @Test(arguments: ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
    func theAuditCannotBeChanged(sql: String) async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.discard(id, by: "li", because: "x")
        await #expect(throws: DatabaseError.self) { try await test.database.write { try $0.db.execute(sql: sql) } }
        #expect(try await test.store.letter(id).audit.map(\.actor) == ["li"])
    }

    @Test func countsFollowEveryMove() async throws {
        for n in 1...3 { try await test.park(Samples.parked(try Samples.received(n))) }
        let other = try await test.park(
            Samples.parked(try Samples.received(9), by: .callback), consumer: .callback)
        _ = try await test.store.discard(other, by: "op", because: "x")
        #expect(
            try await test.store.counts()
                == [
                    LetterCount(consumer: "callback", state: .discarded, count: 1),
                    LetterCount(consumer: "routing", state: .failed, count: 3),
                ])
    }

    @Test func pagesFollowEachOtherAndFiltersHold() async throws {
        for n in 1...5 { try await test.park(Samples.parked(try Samples.received(n))) }
        try await test.park(
            Samples.parked(try Samples.received(6), by: .callback, reason: FailureReason(.schema, "x")),
            consumer: .callback)
        let first = try await test.store.letters(LetterFilter(state: .failed, consumer: "routing"), limit: 3)
        #expect(first.letters.map(\.id) == [5, 4, 3])
        let second = try await test.store.letters(
            LetterFilter(state: .failed, consumer: "routing", before: first.next), limit: 3)
        #expect(second.letters.map(\.id) == [2, 1])
        #expect(second.next == nil)
        #expect(
            try await test.store.letters(LetterFilter(kind: "schema"), limit: 3).letters.map(\.consumer) == ["callback"]
        )
        let subject = try TestMessages.number(2).text
        #expect(try await test.store.letters(LetterFilter(subject: subject), limit: 3).letters.count == 1)
        #expect(try await test.store.letters(LetterFilter(type: "redress.case.urged.v1"), limit: 3).letters.isEmpty)
    }

    @Test func aFilterIsReplayedAsAWhole() async throws {
        for n in 1...7 { try await test.park(Samples.parked(try Samples.received(n))) }
        try await test.park(Samples.parked(try Samples.received(8), by: .callback), consumer: .callback)
        let count = try await test.store.replayAll(LetterFilter(consumer: "routing"), by: "op", because: "fixed")
        #expect(count == 7)
        #expect(
            try await test.store.letters(LetterFilter(state: .failed), limit: 10).letters.map(\.consumer) == [
                "callback"
            ])
        #expect(try await test.store.replayAll(LetterFilter(consumer: "routing"), by: "op", because: "") == 0)
    }
}
