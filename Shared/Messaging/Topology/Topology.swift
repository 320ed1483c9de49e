import Foundation

/// Exchanges, queues and bindings as data: what `redress topology plan` prints, `apply` declares and `verify` checks,
/// and what each service declares of its own at start. Everything is durable.
package struct Topology: Hashable, Sendable, Codable {
    package var exchanges: [Exchange]
    package var queues: [Queue]
    package var bindings: [Binding]

    package init(exchanges: [Exchange] = [], queues: [Queue] = [], bindings: [Binding] = []) {
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
    }

    package struct Exchange: Hashable, Sendable, Codable {
        package enum Kind: String, Sendable, Codable {
            case topic, direct, fanout
            case consistentHash = "x-consistent-hash"
        }
        package var name: String
        package var kind: Kind
        package var arguments: [String: HeaderValue]

        package init(_ name: String, _ kind: Kind, arguments: [String: HeaderValue] = [:]) {
            self.name = name
            self.kind = kind
            self.arguments = arguments
        }
    }

    package struct Queue: Hashable, Sendable, Codable {
        package enum Kind: String, Sendable, Codable {
            case quorum, stream
        }
        package var name: String
        package var kind: Kind
        /// Without `x-queue-type`, which `kind` says.
        package var arguments: [String: HeaderValue]

        package init(_ name: String, _ kind: Kind, arguments: [String: HeaderValue] = [:]) {
            self.name = name
            self.kind = kind
            self.arguments = arguments
        }

        /// All arguments as they are declared.
        package var declaredArguments: [String: HeaderValue] {
            arguments.merging(["x-queue-type": .text(kind.rawValue)]) { own, _ in own }
        }
    }

    package struct Binding: Hashable, Sendable, Codable {
        package var source: String
        package var destination: String
        package var destinationIsExchange: Bool
        package var routingKey: String

        package init(from source: String, to destination: String, key: String, isExchange: Bool = false) {
            self.source = source
            self.destination = destination
            self.destinationIsExchange = isExchange
            self.routingKey = key
        }
    }

    /// Both, each thing once, in the order given.
    package func merging(_ other: Topology) -> Topology {
        func union<T: Hashable>(_ first: [T], _ second: [T]) -> [T] {
            var seen = Set(first)
            return first + second.filter { seen.insert($0).inserted }
        }
        return Topology(
            exchanges: union(exchanges, other.exchanges), queues: union(queues, other.queues),
            bindings: union(bindings, other.bindings))
    }
}
