import Testing

@testable import AMQP

@Suite("Which publications are confirmed")
struct ConfirmLedgerTests {
    private func ledger(_ count: Int) -> ConfirmLedger<String> {
        var ledger = ConfirmLedger<String>()
        for number in 1...count { #expect(ledger.published("p\(number)") == UInt64(number)) }
        return ledger
    }

    private func shown(_ verdicts: [ConfirmLedger<String>.Verdict]) -> [String] {
        verdicts.map { "\($0.ticket) \($0.result)" }
    }

    @Test("One acknowledgement is one publication")
    func single() {
        var ledger = ledger(3)
        #expect(shown(ledger.acknowledged(2, multiple: false)) == ["p2 confirmed"])
        #expect(ledger.count == 2)
    }

    @Test("“Multiple” is everything up to the number that is still open")
    func multiple() {
        var ledger = ledger(5)
        _ = ledger.acknowledged(2, multiple: false)
        #expect(
            shown(ledger.acknowledged(4, multiple: true)) == ["p1 confirmed", "p3 confirmed", "p4 confirmed"])
        #expect(shown(ledger.acknowledged(5, multiple: true)) == ["p5 confirmed"])
        #expect(ledger.isEmpty)
    }

    @Test("Returned and then acknowledged means not routed")
    func returned() {
        var ledger = ledger(3)
        ledger.returned(2, reason: "312 NO_ROUTE")
        #expect(
            shown(ledger.acknowledged(3, multiple: true))
                == ["p1 confirmed", "p2 returned(\"312 NO_ROUTE\")", "p3 confirmed"])
    }

    @Test("A refusal is a rejection, of one or of many, returned before or not")
    func refused() {
        var ledger = ledger(4)
        ledger.returned(1, reason: "x")
        #expect(shown(ledger.refused(1, multiple: false)) == ["p1 rejected"])
        #expect(shown(ledger.refused(3, multiple: true)) == ["p2 rejected", "p3 rejected"])
        #expect(ledger.count == 1)
    }

    @Test("Number 0 with “multiple” is everything so far")
    func zero() {
        var ledger = ledger(3)
        #expect(ledger.acknowledged(0, multiple: true).count == 3)
        #expect(ledger.acknowledged(0, multiple: false).isEmpty)
    }

    @Test("Numbers never used, or used up, do nothing", arguments: [0, 4, 5, UInt64.max])
    func unknownNumbers(number: UInt64) {
        var ledger = ledger(3)
        _ = ledger.acknowledged(3, multiple: true)
        #expect(ledger.acknowledged(number, multiple: true).isEmpty)
        #expect(ledger.acknowledged(number, multiple: false).isEmpty)
        ledger.returned(number, reason: "x")
        #expect(ledger.published("p4") == 4)
        #expect(shown(ledger.acknowledged(4, multiple: false)) == ["p4 confirmed"])
    }

    @Test("What is abandoned stays unanswered, and the numbering goes on")
    func abandoning() {
        var ledger = ledger(3)
        #expect(ledger.withdraw { $0 == "p2" } == ["p2"])
        #expect(ledger.abandon() == ["p1", "p3"])
        #expect(ledger.acknowledged(3, multiple: true).isEmpty)
        #expect(ledger.published("p4") == 4)
    }

    @Test("Acknowledged in any order, each is answered once")
    func anyOrder() {
        for seed in UInt64(1)...50 {
            var random = Generator(state: seed)
            var ledger = ledger(40)
            var seen: [String] = []
            for number in (UInt64(1)...40).shuffled(using: &random) {
                seen += ledger.acknowledged(number, multiple: Bool.random(using: &random)).map(\.ticket)
            }
            seen += ledger.acknowledged(40, multiple: true).map(\.ticket)
            #expect(seen.count == 40 && Set(seen).count == 40)
        }
    }
}

/// The same numbers for the same seed.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    }
}
