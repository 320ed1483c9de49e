import Contracts
import Foundation
import Messaging
import Testing

@testable import CommandLineTool

@Suite struct BrokerDefinitionsTests {
    let departments = ["logistics", "finance"].compactMap(DepartmentID.init)

    private func definitions() throws -> BrokerDefinitions {
        let accounts =
            [BrokerAccount(name: "redress", password: "a")]
            + ServiceKind.allCases.filter { $0 != .department }
            .map { BrokerAccount(name: $0.rawValue, password: "b", service: $0) }
            + departments.map {
                BrokerAccount(name: "department.\($0)", password: "c", service: .department, department: $0)
            }
        return try BrokerDefinitions(
            topology: RedressTopology.everything(departments: departments), accounts: accounts, virtualHost: "redress")
    }

    @Test("A password is hashed as RabbitMQ's documentation shows")
    func passwordHash() {
        let hash = BrokerDefinitions.hash("test12", salt: [0x90, 0x8D, 0xC6, 0x0A])
        #expect(hash == "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR")
    }

    @Test("The same credentials make the same definitions")
    func stable() throws {
        #expect(try JSONText.data(try definitions()) == JSONText.data(try definitions()))
    }

    @Test("Only the administrator administers; everybody else has rights of their own")
    func users() throws {
        let definitions = try definitions()
        #expect(definitions.users.filter { $0.tags.contains("administrator") }.map(\.name) == ["redress"])
        #expect(Set(definitions.users.map(\.passwordHash)).count == definitions.users.count)
        #expect(Set(definitions.permissions.map(\.user)) == Set(definitions.users.map(\.name)))
        #expect(definitions.permissions.filter { $0.configure == ".*" }.map(\.user) == ["redress"])
        #expect(definitions.topicPermissions.count == definitions.users.count - 1)
    }

    @Test("Every consumer has a work queue, four retry queues and a dead queue, all quorum queues")
    func queues() throws {
        let definitions = try definitions()
        let consumers = [
            "routing", "callback", "reporting", "operations", "department.logistics", "department.finance",
        ]
        for consumer in consumers {
            let own = definitions.queues.filter {
                $0.name == "redress.\(consumer)" || $0.name == "redress.dead.\(consumer)"
                    || $0.name.hasPrefix("redress.retry.\(consumer).")
            }
            #expect(own.count == 6, "\(consumer)")
            #expect(own.allSatisfy { $0.arguments["x-queue-type"] == .text("quorum") && $0.durable })
        }
        #expect(definitions.queues.count == consumers.count * 6 + 1)
        let journal = try #require(definitions.queues.first { $0.name == "redress.journal" })
        #expect(journal.arguments["x-queue-type"] == .text("stream"))
    }

    @Test("A complaint that is received before Routing has ever run waits for it")
    func bindings() throws {
        let definitions = try definitions()
        func isBound(_ queue: String, _ key: String) -> Bool {
            definitions.bindings.contains {
                $0.source == "redress.events" && $0.destination == queue && $0.routingKey == key
            }
        }
        #expect(isBound("redress.routing", "complaint.received.*"))
        #expect(isBound("redress.department.logistics", "case.assigned.logistics"))
        #expect(!isBound("redress.department.logistics", "case.assigned.finance"))
        #expect(isBound("redress.journal", "#"))
    }

    @Test("The JSON has RabbitMQ's own field names")
    func json() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: JSONText.data(try definitions())) as? [String: [[String: Any]]])
        #expect(
            Set(object.keys) == [
                "users", "vhosts", "permissions", "topic_permissions", "exchanges", "queues", "bindings",
            ])
        let user = try #require(object["users"]?.first)
        #expect(Set(user.keys) == ["name", "password_hash", "hashing_algorithm", "tags"])
        let queue = try #require(object["queues"]?.first { $0["name"] as? String == "redress.routing" })
        let arguments = try #require(queue["arguments"] as? [String: Any])
        #expect(arguments["x-delivery-limit"] as? Int == 20)
        #expect(arguments["x-single-active-consumer"] as? Bool == true)
    }
}
