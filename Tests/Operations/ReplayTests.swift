import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import OperationsService

@Suite struct ReplayTests {
    private let test: TestStore
    private let publisher = ScriptedPublisher()

    init() throws { test = try TestStore() }

    private func stagedLetter(_ n: Int = 1) async throws -> (id: Int64, original: WireMessage) {
        let original = try Samples.received(n)
        let id = try await test.park(Samples.parked(original))
        _ = try await test.store.replay(id, by: "op", because: "fixed")
        return (id, original)
    }

    @Test func aReplayGoesToTheOneQueueThatFailedAsItWasFirstSent() async throws {
        var original = try Samples.received()
        original.headers["x-death"] = .list([])
        let id = try await test.park(Samples.parked(original, by: .callback, attempt: 5), consumer: .callback)
        _ = try await test.store.replay(id, by: "op", because: "")
        #expect(try await test.replayer(publisher).replayOnce(limit: 10) == 1)
        let sent = try #require(publisher.published.first)
        #expect(sent.destination == Destination(exchange: "redress.callback", routingKey: "work"))
        original.headers["x-death"] = nil
        #expect(sent.message == original)
        #expect(try await test.state(id) == .confirmed(replay: 1))
        #expect(try await test.replayer(publisher).replayOnce(limit: 10) == 0)
    }

    @Test func aLetterThatStaysAwayIsResolvedAndSaysSo() async throws {
        let (id, _) = try await stagedLetter()
        let replayer = test.replayer(publisher)
        _ = try await replayer.replayOnce(limit: 10)
        test.clock.advance(by: 59)
        #expect(try await replayer.resolveOnce() == 0)
        test.clock.advance(by: 1)
        #expect(try await replayer.resolveOnce() == 1)
        #expect(try await test.state(id) == .resolved(.replayed))
        await #expect(throws: LetterRejection.alreadyResolved) {
            try await test.store.replay(id, by: "op", because: "")
        }
    }

    @Test func aLetterThatComesBackIsOpenAgainAndCanBeReplayedAgain() async throws {
        let (id, original) = try await stagedLetter()
        let replayer = test.replayer(publisher)
        _ = try await replayer.replayOnce(limit: 10)
        try await test.park(Samples.parked(original, at: 1_795_001_000))
        #expect(try await test.state(id) == .failed)
        test.clock.advance(by: 3600)
        #expect(try await replayer.resolveOnce() == 0)
        #expect(try await test.store.replay(id, by: "op", because: "again") == .staged(replay: 2))
        _ = try await replayer.replayOnce(limit: 10)
        #expect(publisher.published.map(\.message.messageID) == [original.messageID, original.messageID])
        #expect(try await test.store.letter(id).summary.occurrences == 2)
    }

    // MARK: Kill points

    @Test func killedBeforePublishingItIsPublishedAtTheNextStart() async throws {
        let (id, original) = try await stagedLetter()
        let restarted = try test.reopened()
        #expect(try await test.replayer(publisher, store: restarted).replayOnce(limit: 10) == 1)
        #expect(publisher.published.map(\.message) == [original])
        #expect(try await test.state(id) == .confirmed(replay: 1))
    }

    @Test func killedBetweenPublishingAndWritingDownItIsPublishedAgainWithTheSameID() async throws {
        let (id, original) = try await stagedLetter()
        let staged = try await test.store.staged(limit: 10, at: test.clock.now())
        _ = await publisher.publish(
            staged.map { Publication($0.message, to: Destination(exchange: "redress.routing", routingKey: "work")) })
        let restarted = try test.reopened()
        _ = try await test.replayer(publisher, store: restarted).replayOnce(limit: 10)
        #expect(publisher.published.map(\.message) == [original, original])
        #expect(try await test.state(id) == .confirmed(replay: 1))
    }

    @Test func theBrokersAnswerToAnEarlierReplayChangesNothing() async throws {
        let (id, original) = try await stagedLetter()
        let first = try await test.store.staged(limit: 10, at: test.clock.now())
        try await test.park(Samples.parked(original, at: 1_795_001_000))
        _ = try await test.store.replay(id, by: "op", because: "")
        try await test.store.record(first.map { ($0, .confirmed) })
        #expect(try await test.state(id) == .staged(replay: 2))
    }

    // MARK: What the broker does not take

    @Test(arguments: [
        (PublishResult.returned("no queue"), LetterState.failed, "the work queue is not there"),
        (.unsendable("too large"), .failed, "too large"),
        (.rejected, .staged(replay: 1), "the queue is full"),
        (.unknown("gone"), .staged(replay: 1), ""),
    ])
    func eachFateHasItsState(result: PublishResult, state: LetterState, error: String) async throws {
        let (id, _) = try await stagedLetter()
        publisher.answer { _ in result }
        _ = try await test.replayer(publisher).replayOnce(limit: 10)
        let letter = try await test.store.letter(id).summary
        #expect(letter.state == state)
        #expect(letter.publishError ?? "" == error)
    }

    @Test func aFullQueueIsTriedAgainLater() async throws {
        let (id, _) = try await stagedLetter()
        publisher.answer { _ in .rejected }
        let replayer = test.replayer(publisher)
        _ = try await replayer.replayOnce(limit: 10)
        publisher.answer { _ in .confirmed }
        #expect(try await replayer.replayOnce(limit: 10) == 0)
        test.clock.advance(by: 10)
        #expect(try await replayer.replayOnce(limit: 10) == 1)
        #expect(try await test.state(id) == .confirmed(replay: 1))
        #expect(try await test.store.letter(id).summary.publishError == nil)
    }

    @Test func oneBadLetterHoldsUpNobody() async throws {
        var ids: [Int64] = []
        for n in 1...5 { ids.append(try await stagedLetter(n).id) }
        let bad = try TestMessages.number(3).text
        publisher.answer { publication in
            publication.message.headers["cloudEvents_subject"]?.text == bad ? .unsendable("bad") : .confirmed
        }
        _ = try await test.replayer(publisher).replayOnce(limit: 10)
        for (n, id) in zip(1..., ids) {
            #expect(try await test.state(id) == (n == 3 ? .failed : .confirmed(replay: 1)))
        }
    }
}
