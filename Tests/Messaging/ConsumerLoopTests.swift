import Contracts
import Foundation
import Logging
import Messaging
import Synchronization
import TestSupport
import Testing

@Suite("Consumer loop: nothing is dropped, nothing is acknowledged too early")
struct ConsumerLoopTests {
    private struct Handler: BatchHandler {
        let outcome: @Sendable (WireMessage) throws -> Outcome
        func handle(_ batch: [WireMessage]) async throws -> [Outcome] { try batch.map(outcome) }
    }

    private let consumer = ScriptedConsumer()
    private let publisher = ScriptedPublisher()
    private let reason = FailureReason(.unknownComplaint, "complaint is not known here", place: "test")

    private func loop(_ outcome: @escaping @Sendable (WireMessage) throws -> Outcome) -> ConsumerLoop {
        ConsumerLoop(
            name: .routing, tiers: .standard, consumer: consumer, publisher: publisher,
            handler: Handler(outcome: outcome), clock: ManualClock(), logger: Logger(label: "test"))
    }

    private func batch(attempt: Int64? = nil) throws -> DeliveryBatch {
        var message = try TestMessages.wire(
            ComplaintChased(comment: nil, by: .customer), about: try TestMessages.number(1))
        message.headers[EnvelopeCoding.Header.attempt] = attempt.map { .integer($0) }
        message.headers["x-death"] = .list([])
        return DeliveryBatch(session: 1, deliveries: [TestMessages.delivery(message)])
    }

    @Test(arguments: [Outcome.handled, .duplicate])
    func acknowledgesWhatIsDone(outcome: Outcome) async throws {
        let batch = try batch()
        await loop { _ in outcome }.settle(batch)
        #expect(consumer.acknowledged == [batch])
        #expect(publisher.published.isEmpty)
    }

    @Test(arguments: [(nil, "retry.5s", 2), (2, "retry.30s", 3), (3, "retry.2m", 4), (4, "retry.10m", 5)])
    func retriesTierByTier(attempt: Int64?, key: String, next: Int64) async throws {
        let batch = try batch(attempt: attempt)
        await loop { [reason] _ in .retry(reason) }.settle(batch)
        let publication = try #require(publisher.published.first)
        #expect(publication.destination == Destination(exchange: "redress.routing", routingKey: key))
        #expect(publication.message.headers[EnvelopeCoding.Header.attempt] == .integer(next))
        #expect(publication.message.headers["x-death"] == nil)
        #expect(publication.message.body == batch.deliveries[0].message.body)
        #expect(publication.message.messageID == batch.deliveries[0].message.messageID)
        #expect(consumer.acknowledged == [batch])
    }

    @Test func parksWhenTheTiersAreUsedUp() async throws {
        await loop { [reason] _ in .retry(reason) }.settle(try batch(attempt: 5))
        let publication = try #require(publisher.published.first)
        #expect(publication.destination.routingKey == ConsumerName.deadKey)
        #expect(publication.message.headers[FailureHeaders.kind] == "unknownComplaint")
        #expect(publication.message.headers[FailureHeaders.consumer] == "routing")
        #expect(publication.message.headers[FailureHeaders.queue] == "redress.routing")
        #expect(publication.message.headers[EnvelopeCoding.Header.attempt] == 5)
    }

    @Test func putsAsideBeforeItAcknowledges() async throws {
        // The broker takes it only at the third attempt.
        let refusals = Mutex(2)
        let consumer = consumer
        publisher.answer { _ in
            #expect(consumer.acknowledged.isEmpty)
            return refusals.withLock { left in
                left -= 1
                return left >= 0 ? .unknown("connection lost") : .confirmed
            }
        }
        let batch = try batch()
        await loop { [reason] _ in .park(reason) }.settle(batch)
        #expect(publisher.published.count == 3)
        #expect(consumer.acknowledged == [batch])
    }

    @Test func keepsTheBatchWhileTheStoreIsOutOfOrder() async throws {
        struct DiskFull: Error {}
        let failures = Mutex(2)
        let batch = try batch()
        await loop { _ in
            if failures.withLock({ left in
                left -= 1
                return left >= 0
            }) {
                throw DiskFull()
            }
            return .handled
        }.settle(batch)
        #expect(consumer.acknowledged == [batch])
    }

    @Test func parksEvenWhatHasHeadersTooLargeForAFrame() async throws {
        publisher.answer { publication in
            publication.message.headers["huge"] == nil ? .confirmed : .unsendable("a header table of 200 kB")
        }
        var batch = try batch()
        batch.deliveries[0].message.headers["huge"] = .text(String(repeating: "x", count: 200_000))
        await loop { [reason] _ in .park(reason) }.settle(batch)
        #expect(consumer.acknowledged == [batch])
        #expect(publisher.published.last?.message.headers[FailureHeaders.kind] == "unknownComplaint")
    }

    @Test func boundsTheDescription() async throws {
        let long = FailureReason(.unexpected, String(repeating: "长", count: 20_000))
        await loop { _ in .park(long) }.settle(try batch())
        let text = try #require(publisher.published.first?.message.headers[FailureHeaders.message]?.text)
        #expect(text.utf8.count <= FailureHeaders.messageLimit + 3)
    }

    @Test func aReplayCarriesNoTraceOfTheFailure() async throws {
        await loop { [reason] _ in .park(reason) }.settle(try batch())
        let parked = try #require(publisher.published.first?.message)
        let cleared = FailureHeaders.cleared(parked)
        #expect(cleared.headers.keys.allSatisfy { $0.hasPrefix("cloudEvents_") })
        #expect(cleared.messageID == parked.messageID)
        #expect(FailureHeaders.attempt(of: cleared) == 1)
    }
}
