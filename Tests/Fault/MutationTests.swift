import AMQP
import Foundation
import GRDB
import Logging
import Messaging
import TestSupport
import Testing

/// Ten thousand messages that nobody would send, put straight onto every work queue with the broker's highest rights.
@Suite("Messages that nobody would send", .tags(.broker, .journey, .fault), .serialized)
struct MutationTests {
    private static let count = 10_000

    @Test("10,000 mutated messages end nothing, and each one is handled or among the dead letters")
    func mutations() async throws {
        let system = try await RunningSystem.start(retryTiers: "100ms,200ms,300ms,400ms")
        let published = try await publish(to: system)
        #expect(published.values.reduce(0) { $0 + $1.values.reduce(0, +) } == Self.count)
        for (service, ids) in published { try await waitForAccount(of: service, in: system, as: ids) }
        for service in system.services {
            #expect(system.starts(of: service) == 1, "\(service) ended: \(system.log(of: service).suffix(3000))")
            #expect(try await system.client(service).get("/readyz").status == 200, "\(service)")
        }
        try await checkReasons(in: system)
        try await checkRealComplaint(in: system)
        for (service, code) in try await system.stop() { #expect(code == 0, "\(service)") }
    }

    /// A message's id as it is recorded, and how many with this id were published.
    private typealias Count = [String: Int]

    private static func consumers(of system: RunningSystem) -> [SystemService: ConsumerName] {
        var consumers: [SystemService: ConsumerName] = [
            .routing: .routing, .callback: .callback, .reporting: .reporting, .operations: .operations,
        ]
        for department in system.pack.departments { consumers[.department(department.id)] = .department(department.id) }
        return consumers
    }

    private func publish(to system: RunningSystem) async throws -> [SystemService: Count] {
        var mutator = try Mutator(seed: FaultTests.seed)
        let publisher = try AMQPPublisher(
            to: system.broker.address, options: ConnectionOptions(name: "mutations"), logger: Logger(label: "test"))
        try await publisher.waitUntilReady()
        let consumers = Self.consumers(of: system).sorted { $0.value.text < $1.value.text }
        var published: [SystemService: Count] = [:]
        for start in stride(from: 0, to: Self.count, by: 500) {
            var publications: [Publication] = []
            for index in start..<min(Self.count, start + 500) {
                let (service, consumer) = consumers[index % consumers.count]
                let message = mutator.next()
                let destination = Destination(exchange: consumer.exchange, routingKey: ConsumerName.workKey)
                publications.append(Publication(message, to: destination))
                published[service, default: [:]][Self.recordedID(of: message), default: 0] += 1
            }
            let results = await publisher.publish(publications)
            try #require(
                results.allSatisfy { $0 == .confirmed }, "\(results.first { $0 != .confirmed }.debugDescription)")
        }
        await publisher.close()
        return published
    }

    private static func recordedID(of message: WireMessage) -> String {
        let id = message.headers[EnvelopeCoding.Header.id]?.text ?? message.messageID ?? ""
        // A text of SQLite is read up to its first NUL.
        return String(id.prefix { $0 != "\u{0}" }).lowercased()
    }

    private func waitForAccount(of service: SystemService, in system: RunningSystem, as ids: Count) async throws {
        var missing: Count = [:]
        do {
            try await poll("every message to \(service) is accounted for", within: .seconds(120), every: .seconds(1)) {
                missing = try account(of: service, in: system, as: ids)
                return missing.isEmpty
            }
        } catch {
            let examples = missing.sorted { $0.key < $1.key }.prefix(5).map { "\($0)" }
            Issue.record("\(error): \(examples), \(missing.count) in all")
        }
    }

    /// What is missing, and what is there too often: by id, published less handled less parked.
    private func account(of service: SystemService, in system: RunningSystem, as published: Count) throws -> Count {
        let consumer = try #require(Self.consumers(of: system)[service])
        let handled = try ids(in: system.store(of: service), "SELECT messageID, 1 FROM inbox")
        let parked = try ids(
            in: system.store(of: .operations),
            "SELECT messageID, count(*) FROM letter WHERE consumer = '\(consumer)' GROUP BY messageID")
        var missing: Count = [:]
        for (id, count) in published {
            let rest = count - handled[id, default: 0] - parked[id, default: 0]
            if rest != 0 { missing[id] = rest }
        }
        return missing
    }

    private func ids(in store: String, _ sql: String) throws -> Count {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: store, configuration: configuration)
        let rows = try queue.read { db in try Row.fetchAll(db, sql: sql) }
        return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }) { $0 + $1 }
    }

    /// Every one was refused for a reason that somebody thought of.
    private func checkReasons(in system: RunningSystem) async throws {
        let sql = "SELECT kind || ': ' || reason, count(*) FROM letter WHERE kind IN ('unexpected', 'deliveryLimit')"
        let unforeseen = try ids(in: system.store(of: .operations), sql + " GROUP BY 1")
        #expect(unforeseen == [:])
    }

    /// What came before does not stand in the way of a real one, and the books of its day balance.
    private func checkRealComplaint(in system: RunningSystem) async throws {
        let story = try await Story.submit(to: system)
        try await story.investigate(at: "product-quality")
        let day = String(story.number.dropFirst().prefix(8))
        try await poll("the books of \(day) balance", within: .seconds(30)) {
            let answer = try await system.client(.operations, as: "operator").get("/operations/api/reconciliation")
            let rows = (answer.json["rows"] as? [[String: Any]] ?? []).filter { $0["day"] as? String == day }
            return rows.contains { $0["open"] as? Int == 1 } && rows.allSatisfy { $0["difference"] as? Int == 0 }
        }
    }
}
