import Contracts
import Foundation
import TestSupport
import Testing

/// Real processes and a real broker, killed again and again while complaints go through them.
@Suite("Killing everything", .tags(.broker, .journey, .fault), .serialized)
struct FaultTests {
    /// The victims' order and the pauses follow from it; the environment may give another.
    static let seed = ProcessInfo.processInfo.environment["REDRESS_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_121

    /// How many times each victim is killed: with the services, the departments' workers and the broker of the default
    /// pack that is more than 20 kills.
    static let rounds = 3

    /// Complaints a second, and how many in all: they come in for as long as the killing lasts.
    static let rate = 50
    static let complaints = 1500

    /// Tiers that outlast a service that is away, as in production, but shorter.
    private func start() async throws -> RunningSystem {
        let system = try await RunningSystem.start(retryTiers: "1s,3s,10s,60s")
        try await system.waitUntilQueuesAreDurable()
        return system
    }

    @Test("Every service and the broker are killed again and again; nothing is lost, nothing happens twice")
    func killing() async throws {
        let system = try await start()
        let load = try Load(system)
        let playing = Task { try await load.play(rate: Self.rate, count: Self.complaints) }
        var killer = Killer(system: system, seed: Self.seed, rounds: Self.rounds)
        print("killing with seed \(Self.seed): \(killer.victims.map(\.description).joined(separator: " "))")
        let kills = try await killer.run()
        #expect(kills.values.reduce(0, +) >= 20)
        try await system.waitUntilReady()
        let report = try await playing.value
        #expect(report.accepted == Self.complaints, "seed \(Self.seed)")
        #expect(report.lost == [], "seed \(Self.seed)")
        #expect(report.failed == 0, "seed \(Self.seed)")
        try await Audit(system: system, seed: Self.seed).check(report)
        // Nothing ended but what we killed: no crash, no giving up.
        for service in system.services {
            #expect(system.starts(of: service) == 1 + (kills[.service(service)] ?? 0), "\(service), seed \(Self.seed)")
        }
        for (service, code) in try await system.stop() { #expect(code == 0, "\(service) did not stop in order") }
    }

    @Test("With the broker down, complaints are still accepted, and go on when it is back")
    func brokerDown() async throws {
        let system = try await start()
        try system.broker.kill()
        var numbers: [String] = []
        for index in 0..<10 {
            let body = """
                {"channel":"web","kind":"complaint","heardAt":"2026-11-20T10:00:00Z","reason":"漏发",
                "complainant":{"phone":"1380013800\(index)"},"narrative":"少了一箱苹果","request":"补发","confirmed":true}
                """
            let answer = try await system.client(.intake, as: "agent").post(
                "/intake/api/complaints", json: body, headers: ["Idempotency-Key": "down-\(index)"])
            #expect(answer.status == 201, "\(answer.text)")
            numbers.append(try #require(answer.json["number"] as? String))
        }
        #expect(Set(numbers).count == 10)
        #expect(try await system.client(.intake).get("/healthz").status == 200)
        try await system.broker.start()
        try await system.waitUntilReady()
        for number in numbers {
            try await poll("\(number) has reached Routing", within: .seconds(30)) {
                try await system.client(.routing, as: "coordinator").get("/routing/api/complaints/\(number)").status
                    == 200
            }
        }
        try await system.stop()
    }
}
