import AMQP
import Foundation
import Messaging
import Synchronization
import TestSupport
import Testing

@Suite("Reading a stream", .tags(.broker), .virtualHost)
struct StreamTests {
    let peer: Peer
    private let journal = Topology(
        exchanges: [Topology.Exchange("events", .topic)], queues: [Topology.Queue("journal", .stream)],
        bindings: [Topology.Binding(from: "events", to: "journal", key: "#")])

    init() throws { peer = Peer(address: try VirtualHost.required().address) }

    private func reader() -> StreamReader { StreamReader("journal", at: peer.address, logger: Peer.logger) }

    private func read(from start: StreamReader.Start) async throws -> [String] {
        let texts = Mutex<[String]>([])
        try await reader().read(from: start) { delivery, _ in
            texts.withLock { $0.append(String(decoding: delivery.message.body, as: UTF8.self)) }
        }
        return texts.withLock { $0 }
    }

    @Test("Everything up to the present end, from the beginning, a number and a time; and then it ends")
    func reading() async throws {
        let publisher = try peer.publisher(declare: journal)
        try await publisher.waitUntilReady()
        #expect(try await read(from: .first) == [])
        let before = Date(timeIntervalSinceNow: -60)
        for round in 0..<3 {
            let results = await publisher.publish((0..<1000).map { publication("\(round * 1000 + $0)") })
            try #require(results.allSatisfy { $0 == .confirmed })
        }
        let all = (0..<3000).map { "\($0)" }
        #expect(try await read(from: .first) == all)
        #expect(try await read(from: .offset(2990)) == Array(all[2990...]))
        #expect(try await read(from: .offset(3000)) == [])
        #expect(try await read(from: .time(before)) == all)
        #expect(try await read(from: .time(Date(timeIntervalSinceNow: 60))) == [])
        // Reading takes nothing away.
        #expect(try await reader().lastOffset() == 2999)
    }

    @Test("A stream that is not there is an error")
    func missing() async throws {
        await #expect(throws: AMQPError.self) { try await reader().read { _, _ in } }
    }

    @Test("A consumer of a stream goes on where it was after losing its connection")
    func resumes() async throws {
        let host = try VirtualHost.required()
        let publisher = try peer.publisher(declare: journal)
        try await publisher.waitUntilReady()
        _ = await publisher.publish((0..<10).map { publication("\($0)") })
        let consumer = try peer.consumer("journal", prefetch: 10, arguments: ["x-stream-offset": "first"])
        #expect(try await collect(10, from: consumer).count == 10)
        try await poll("the connections are listed") { try await host.closeConnections() >= 2 }
        try await poll("the publisher is back") {
            await publisher.publish([publication("next")]) == [.confirmed]
        }
        let next = try #require(try await consumer.nextBatch())
        #expect(next.texts.first == "next")
    }
}
