import Contracts
import Cryptography
import Foundation
import Messaging

/// Everything that a RabbitMQ node of ours starts with, in RabbitMQ's own form: users, rights, exchanges, queues and
/// bindings. The node loads it at its start, so that nothing is ever published before its listener has a queue.
struct BrokerDefinitions: Encodable, Hashable, Sendable {
    var users: [User]
    var vhosts: [VirtualHost]
    var permissions: [Permission]
    var topicPermissions: [TopicPermission]
    var exchanges: [Exchange]
    var queues: [Queue]
    var bindings: [Binding]

    struct User: Encodable, Hashable, Sendable {
        var name: String
        var passwordHash: String
        var hashingAlgorithm = "rabbit_password_hashing_sha256"
        var tags: [String]
        enum CodingKeys: String, CodingKey {
            case name, tags
            case passwordHash = "password_hash"
            case hashingAlgorithm = "hashing_algorithm"
        }
    }

    struct VirtualHost: Encodable, Hashable, Sendable { var name: String }

    struct Permission: Encodable, Hashable, Sendable {
        var user: String
        var vhost: String
        var configure: String
        var write: String
        var read: String
    }

    struct TopicPermission: Encodable, Hashable, Sendable {
        var user: String
        var vhost: String
        var exchange: String
        var write: String
        var read: String
    }

    struct Exchange: Encodable, Hashable, Sendable {
        var name: String
        var vhost: String
        var type: String
        var durable = true
        var autoDelete = false
        var isInternal = false
        var arguments: [String: ArgumentValue]
        enum CodingKeys: String, CodingKey {
            case name, vhost, type, durable, arguments
            case autoDelete = "auto_delete"
            case isInternal = "internal"
        }
    }

    struct Queue: Encodable, Hashable, Sendable {
        var name: String
        var vhost: String
        var durable = true
        var autoDelete = false
        var arguments: [String: ArgumentValue]
        enum CodingKeys: String, CodingKey {
            case name, vhost, durable, arguments
            case autoDelete = "auto_delete"
        }
    }

    struct Binding: Encodable, Hashable, Sendable {
        var source: String
        var vhost: String
        var destination: String
        var destinationType: String
        var routingKey: String
        var arguments: [String: ArgumentValue] = [:]
        enum CodingKeys: String, CodingKey {
            case source, vhost, destination, arguments
            case destinationType = "destination_type"
            case routingKey = "routing_key"
        }
    }

    enum CodingKeys: String, CodingKey {
        case users, vhosts, permissions, exchanges, queues, bindings
        case topicPermissions = "topic_permissions"
    }

    /// - Throws: `CommandFailure` when the topology has an argument that JSON cannot say.
    init(topology: Topology, accounts: [BrokerAccount], virtualHost vhost: String) throws {
        users = accounts.map {
            User(name: $0.name, passwordHash: Self.hash($0.password, for: $0.name), tags: Self.tags($0))
        }
        vhosts = [VirtualHost(name: vhost)]
        permissions = accounts.map { account in
            guard let service = account.service else {
                return Permission(user: account.name, vhost: vhost, configure: ".*", write: ".*", read: ".*")
            }
            let rights = AccessRights(service: service, department: account.department)
            return Permission(
                user: account.name, vhost: vhost, configure: rights.configure, write: rights.write, read: rights.read)
        }
        topicPermissions = accounts.compactMap { account in
            guard let service = account.service else { return nil }
            let rights = AccessRights(service: service, department: account.department)
            return TopicPermission(
                user: account.name, vhost: vhost, exchange: RedressTopology.events, write: rights.publishes,
                read: rights.hears)
        }
        exchanges = try topology.exchanges.map {
            Exchange(name: $0.name, vhost: vhost, type: $0.kind.rawValue, arguments: try Self.arguments($0.arguments))
        }
        queues = try topology.queues.map {
            Queue(name: $0.name, vhost: vhost, arguments: try Self.arguments($0.declaredArguments))
        }
        bindings = topology.bindings.map {
            Binding(
                source: $0.source, vhost: vhost, destination: $0.destination,
                destinationType: $0.destinationIsExchange ? "exchange" : "queue", routingKey: $0.routingKey)
        }
    }

    private static func tags(_ account: BrokerAccount) -> [String] {
        account.service == nil ? ["administrator"] : []
    }

    /// The salt comes from the password itself, which is random: the same credentials make the same definitions, and a
    /// second run changes nothing.
    private static func hash(_ password: String, for name: String) -> String {
        hash(password, salt: Array(SHA256.digest(Array("\(name):\(password)".utf8)).prefix(4)))
    }

    /// RabbitMQ's salted SHA-256.
    /// - Parameter salt: four bytes.
    static func hash(_ password: String, salt: [UInt8]) -> String {
        Data(salt + SHA256.digest(salt + Array(password.utf8))).base64EncodedString()
    }

    private static func arguments(_ arguments: [String: HeaderValue]) throws -> [String: ArgumentValue] {
        try arguments.mapValues { value in
            switch value {
            case .text(let text): .text(text)
            case .integer(let number): .integer(number)
            case .bool(let flag): .flag(flag)
            case .double, .timestamp, .bytes, .list, .table, .void:
                throw CommandFailure.refused("the topology has an argument that RabbitMQ's definitions cannot carry")
            }
        }
    }
}

/// The value of an argument of an exchange or queue.
enum ArgumentValue: Encodable, Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case flag(Bool)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        }
    }
}
