import AMQP
import Contracts
import Foundation
import Logging
import Messaging
import TestSupport
import Testing

@testable import CommandLineTool

/// The rights as a real broker enforces them.
@Suite(.tags(.broker), .virtualHost) struct BrokerRightsTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs with the address of a department's user, after the whole topology was declared for two departments.
    private func asLogistics(_ body: (BrokerAddress, VirtualHost) async throws -> Void) async throws {
        let host = try VirtualHost.required()
        let logistics = try #require(DepartmentID("logistics"))
        let finance = try #require(DepartmentID("finance"))
        let administrator = TopologyAdministrator(host.address)
        try await administrator.apply(RedressTopology.everything(departments: [logistics, finance]))
        var address = host.address
        address.user = "department.logistics-\(host.address.virtualHost)"
        address.password = "secret"
        try await permit(address, AccessRights(service: .department, department: logistics), host)
        do {
            try await body(address, host)
            try await host.management.deleteUser(address.user)
        } catch {
            try? await host.management.deleteUser(address.user)
            throw error
        }
    }

    private func permit(_ address: BrokerAddress, _ rights: AccessRights, _ host: VirtualHost) async throws {
        try await host.management.createUser(address.user, password: address.password)
        try await host.management.permit(
            address.user, in: address.virtualHost, configure: rights.configure, write: rights.write, read: rights.read)
        try await host.management.request(
            "PUT", "topic-permissions/\(address.virtualHost)/\(address.user)",
            ["exchange": RedressTopology.events, "write": rights.publishes, "read": rights.hears])
    }

    private func message() -> WireMessage { WireMessage(messageID: UUID().uuidString, body: Data("{}".utf8)) }

    private func publish(_ key: String, as address: BrokerAddress) async throws -> PublishResult {
        let publisher = try AMQPPublisher(to: address, options: ConnectionOptions(name: "test"), logger: logger)
        try await publisher.waitUntilReady()
        let destination = Destination(exchange: RedressTopology.events, routingKey: key)
        let results = await publisher.publish([Publication(message(), to: destination)])
        await publisher.close()
        return try #require(results.first)
    }

    @Test("A department publishes in its own name, and the broker refuses what others say")
    func publishing() async throws {
        try await asLogistics { address, _ in
            for key in ["case.acknowledged.logistics", "opinion.requested.finance"] {
                let result = try await publish(key, as: address)
                #expect(result == .confirmed, "\(key)")
            }
            for key in ["case.acknowledged.finance", "complaint.closed.-", "case.assigned.logistics"] {
                let result = try await publish(key, as: address)
                #expect(result != .confirmed, "\(key)")
            }
        }
    }

    @Test("A department reads its own queue, and the broker refuses it another's")
    func reading() async throws {
        try await asLogistics { address, host in
            for department in ["logistics", "finance"] {
                let result = try await publish("case.assigned.\(department)", as: host.address)
                #expect(result == .confirmed)
            }
            let own = try AMQPConsumer(
                "redress.department.logistics", from: address, options: ConnectionOptions(name: "test"), logger: logger)
            let batch = try #require(try await own.nextBatch())
            #expect(batch.deliveries.map(\.routingKey) == ["case.assigned.logistics"])
            await own.acknowledge(batch)
            await own.stop()
            for queue in ["redress.department.finance", "redress.journal", "redress.routing"] {
                let other = try AMQPConsumer(
                    queue, from: address, options: ConnectionOptions(name: "test"), logger: logger)
                try await poll("the broker refuses \(queue)") {
                    if case .connecting(let error?) = other.status { return error.contains("403") }
                    return false
                }
                await other.stop()
            }
        }
    }
}
