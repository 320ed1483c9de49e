import AMQP
import Foundation
import Messaging
import TestSupport
import Testing

/// What can only be tried on a node of one's own: it is blocked, killed and suspended. One node serves all, one test
/// after another.
@Suite("A broker in trouble", .tags(.broker, .fault), .serialized)
struct PrivateBrokerTests {
    private static let node = Task { try await PrivateBroker() }

    @Test("While the broker is blocked nothing is published, and everybody is told")
    func blocked() async throws {
        let broker = try await Self.node.value
        try await TestBroker.withVirtualHost(on: broker) { host in
            let publisher = try Peer(address: host.address).publisher(declare: workTopology())
            try await publisher.waitUntilReady()
            try await broker.ctl("set_vm_memory_high_watermark", "0.000001")
            // The broker says so when it is next published to.
            try await poll("the publisher is blocked") {
                _ = await publisher.publish([publication("a")])
                if case .blocked = publisher.status { return true } else { return false }
            }
            guard case .unknown(let reason) = await publisher.publish([publication("b")])[0] else {
                Issue.record("expected unknown")
                return
            }
            #expect(reason.contains("blocked"))
            try await broker.ctl("set_vm_memory_high_watermark", "absolute", "2GB")
            try await publisher.waitUntilReady()
            #expect(await publisher.publish([publication("c")]) == [.confirmed])
        }
    }

    @Test("Confirmed means on disk: after a SIGKILL every confirmed message is there")
    func killed() async throws {
        let broker = try await Self.node.value
        try await TestBroker.withVirtualHost(on: broker) { host in
            let peer = Peer(address: host.address)
            let publisher = try peer.publisher(declare: workTopology())
            try await publisher.waitUntilReady()
            try await broker.waitUntilDurable("work", in: host.address.virtualHost)
            let before = await publisher.publish((0..<2000).map { publication("\($0)") })
            let duringTask = Task { await publisher.publish((2000..<20_000).map { publication("\($0)") }) }
            try await Task.sleep(for: .milliseconds(100))
            try broker.kill()
            let during = await duringTask.value
            try await poll("the loss is noticed") { !publisher.status.isReady }
            let restarting = Task { try await broker.start() }
            try await publisher.waitUntilReady()
            try await restarting.value
            let confirmed = Set(
                (before + during).enumerated().filter { $0.element == .confirmed }.map { "\($0.offset)" })
            #expect(confirmed.count >= 2000)
            #expect((before + during).contains { if case .unknown = $0 { true } else { false } })
            let consumer = try peer.consumer("work", prefetch: 1000)
            var arrived: Set<String> = []
            while !confirmed.isSubset(of: arrived), let batch = try await consumer.nextBatch() {
                arrived.formUnion(batch.texts)
                await consumer.acknowledge(batch)
            }
            #expect(confirmed.isSubset(of: arrived))
        }
    }

    @Test("A broker that stands still is left, and found again when it goes on")
    func suspended() async throws {
        let broker = try await Self.node.value
        try await TestBroker.withVirtualHost(on: broker) { host in
            var address = host.address
            address.heartbeat = 1
            address.connectTimeout = 1
            var options = ConnectionOptions(name: "suspended")
            options.answerTimeout = .seconds(1)
            let publisher = try Peer(address: address).publisher(declare: workTopology(), options: options)
            try await publisher.waitUntilReady()
            try broker.suspend()
            let result = await publisher.publish([publication("a")])[0]
            if case .unknown = result {} else { Issue.record("expected unknown, got \(result)") }
            // Connecting to it must not hang either: the system still accepts, but nobody answers.
            try await poll("an attempt has failed") {
                if case .connecting(let error?) = publisher.status { error.contains("log in") } else { false }
            }
            try broker.unsuspend()
            try await publisher.waitUntilReady()
            #expect(await publisher.publish([publication("b")]) == [.confirmed])
        }
    }
}
