import AMQP
import Messaging
import TestSupport
import Testing

@Suite("Applying and verifying a topology", .tags(.broker), .virtualHost)
struct TopologyTests {
    private let topology = Topology(
        exchanges: [
            Topology.Exchange("events", .topic), Topology.Exchange("retry", .direct),
            Topology.Exchange("shards", .consistentHash, arguments: ["hash-header": "cloudEvents_subject"]),
        ],
        queues: [
            Topology.Queue("work", .quorum, arguments: ["x-delivery-limit": 20, "x-single-active-consumer": true]),
            Topology.Queue("journal", .stream, arguments: ["x-max-age": "7D"]),
        ],
        bindings: [
            Topology.Binding(from: "events", to: "work", key: "complaint.#"),
            Topology.Binding(from: "events", to: "shards", key: "#", isExchange: true),
            Topology.Binding(from: "events", to: "journal", key: "#"),
        ])

    @Test("Applying twice is applying once, and what was applied verifies")
    func applying() async throws {
        let administrator = TopologyAdministrator(try VirtualHost.required().address)
        #expect(
            try await administrator.verify(topology) == [
                .missingExchange("events"), .missingExchange("retry"), .missingExchange("shards"),
                .missingQueue("work"), .missingQueue("journal"),
            ])
        try await administrator.apply(topology)
        try await administrator.apply(topology)
        #expect(try await administrator.verify(topology) == [])
        let depths = try await administrator.depths(of: ["work", "absent"])
        #expect(depths == ["work": .init(messages: 0, consumers: 0), "absent": nil])
    }

    @Test("What is declared otherwise is found, with the broker's words")
    func mismatch() async throws {
        let administrator = TopologyAdministrator(try VirtualHost.required().address)
        try await administrator.apply(topology)
        var changed = topology
        changed.exchanges[1].kind = .fanout
        changed.queues[0].arguments["x-delivery-limit"] = 5
        let differences = try await administrator.verify(changed)
        try #require(differences.count == 2)
        #expect(differences[0].description.hasPrefix("the exchange retry is declared otherwise: PRECONDITION_FAILED"))
        #expect(differences[1].description.contains("x-delivery-limit"))
        await #expect(throws: AMQPError.self) { try await administrator.apply(changed) }
    }

    @Test("Without permission there is an answer, not an error")
    func refused() async throws {
        let host = try VirtualHost.required()
        try await TopologyAdministrator(host.address).apply(topology)
        var address = host.address
        address.user = "department-\(host.address.virtualHost)"
        address.password = "x"
        try await host.management.createUser(address.user, password: "x")
        try await host.management.permit(
            address.user, in: address.virtualHost, configure: "^$", write: "^$", read: "^$")
        let differences = try await TopologyAdministrator(address).verify(topology)
        #expect(differences.count == 5)
        for difference in differences {
            guard case .refused = difference else {
                Issue.record("expected refused: \(difference)")
                continue
            }
        }
        try await host.management.deleteUser(address.user)
    }
}
