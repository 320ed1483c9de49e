import AMQP
import Foundation
import Messaging
import TestSupport
import Testing

@Suite("Losing the connection", .tags(.broker), .virtualHost)
struct ConnectionLossTests {
    let host: VirtualHost
    let proxy: TCPProxy
    let peer: Peer

    init() throws {
        host = try VirtualHost.required()
        proxy = try TCPProxy(to: host.address.port)
        var address = host.address
        address.port = proxy.port
        peer = Peer(address: address)
    }

    @Test("What was in flight when the connection was cut is unknown, and publishing comes back by itself")
    func cut() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        // Sent, but never answered.
        proxy.mode = .swallow
        async let results = publisher.publish([publication("a"), publication("b")])
        try await Task.sleep(for: .milliseconds(50))
        proxy.cut()
        for result in await results {
            guard case .unknown = result else {
                Issue.record("expected unknown, got \(result)")
                continue
            }
        }
        proxy.mode = .forward
        try await publisher.waitUntilReady()
        #expect(await publisher.publish([publication("c")]) == [.confirmed])
        #expect(proxy.accepted >= 2)
    }

    @Test("Without a connection the answer is “unknown” at once, with the reason")
    func noConnection() async throws {
        proxy.refuses = true
        let publisher = try peer.publisher()
        try await poll("the first attempt has failed") {
            if case .connecting(.some) = publisher.status { true } else { false }
        }
        guard case .unknown(let reason) = await publisher.publish([publication("a")])[0] else {
            Issue.record("expected unknown")
            return
        }
        #expect(reason.contains("log in"))
        proxy.refuses = false
        try await publisher.waitUntilReady()
    }

    @Test("Closed by the broker's operator: unknown, then back")
    func closedByOperator() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        try await poll("the connection is listed") { try await host.closeConnections() == 1 }
        try await poll("the broker's words are known, or it is back already") {
            if case .connecting(let error?) = publisher.status { error.contains("320") } else { proxy.accepted == 2 }
        }
        try await publisher.waitUntilReady()
        #expect(await publisher.publish([publication("a")]) == [.confirmed])
    }

    @Test("Acknowledgements of an earlier connection are dropped; the messages come again")
    func oldSession() async throws {
        let publisher = try Peer(address: host.address).publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        _ = await publisher.publish((0..<5).map { publication("\($0)") })
        let consumer = try peer.consumer("work", prefetch: 5)
        var old: [DeliveryBatch] = []
        while old.flatMap(\.deliveries).count < 5, let batch = try await consumer.nextBatch() { old.append(batch) }
        proxy.cut()
        var again: [DeliveryBatch] = []
        while again.flatMap(\.deliveries).count < 5, let batch = try await consumer.nextBatch() {
            again.append(batch)
        }
        #expect(again.flatMap(\.texts) == (0..<5).map { "\($0)" })
        #expect(again[0].session > old[0].session)
        #expect(again.flatMap(\.deliveries).allSatisfy { $0.redelivered })
        for batch in old {
            await consumer.acknowledge(batch)
            await consumer.requeue(batch)
        }
        for batch in again { await consumer.acknowledge(batch) }
        await consumer.stop()
        await consumer.waitUntilClosed()
        // Had the old tags been sent, the broker would have closed the channel for an unknown tag.
        #expect(try await peer.depth("work") == 0)
    }

    @Test("A connection that has died without a sign is noticed by its heartbeats")
    func heartbeat() async throws {
        var address = peer.address
        address.heartbeat = 1
        let consumer = try Peer(address: address).consumer("work", declare: workTopology())
        try await consumer.waitUntilReady()
        proxy.mode = .swallow
        try await poll("the loss is noticed", within: .seconds(8)) { !consumer.status.isReady }
        guard case .connecting(let error?) = consumer.status else {
            Issue.record("expected the error, got \(consumer.status)")
            return
        }
        // Whoever looks first: we miss the broker's heartbeats, or the broker misses ours and hangs up.
        #expect(error.contains("heartbeat") || error.contains("closed unexpectedly"))
        proxy.mode = .forward
        proxy.cut()
        try await consumer.waitUntilReady()
    }

    @Test("An idle connection stays: its heartbeats are sent without anybody doing anything")
    func idle() async throws {
        var address = peer.address
        address.heartbeat = 1
        let publisher = try Peer(address: address).publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        // Longer than the broker's patience of two heartbeats and some.
        try await Task.sleep(for: .seconds(5))
        #expect(publisher.status == .ready)
        #expect(proxy.accepted == 1)
    }

    @Test("A send that hangs is cut by the watchdog")
    func watchdog() async throws {
        var options = ConnectionOptions(name: "hanging")
        options.stallTimeout = .seconds(1)
        let publisher = try peer.publisher(declare: workTopology(), options: options)
        try await publisher.waitUntilReady()
        proxy.mode = .stall
        // More than all buffers on the way hold together.
        let large = (0..<20).map { number in
            var publication = publication("\(number)")
            publication.message.body = Data(count: 1_000_000)
            return publication
        }
        let began = ContinuousClock.now
        let results = await publisher.publish(large)
        #expect(ContinuousClock.now - began < .seconds(8))
        for result in results {
            guard case .unknown = result else {
                Issue.record("expected unknown, got \(result)")
                break
            }
        }
        proxy.mode = .forward
        try await publisher.waitUntilReady()
        #expect(await publisher.publish([publication("after")]) == [.confirmed])
    }

    @Test("A broker that takes messages but confirms none is given up")
    func confirmTimeout() async throws {
        var options = ConnectionOptions(name: "unconfirmed")
        options.confirmTimeout = .seconds(1)
        let publisher = try peer.publisher(declare: workTopology(), options: options)
        try await publisher.waitUntilReady()
        proxy.mode = .swallow
        #expect(
            await publisher.publish([publication("a")])
                == [.unknown("the broker did not confirm a message within 1 s")])
    }

    @Test("Under cuts again and again, everything published until confirmed arrives", arguments: [1, 2])
    func manyCuts(seed: Int) async throws {
        var options = ConnectionOptions(name: "often cut")
        options.backoff = Backoff(base: .milliseconds(5), limit: .milliseconds(50))
        let publisher = try peer.publisher(declare: workTopology(), options: options)
        let consumer = try peer.consumer("work", prefetch: 50, options: options)
        let cutting = Task {
            for round in 0..<15 {
                try await Task.sleep(for: .milliseconds(40 + 7 * ((round * seed) % 5)))
                proxy.cut()
            }
        }
        async let received = collectDistinct(2000, from: consumer)
        var waiting = (0..<2000).map { publication("\($0)") }
        while !waiting.isEmpty {
            try await publisher.waitUntilReady()
            let results = await publisher.publish(Array(waiting.prefix(100)))
            let open = zip(waiting, results).filter { $0.1 != .confirmed }.map(\.0)
            waiting = open + waiting.dropFirst(results.count)
        }
        try await cutting.value
        #expect(try await received == Set((0..<2000).map { "\($0)" }))
    }

    private func collectDistinct(_ count: Int, from consumer: AMQPConsumer) async throws -> Set<String> {
        var texts: Set<String> = []
        while texts.count < count, let batch = try await consumer.nextBatch() {
            texts.formUnion(batch.texts)
            await consumer.acknowledge(batch)
        }
        return texts
    }
}
