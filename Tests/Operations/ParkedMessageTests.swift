import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import OperationsService

@Suite struct ParkedMessageTests {
    @Test func theSameMessageIsTheSameLetterHoweverItFailed() throws {
        let message = try Samples.received()
        let first = ParkedMessage(Samples.parked(message), consumer: .routing)
        let later = ParkedMessage(
            Samples.parked(message, reason: FailureReason(.premature, "too early"), attempt: 5, at: 1_795_009_999),
            consumer: .routing)
        #expect(first.identity == later.identity)
        #expect(first.parking != later.parking)
        #expect(later.reason == FailureReason(.premature, "too early"))
        #expect(later.attempt == 5)
    }

    @Test func anotherBodyUnderTheSameIDIsAnotherLetter() throws {
        var message = try Samples.received()
        let first = ParkedMessage(Samples.parked(message), consumer: .routing)
        message.body.append(0x20)
        #expect(ParkedMessage(Samples.parked(message), consumer: .routing).identity != first.identity)
    }

    @Test func whatTheBrokerParksUnderItsDeliveryLimitSaysSo() throws {
        var message = try Samples.received()
        let time = Date(timeIntervalSince1970: 1_795_000_500)
        message.headers["x-death"] = .list([
            .table(["reason": "expired", "queue": "redress.retry.routing.5s", "count": 3]),
            .table(["reason": "delivery_limit", "queue": "redress.routing", "count": 2, "time": .timestamp(time)]),
        ])
        let parked = ParkedMessage(message, consumer: .routing)
        #expect(parked.reason.kind == .deliveryLimit)
        #expect(parked.lastFailure == time)
        #expect(parked.identity == ParkedMessage(try cleared(message), consumer: .routing).identity)
    }

    private func cleared(_ message: WireMessage) throws -> WireMessage { FailureHeaders.cleared(message) }

    /// Whatever lies on a dead queue can be described.
    @Test(arguments: [
        WireMessage(body: Data()),
        WireMessage(messageID: "not a uuid", contentType: "image/png", body: Data([0, 255, 254])),
        WireMessage(
            headers: [
                "cloudEvents_id": 7, "cloudEvents_type": .list([]), "redress-attempt": "many",
                "redress-failure-kind": "no such kind", "nan": .double(.nan), "inf": .double(-.infinity),
                "raw": .bytes(Data([0, 1])), "nothing": .void, "table": .table(["deep": .list([.bool(true)])]),
            ], body: Data("{".utf8)),
    ])
    func anythingCanBeStored(message: WireMessage) async throws {
        let test = try TestStore()
        try await test.store.park([ParkedMessage(message, consumer: .reporting)])
        let page = try await test.store.letters(LetterFilter(), limit: 10)
        #expect(page.letters.count == 1)
        let letter = try await test.store.letter(try #require(page.letters.first?.id))
        #expect(letter.message.body == message.body)
        #expect(letter.message.messageID == message.messageID)
        #expect(Set(letter.message.headers.keys) == Set(message.headers.keys))
        #expect(letter.message.headers["table"] == message.headers["table"])
    }

    @Test func aParkedComplaintIsFoundByItsNumberAndChannel() throws {
        let whole = ParkedMessage(Samples.parked(try Samples.received(channel: "app")), consumer: .routing)
        #expect(ParkedComplaint(whole)?.channel == "app")
        #expect(ParkedComplaint(whole)?.day == "20261121")

        var broken = try Samples.received()
        broken.body = Data("not json".utf8)
        let damaged = ParkedMessage(Samples.parked(broken), consumer: .routing)
        #expect(ParkedComplaint(damaged)?.channel == ParkedComplaint.unknownChannel)

        let elsewhere = ParkedMessage(Samples.parked(try Samples.received()), consumer: .reporting)
        #expect(ParkedComplaint(elsewhere) == nil)
    }
}
