import AMQP
import Foundation
import Messaging
import TestSupport
import Testing

@Suite("Publishing to a real broker", .tags(.broker), .virtualHost)
struct PublisherTests {
    let peer: Peer

    init() throws { peer = Peer(address: try VirtualHost.required().address) }

    @Test("What a queue took is confirmed")
    func confirms() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        #expect(publisher.status == .ready)
        #expect(await publisher.publish([publication("one"), publication("two")]) == [.confirmed, .confirmed])
        #expect(try await peer.depth("work") == 2)
        await publisher.close()
        #expect(publisher.status == .closed)
    }

    @Test("What no queue is bound for is returned, and its neighbours are confirmed")
    func returns() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let results = await publisher.publish([
            publication("here"), publication("nowhere", key: "case.assigned.sales"), publication("here too"),
        ])
        #expect(results == [.confirmed, .returned("312 NO_ROUTE"), .confirmed])
    }

    @Test("Messages that look the same are told apart when one is returned")
    func returnsOfEqualMessages() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let results = await publisher.publish([
            publication("same"), publication("same", key: "lost"),
            publication("same"), publication("same", key: "lost"),
        ])
        #expect(results == [.confirmed, .returned("312 NO_ROUTE"), .confirmed, .returned("312 NO_ROUTE")])
    }

    @Test("A full queue that rejects makes the result rejected")
    func rejects() async throws {
        let full = workTopology(arguments: ["x-max-length": 1, "x-overflow": "reject-publish"])
        let publisher = try peer.publisher(declare: full)
        try await publisher.waitUntilReady()
        // A quorum queue lets a few in before it tells the channel to reject.
        var results: [PublishResult] = []
        try await poll("the queue rejects") {
            results = await publisher.publish([publication("more")])
            return results == [.rejected]
        }
        #expect(publisher.status == .ready)
    }

    @Test("An exchange that is not there costs its own messages only, and for good")
    func missingExchange() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let results = await publisher.publish([publication("a"), publication("b", exchange: "absent")])
        guard case .returned(let reason) = results[1] else {
            Issue.record("expected returned, got \(results[1])")
            return
        }
        #expect(reason.contains("404"))
        try await publisher.waitUntilReady()
        #expect(await publisher.publish([publication("after")]) == [.confirmed])
    }

    @Test("What does not fit on the wire is refused before it is sent, and the connection stays")
    func unsendable() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let huge = publication("huge", headers: ["x": .text(String(repeating: "x", count: 140_000))])
        let longKey = publication("key", key: String(repeating: "k", count: 256))
        let results = await publisher.publish([publication("a"), huge, longKey, publication("b")])
        #expect(results[0] == .confirmed && results[3] == .confirmed)
        guard case .unsendable = results[1], case .unsendable = results[2] else {
            Issue.record("expected unsendable, got \(results)")
            return
        }
        #expect(try await VirtualHost.required().management.connections(in: peer.address.virtualHost).count <= 1)
        #expect(publisher.status == .ready)
    }

    @Test("The largest header that is allowed goes through", arguments: [130_900, 130_990, 131_010])
    func largestHeader(size: Int) async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let large = publication("large", headers: ["x": .text(String(repeating: "x", count: size))])
        let result = await publisher.publish([large])[0]
        // Either it is sent or it is refused; never is the connection lost.
        if size <= 130_900 { #expect(result == .confirmed) }
        if case .unknown(let reason) = result { Issue.record("the connection broke: \(reason)") }
        #expect(await publisher.publish([publication("after")]) == [.confirmed])
    }

    @Test("Every kind of header value, every property and any body arrives as it was sent")
    func fidelity() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let message = WireMessage(
            messageID: "标识-1", contentType: "application/json", timestamp: Date(timeIntervalSince1970: 1_795_140_000),
            headers: [
                "text": "投诉", "empty": "", "integer": -42, "large": .integer(.max), "bool": true,
                "double": .double(1.5), "time": .timestamp(Date(timeIntervalSince1970: 1)),
                "bytes": .bytes(Data([0, 255, 10])), "list": .list([1, "two", .list([])]),
                "table": .table(["inner": .table(["leaf": false])]), "void": .void,
            ],
            body: Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0) }))
        let to = Destination(exchange: "events", routingKey: "complaint.x")
        #expect(await publisher.publish([Publication(message, to: to)]) == [.confirmed])
        let consumer = try peer.consumer("work")
        let received = try await collect(1, from: consumer)[0]
        #expect(received.message == message)
        #expect(received.queue == "work" && received.exchange == "events" && received.routingKey == "complaint.x")
        #expect(!received.redelivered)
        await consumer.stop()
    }

    @Test("An empty body and no headers at all arrive too")
    func emptyMessage() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let empty = WireMessage(body: Data())
        #expect(await publisher.publish([Publication(empty, to: publication("x").destination)]) == [.confirmed])
        let consumer = try peer.consumer("work")
        #expect(try await collect(1, from: consumer)[0].message == empty)
    }

    @Test("Twenty thousand messages are confirmed and arrive in order")
    func many() async throws {
        let publisher = try peer.publisher(declare: workTopology())
        try await publisher.waitUntilReady()
        let consumer = try peer.consumer("work", prefetch: 1000)
        async let received = collect(20_000, from: consumer)
        let results = await publisher.publish((0..<20_000).map { publication("\($0)") })
        #expect(results.allSatisfy { $0 == .confirmed })
        let texts = try await received.map { String(decoding: $0.message.body, as: UTF8.self) }
        #expect(texts == (0..<20_000).map { "\($0)" })
    }

    @Test("Many callers at once each get their own results")
    func concurrentCallers() async throws {
        let publisher = try peer.publisher(declare: workTopology(), window: 50)
        try await publisher.waitUntilReady()
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<20 {
                group.addTask {
                    let results = await publisher.publish(
                        (0..<50).map { publication("\(caller)-\($0)", key: $0 == caller ? "lost" : "complaint.x") })
                    #expect(results.count == 50)
                    #expect(results.indices.filter { results[$0] != .confirmed } == [caller])
                }
            }
        }
        #expect(try await peer.depth("work") == 20 * 49)
    }
}
