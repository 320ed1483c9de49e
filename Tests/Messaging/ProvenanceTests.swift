import Contracts
import Foundation
import Logging
import Messaging
import Synchronization
import TestSupport
import Testing

@Suite("Who says a message")
struct ProvenanceTests {
    private func delivery(
        from source: String, user: String?, exchange: String = RedressTopology.events
    ) throws -> Delivery {
        let event = ComplaintChased(comment: nil, by: .customer)
        let message = try TestMessages.wire(event, about: try TestMessages.number(1), source: source)
        return Delivery(
            tag: 1, queue: "redress.routing", exchange: exchange, routingKey: "complaint.chased.-", redelivered: false,
            user: user, message: message)
    }

    @Test(arguments: [
        ("redress/intake/01", "intake"), ("redress/routing", "routing"), ("redress/callback", "callback"),
        ("redress/department/logistics", "department.logistics"),
        // People with the highest rights, and whole systems under one user.
        ("redress/routing", "redress"), ("redress/department/logistics", "administrator"),
    ])
    func isBelieved(source: String, user: String) throws {
        #expect(Provenance.objection(to: try delivery(from: source, user: user)) == nil)
    }

    @Test(
        arguments: [
            ("redress/callback", "department.logistics"), ("redress/department/finance", "department.logistics"),
            ("redress/routing", "intake"), ("redress/department/logistics", "routing"),
            ("redress/department", "department.logistics"), ("", "callback"), ("redress/callback", nil),
        ] as [(String, String?)])
    func isNotBelieved(source: String, user: String?) throws {
        let objection = Provenance.objection(to: try delivery(from: source, user: user))
        #expect(objection?.kind == .rejected)
    }

    @Test("Retries and replays come over the consumer's own exchange, which nobody else may write to")
    func ownExchange() throws {
        let retried = try delivery(
            from: "redress/intake/01", user: "routing", exchange: ConsumerName.routing.exchange)
        #expect(Provenance.objection(to: retried) == nil)
    }

    @Test("A department speaks for itself alone")
    func departments() throws {
        let logistics = try #require(DepartmentID("logistics"))
        let table = SubscriptionTable<Void>([Subscription(CaseReturned.self) { _, _ in .handled }])
        let event = CaseReturned(department: logistics, assignment: 1, reason: "不属本部门", by: .customer)
        func handle(_ source: String) throws -> Outcome {
            do {
                let message = try TestMessages.wire(event, about: try TestMessages.number(1), source: source)
                return try table.handle(message, in: ())
            } catch HandlingInterruption.park(let reason) {
                return .park(reason)
            }
        }
        #expect(try handle("redress/department/logistics") == .handled)
        guard case .park = try handle("redress/department/finance") else {
            Issue.record("finance spoke for logistics")
            return
        }
    }

    @Test("A loop parks what it does not believe and handles the rest, in order")
    func parked() async throws {
        let good = try delivery(from: "redress/intake/01", user: "intake")
        let forged = try delivery(from: "redress/callback", user: "department.logistics")
        let consumer = ScriptedConsumer()
        let publisher = ScriptedPublisher()
        let handler = Recorder()
        let loop = ConsumerLoop(
            name: .routing, tiers: .standard, consumer: consumer, publisher: publisher, handler: handler,
            clock: ManualClock(), logger: Logger(label: "test"))
        let batch = DeliveryBatch(session: 1, deliveries: [forged, good, forged])
        await loop.settle(batch)
        #expect(handler.handled == [good.message])
        #expect(publisher.published.map(\.destination.routingKey) == [ConsumerName.deadKey, ConsumerName.deadKey])
        #expect(consumer.acknowledged == [batch])
    }
}

/// Handles everything and remembers it.
private final class Recorder: BatchHandler {
    private let messages = Mutex<[WireMessage]>([])
    var handled: [WireMessage] { messages.withLock { $0 } }

    func handle(_ batch: [WireMessage]) async throws -> [Outcome] {
        messages.withLock { $0 += batch }
        return batch.map { _ in .handled }
    }
}
