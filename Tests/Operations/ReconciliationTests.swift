import Testing

@testable import OperationsService

@Suite struct ReconciliationTests {
    private func figure(_ ledger: String, _ count: Int, day: String = "20261121", channel: String = "web")
        -> LedgerFigure
    {
        LedgerFigure(ledger: ledger, day: day, channel: channel, count: count)
    }

    @Test func whatIsAccountedForAddsUp() {
        let equation = Reconciliation([
            figure("received", 10), figure("closed", 4), figure("open", 3), figure("merged", 1),
            figure("withdrawn", 1), figure("parked", 1), figure("registered", 9),
        ])
        #expect(equation.totals.parked == 1)
        #expect(equation.rows.count == 1)
        #expect(equation.totals.difference == 0)
        #expect(equation.isBalanced)
    }

    @Test func aLossAndADoubleCountDoNotCancelOut() {
        let equation = Reconciliation([
            figure("received", 5), figure("closed", 4),
            figure("received", 5, channel: "hotline"), figure("closed", 6, channel: "hotline"),
        ])
        #expect(equation.totals.difference == 0)
        #expect(!equation.isBalanced)
        #expect(equation.open.map(\.difference) == [-1, 1])
    }

    /// Somebody puts a forged `complaint.received` on the queue: it is a dead letter, but no complaint is missing.
    @Test func aForgedMessageIsNoLostComplaint() {
        let equation = Reconciliation([
            figure("received", 3), figure("registered", 2), figure("open", 2), figure("parked", 4),
            figure("parked", 2, channel: "?"),
        ])
        #expect(equation.isBalanced)
        #expect(equation.totals.parked == 1)
        #expect(equation.totals.unmatched == 5)
    }

    @Test func theNewestDayComesFirstThenTheChannels() {
        let equation = Reconciliation([
            figure("received", 1, day: "20261120", channel: "web"), figure("received", 1, channel: "web"),
            figure("received", 1, channel: "app"),
        ])
        #expect(equation.rows.map { "\($0.day) \($0.channel)" } == ["20261121 app", "20261121 web", "20261120 web"])
        #expect(equation.totals.received == 3)
    }
}
