import Contracts
import Foundation
import Messaging
import Persistence
import TestSupport
import Testing

@testable import OperationsService

@Suite struct LedgerCountTests {
    private let test: TestStore

    init() throws { test = try TestStore() }

    private func handle(
        _ ledger: String, _ count: Int, instance: String = "01", day: String = "20261121", channel: String = "web",
        at seconds: TimeInterval = 1_795_000_000,
        from source: String? = nil
    ) async throws -> Outcome {
        let entry = LedgerEntry(day: day, channel: channel, count: count)
        let message = try TestMessages.wire(
            LedgerCounted(ledger: ledger, instance: instance, entries: [entry]), about: nil,
            at: Date(timeIntervalSince1970: seconds),
            source: source ?? "redress/\(LedgerName(rawValue: ledger)?.keeper ?? .routing)")
        let handler = TransactionalHandler(test.database, OperationsSubscriptions.all, logger: quietLogger)
        return try await handler.handle([message])[0]
    }

    @Test func instancesAddUpAndNewerTotalsReplaceOlderOnes() async throws {
        #expect(try await handle("received", 3, instance: "01", at: 100) == .handled)
        #expect(try await handle("received", 2, instance: "02", at: 100) == .handled)
        #expect(try await handle("received", 5, instance: "01", at: 200) == .handled)
        #expect(try await handle("received", 4, instance: "01", at: 150) == .handled)
        let reading = try await test.store.reconciliation()
        #expect(reading.equation.totals.received == 7)
        #expect(reading.asOf["received"] == Date(timeIntervalSince1970: 200))
    }

    @Test func anUnknownLedgerIsParked() async throws {
        guard case .park(let reason) = try await handle("imagined", 1) else {
            Issue.record("not parked")
            return
        }
        #expect(reason.kind == .rejected)
    }

    @Test(arguments: [
        ("received", 1, "redress/routing"), ("closed", 1, "redress/intake/01"), ("open", 1, "redress/department/a"),
        ("received", -1, "redress/intake/01"), ("received", Int.max, "redress/intake/01"),
        ("open", 1, "redress/nobody"),
    ])
    func figuresOfOthersAndImpossibleOnesAreParked(ledger: String, count: Int, source: String) async throws {
        guard case .park(let reason) = try await handle(ledger, count, from: source) else {
            Issue.record("not parked")
            return
        }
        #expect(reason.kind == .rejected)
        #expect(try await test.store.reconciliation().equation.totals.received == 0)
    }

    @Test func aParkedComplaintIsAccountedForUntilItIsBroughtHome() async throws {
        _ = try await handle("received", 1)
        let id = try await test.park(Samples.parked(try Samples.received(), at: 1))
        func difference() async throws -> Int { try await test.store.reconciliation().equation.totals.difference }
        #expect(try await difference() == 0)
        _ = try await test.store.replay(id, by: "op", because: "")
        #expect(try await difference() == 0)
        _ = try await test.replayer(ScriptedPublisher()).replayOnce(limit: 1)
        // On its way to Routing, which has not counted it yet.
        #expect(try await difference() == 1)
        _ = try await handle("open", 1)
        #expect(try await difference() == 0)
    }

    @Test func aDiscardedComplaintIsNotForgotten() async throws {
        _ = try await handle("received", 1)
        let id = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.discard(id, by: "op", because: "spam")
        let totals = try await test.store.reconciliation().equation.totals
        #expect(totals.parked == 1)
        #expect(totals.difference == 0)
    }

    @Test func twoLettersOfOneComplaintCountOnce() async throws {
        _ = try await handle("received", 1)
        var message = try Samples.received()
        try await test.park(Samples.parked(message))
        message.body.append(0x20)
        try await test.store.park([ParkedMessage(Samples.parked(message), consumer: .routing)])
        #expect(try await test.store.reconciliation().equation.totals.parked == 1)
    }

    @Test func figuresAreSettledWhenNothingHasChangedForAWhile() async throws {
        let publisher = ScriptedPublisher()
        let desk = OperationsDesk(store: test.store, clock: test.clock, publisher: publisher)
        _ = try await handle("received", 1)
        #expect(try await !desk.reconciliation().settled)
        test.clock.advance(by: 5)
        #expect(try await desk.reconciliation().settled)
        #expect(try await desk.reconciliation().totals.difference == 1)
    }
}
