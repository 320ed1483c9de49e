import Contracts
import Messaging
import Testing

@Suite("Topology")
struct RedressTopologyTests {
    @Test func aConsumerOwnsItsQueues() throws {
        let logistics = ConsumerName.department(try #require(DepartmentID("logistics")))
        let topology = RedressTopology.consumer(
            logistics, bindingKeys: ["case.assigned.logistics", "case.assigned.logistics"], tiers: .standard)
        #expect(
            topology.queues.map(\.name) == [
                "redress.department.logistics", "redress.dead.department.logistics",
                "redress.retry.department.logistics.5s", "redress.retry.department.logistics.30s",
                "redress.retry.department.logistics.2m", "redress.retry.department.logistics.10m",
            ])
        let events = topology.bindings.filter { $0.source == RedressTopology.events }
        #expect(events.map(\.routingKey) == ["case.assigned.logistics"])
    }

    @Test func workQueuesNeverLoseSilently() throws {
        let queue = try #require(
            RedressTopology.consumer(.routing, bindingKeys: [], tiers: .standard).queues.first)
        #expect(queue.declaredArguments["x-queue-type"] == "quorum")
        #expect(queue.declaredArguments["x-single-active-consumer"] == true)
        #expect(queue.declaredArguments["x-delivery-limit"] == 20)
        #expect(queue.declaredArguments["x-dead-letter-strategy"] == "at-least-once")
        #expect(queue.declaredArguments["x-overflow"] == "reject-publish")
    }

    @Test func expiryIsOnTheQueueAndReturnsToOneConsumer() {
        let retries = RedressTopology.consumer(.callback, bindingKeys: [], tiers: RetryTiers([.milliseconds(250)]))
            .queues.filter { $0.name.contains("retry") }
        #expect(retries.map(\.name) == ["redress.retry.callback.250ms"])
        #expect(retries.first?.arguments["x-message-ttl"] == 250)
        #expect(retries.first?.arguments["x-dead-letter-exchange"] == "redress.callback")
        #expect(retries.first?.arguments["x-dead-letter-routing-key"] == "work")
    }

    @Test func mergingKeepsEachThingOnce() {
        let one = RedressTopology.foundation
        #expect(one.merging(one) == one)
    }

    @Test func partitionsAreChosenByTicketNumber() throws {
        let topology = RedressTopology.partitions(
            of: .routing, count: 3, bindingKeys: ["complaint.received.*"], tiers: .standard)
        let divider = try #require(topology.exchanges.first)
        #expect(divider.kind == .consistentHash)
        #expect(divider.arguments["hash-header"] == "cloudEvents_subject")
        #expect(
            topology.bindings.filter { $0.source == divider.name }.map(\.destination)
                == ["redress.routing.0", "redress.routing.1", "redress.routing.2"])
        #expect(topology.bindings.filter { $0.source == RedressTopology.events }.map(\.destination) == [divider.name])
    }
}
