import Testing

@testable import AMQP

@Suite("Which deliveries are out")
struct DeliveryLedgerTests {
    private func ledger(_ tags: ClosedRange<UInt64>, session: UInt64 = 3) -> DeliveryLedger {
        var ledger = DeliveryLedger(session: session)
        for tag in tags { ledger.delivered(tag) }
        return ledger
    }

    private func batch(_ first: UInt64, _ last: UInt64, session: UInt64 = 3) -> BatchTags {
        BatchTags(session: session, first: first, last: last)
    }

    @Test("Acknowledging a batch is one answer for all of it")
    func acknowledge() {
        var ledger = ledger(1...10)
        #expect(ledger.acknowledge(batch(1, 4)) == .upTo(4))
        #expect(ledger.count == 6)
        #expect(ledger.acknowledge(batch(5, 10)) == .upTo(10))
        #expect(ledger.isEmpty)
    }

    @Test("Acknowledging what another session delivered is dropped")
    func otherSession() {
        var ledger = ledger(1...10)
        for session in [UInt64(0), 2, 4] {
            #expect(ledger.acknowledge(batch(1, 4, session: session)) == .drop)
            #expect(ledger.requeue(batch(1, 4, session: session)) == .drop)
        }
        #expect(ledger.count == 10)
    }

    @Test("Acknowledging twice is dropped: a tag that the broker does not know would cost the channel")
    func twice() {
        var ledger = ledger(1...4)
        #expect(ledger.acknowledge(batch(1, 4)) == .upTo(4))
        #expect(ledger.acknowledge(batch(1, 4)) == .drop)
        #expect(ledger.requeue(batch(1, 4)) == .drop)
    }

    @Test("Putting back the oldest batch is one answer; a later one is answered tag by tag")
    func requeue() {
        var ledger = ledger(1...6)
        #expect(ledger.requeue(batch(3, 4)) == .each([3, 4]))
        #expect(ledger.requeue(batch(3, 4)) == .drop)
        #expect(ledger.requeue(batch(1, 2)) == .upTo(2))
        #expect(ledger.acknowledge(batch(5, 6)) == .upTo(6))
        #expect(ledger.isEmpty)
    }

    @Test("Acknowledging over a batch that was put back leaves it out")
    func gap() {
        var ledger = ledger(1...6)
        #expect(ledger.requeue(batch(3, 4)) == .each([3, 4]))
        #expect(ledger.acknowledge(batch(5, 6)) == .upTo(6))
        #expect(ledger.isEmpty)
    }

    @Test("It does not grow with what has been settled")
    func manyTags() {
        var ledger = DeliveryLedger(session: 1)
        for tag in UInt64(1)...20_000 {
            ledger.delivered(tag)
            if tag > 10 { _ = ledger.acknowledge(batch(tag - 10, tag - 10, session: 1)) }
        }
        #expect(ledger.count == 10)
    }
}
