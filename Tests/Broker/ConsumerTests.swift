import AMQP
import Foundation
import Messaging
import TestSupport
import Testing

@Suite("Consuming from a real broker", .tags(.broker), .virtualHost)
struct ConsumerTests {
    let peer: Peer

    init() throws { peer = Peer(address: try VirtualHost.required().address) }

    private func fill(_ count: Int, _ topology: Topology = workTopology()) async throws {
        let publisher = try peer.publisher(declare: topology)
        try await publisher.waitUntilReady()
        let results = await publisher.publish((0..<count).map { publication("\($0)") })
        try #require(results.allSatisfy { $0 == .confirmed })
        await publisher.close()
    }

    @Test("No more than the prefetch is out, and acknowledging a batch brings the next")
    func prefetch() async throws {
        try await fill(25)
        let consumer = try peer.consumer("work", prefetch: 10)
        var texts: [String] = []
        var sizes: [Int] = []
        while texts.count < 25, let batch = try await consumer.nextBatch() {
            texts += batch.texts
            sizes.append(batch.deliveries.count)
            await consumer.acknowledge(batch)
        }
        #expect(texts == (0..<25).map { "\($0)" })
        #expect(sizes.allSatisfy { (1...10).contains($0) })
        await consumer.stop()
        await consumer.waitUntilClosed()
        #expect(try await peer.depth("work") == 0)
    }

    @Test("Without acknowledging, the prefetch is the end of it")
    func prefetchIsABound() async throws {
        try await fill(25)
        let consumer = try peer.consumer("work", prefetch: 10)
        var out = 0
        while out < 10, let batch = try await consumer.nextBatch() { out += batch.deliveries.count }
        #expect(out == 10)
        #expect(try await peer.depth("work") == 15)
    }

    @Test("A batch put back comes again, marked as redelivered, and an earlier one is untouched")
    func requeue() async throws {
        try await fill(2)
        let consumer = try peer.consumer("work", prefetch: 1 + 1)
        var batches: [DeliveryBatch] = []
        while batches.flatMap(\.deliveries).count < 2, let batch = try await consumer.nextBatch() {
            batches.append(batch)
        }
        if batches.count == 1 {
            // Both came together: as two batches of one, as a smaller limit would have given them.
            let both = batches[0]
            batches = both.deliveries.map { DeliveryBatch(session: both.session, deliveries: [$0]) }
        }
        await consumer.requeue(batches[1])
        let again = try #require(try await consumer.nextBatch())
        #expect(again.texts == ["1"])
        #expect(again.deliveries[0].redelivered)
        await consumer.acknowledge(batches[0])
        await consumer.acknowledge(again)
        await consumer.stop()
        await consumer.waitUntilClosed()
        #expect(try await peer.depth("work") == 0)
    }

    @Test("Stopping ends nextBatch, lets what is out be acknowledged, and puts the rest back")
    func stop() async throws {
        try await fill(30)
        let consumer = try AMQPConsumer(
            "work", from: peer.address, prefetch: 30, batchLimit: 5, options: ConnectionOptions(name: "test"),
            logger: Peer.logger)
        let batch = try #require(try await consumer.nextBatch())
        await consumer.stop()
        #expect(try await consumer.nextBatch() == nil)
        await consumer.acknowledge(batch)
        await consumer.waitUntilClosed()
        #expect(consumer.status == .closed)
        // The broker puts them back after it has answered the closing.
        try await poll("the rest is back") { try await peer.depth("work") == 30 - batch.deliveries.count }
    }

    @Test("A waiting nextBatch ends when its task is cancelled, and the consumer goes on")
    func cancellation() async throws {
        try await fill(0)
        let consumer = try peer.consumer("work")
        try await consumer.waitUntilReady()
        let waiting = Task { try await consumer.nextBatch() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        try await fill(1)
        #expect(try await consumer.nextBatch()?.texts == ["0"])
    }

    @Test("A queue that is deleted ends the subscription, and is declared and consumed again")
    func queueDeleted() async throws {
        let consumer = try peer.consumer("work", declare: workTopology())
        try await consumer.waitUntilReady()
        try await VirtualHost.required().deleteQueue("work")
        try await poll("the consumer is back") { try await peer.depth("work") == 0 && consumer.status == .ready }
        try await fill(3)
        #expect(try await collect(3, from: consumer).count == 3)
    }

    @Test("A queue that is not there is named in the status, and consumed once it is")
    func queueMissing() async throws {
        let consumer = try peer.consumer("work")
        try await poll("the status says why") {
            if case .connecting(let error?) = consumer.status { error.contains("no queue 'work'") } else { false }
        }
        try await fill(1)
        #expect(try await collect(1, from: consumer).count == 1)
    }

    @Test("A queue that is declared otherwise is named in the status")
    func mismatch() async throws {
        try await fill(0, workTopology(arguments: ["x-delivery-limit": 3]))
        let consumer = try peer.consumer("work", declare: workTopology(arguments: ["x-delivery-limit": 4]))
        try await poll("the status says why") {
            if case .connecting(let error?) = consumer.status { error.contains("x-delivery-limit") } else { false }
        }
    }

    @Test("A wrong password is told from a broker that is away")
    func wrongPassword() async throws {
        var address = peer.address
        address.password = "wrong"
        let consumer = try Peer(address: address).consumer("work")
        try await poll("the status says why") {
            if case .connecting(let error?) = consumer.status { error.contains("ACCESS_REFUSED") } else { false }
        }
    }
}
