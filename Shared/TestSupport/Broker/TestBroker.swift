import AMQP
import Foundation
import Testing

/// The broker that the tests of a process share. With `REDRESS_TEST_BROKER_URL` (an administrator's amqp URL) and
/// `REDRESS_TEST_BROKER_MANAGEMENT` (`http://host:port`) it is that one; otherwise a private node is started at the
/// first use and ends with the process.
package enum TestBroker {
    private struct Shared: Sendable {
        var address: BrokerAddress
        var management: Management
        /// Kept alive as long as the process.
        var node: PrivateBroker?
    }

    private static let shared = Task<Shared, any Error> {
        let environment = ProcessInfo.processInfo.environment
        if let url = environment["REDRESS_TEST_BROKER_URL"], let base = environment["REDRESS_TEST_BROKER_MANAGEMENT"] {
            let address = try BrokerAddress(url)
            return Shared(
                address: address,
                management: Management(base: base, user: address.user, password: address.password), node: nil)
        }
        let node = try await PrivateBroker()
        return Shared(address: node.address, management: node.management, node: node)
    }

    /// A virtual host of its own for the time of the body.
    package static func withVirtualHost<T>(_ body: (VirtualHost) async throws -> T) async throws -> T {
        let shared = try await shared.value
        return try await withVirtualHost(at: shared.address, shared.management, body)
    }

    /// The same on a node of one's own.
    package static func withVirtualHost<T>(
        on broker: PrivateBroker, _ body: (VirtualHost) async throws -> T
    ) async throws -> T {
        try await withVirtualHost(at: broker.address, broker.management, body)
    }

    private static func withVirtualHost<T>(
        at address: BrokerAddress, _ management: Management, _ body: (VirtualHost) async throws -> T
    ) async throws -> T {
        var address = address
        address.virtualHost = "test-\(UUID().uuidString.prefix(13).lowercased())"
        try await management.createVirtualHost(address.virtualHost, for: address.user)
        let host = VirtualHost(address: address, management: management)
        do {
            let result = try await body(host)
            try await management.deleteVirtualHost(address.virtualHost)
            return result
        } catch {
            try? await management.deleteVirtualHost(address.virtualHost)
            throw error
        }
    }
}

/// A virtual host that belongs to one test.
package struct VirtualHost: Sendable {
    package let address: BrokerAddress
    package let management: Management

    /// The address as a URL with the password, for configurations of other processes.
    package var url: String {
        "amqp://\(address.user):\(address.password)@\(address.host):\(address.port)/\(address.virtualHost)"
    }

    /// Closes every connection of the virtual host from the broker's side; returns how many.
    @discardableResult
    package func closeConnections() async throws -> Int {
        let open = try await management.connections(in: address.virtualHost)
        for connection in open { try await management.closeConnection(connection.id) }
        return open.count
    }

    package func deleteQueue(_ name: String) async throws {
        try await management.deleteQueue(name, in: address.virtualHost)
    }

    /// The virtual host of the running test, given by the trait `.virtualHost`.
    @TaskLocal package static var current: VirtualHost?

    /// The same, for tests that have the trait.
    package static func required() throws -> VirtualHost {
        try #require(current, "the test needs the trait .virtualHost")
    }
}

/// Gives each test a virtual host of its own: `@Test(.virtualHost) func …() { let host = try VirtualHost.required() }`.
package struct VirtualHostTrait: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await TestBroker.withVirtualHost { host in
            try await VirtualHost.$current.withValue(host) { try await function() }
        }
    }
}

extension Trait where Self == VirtualHostTrait {
    package static var virtualHost: Self { VirtualHostTrait() }
}
