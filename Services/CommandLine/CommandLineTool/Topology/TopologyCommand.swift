import AMQP
import ArgumentParser
import Contracts
import Foundation
import Messaging
import Runtime

/// `redress topology`
struct TopologyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology", abstract: "See, declare and verify the exchanges and queues on the broker.",
        discussion: """
            Everything is described once and declared from there; the departments come from the policy pack.

            Examples:
              redress topology plan --policy-file compose/policies/service-standard.yaml
              redress topology verify --policy-file compose/policies/service-standard.yaml
            """,
        subcommands: [Plan.self, Apply.self, Verify.self, Definitions.self])
}

/// Which topology a command is about.
struct TopologyOptions: ParsableArguments {
    @Option(name: .long, help: "The policy pack whose departments have queues.")
    var policyFile: String

    @Option(name: .long, help: "How long messages wait for another attempt, as consumer.retryTiers has it.")
    var retryTiers = "5s,30s,2m,10m"

    func topology() throws -> Topology {
        guard let delays = ValueForm<[Duration]>.risingDurations.read(retryTiers) else {
            throw CommandFailure.refused("--retry-tiers: expected \(ValueForm<[Duration]>.risingDurations.expectation)")
        }
        return RedressTopology.everything(
            departments: try PolicyFile.load(policyFile).departments, tiers: RetryTiers(delays))
    }
}

extension TopologyCommand {
    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print what there is to be on the broker.")
        @OptionGroup var options: TopologyOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            try printing.show(try options.topology()) { TopologyText.of($0) }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Declare what is missing on the broker.",
            discussion: "What is there already is kept. Fails when something is declared otherwise.")
        @OptionGroup var options: TopologyOptions
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let topology = try options.topology()
            let address = try credentials.load().brokerAddress()
            try await BrokerFailure.explained(at: address) {
                try await TopologyAdministrator(address).apply(topology)
            }
            try printing.show(topology) { topology in
                "\(topology.exchanges.count) exchanges, \(topology.queues.count) queues and "
                    + "\(topology.bindings.count) bindings are there"
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how the broker differs from the description; change nothing.",
            discussion: "Ends with status 1 when it differs. Bindings cannot be asked for: apply makes sure of them.")
        @OptionGroup var options: TopologyOptions
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        struct Report: Codable, Hashable, Sendable {
            var differences: [String]
        }

        func run() async throws {
            let topology = try options.topology()
            let address = try credentials.load().brokerAddress()
            let differences = try await BrokerFailure.explained(at: address) {
                try await TopologyAdministrator(address).verify(topology)
            }
            try printing.show(Report(differences: differences.map(\.description))) { report in
                report.differences.isEmpty
                    ? "all \(topology.queues.count) queues and \(topology.exchanges.count) exchanges are as described"
                    : report.differences.joined(separator: "\n")
            }
            if !differences.isEmpty { throw ExitCode(CommandFailure.Status.refused.rawValue) }
        }
    }

    struct Definitions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print users, rights, exchanges and queues as RabbitMQ's definitions (JSON).",
            discussion: """
                A node loads them at its start (load_definitions), or takes them over HTTP at /api/definitions. Each \
                service gets its own user; a department's may use its own queues only, and publish only what \
                departments say.
                """)
        @OptionGroup var options: TopologyOptions
        @Option(name: .long, help: "The folder that `redress credentials create` made.")
        var credentialsFolder = ".redress/credentials"

        func run() async throws {
            let definitions = try BrokerDefinitions(
                topology: try options.topology(), accounts: try Self.accounts(in: credentialsFolder),
                virtualHost: CredentialsStore.virtualHost)
            print(String(decoding: try JSONText.data(definitions), as: UTF8.self))
        }

        static func accounts(in folder: String) throws -> [BrokerAccount] {
            let file = (folder as NSString).appendingPathComponent("broker.json")
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure.refused(
                    "there is no readable file \(file)", advice: "Make it with: redress credentials create")
            }
            return try JSONDecoder().decode([BrokerAccount].self, from: data)
        }
    }
}

/// A topology as a page of text.
enum TopologyText {
    static func of(_ topology: Topology) -> String {
        let exchanges = topology.exchanges.map { "exchange  \($0.name)  \($0.kind.rawValue)" }
        let queues = topology.queues.flatMap { queue in
            ["queue     \(queue.name)  \(queue.kind.rawValue)\(arguments(queue.arguments))"]
                + topology.bindings.filter { $0.destination == queue.name && !$0.destinationIsExchange }
                .map { "            ← \($0.source)  \($0.routingKey)" }
        }
        let total =
            "\(topology.exchanges.count) exchanges, \(topology.queues.count) queues, "
            + "\(topology.bindings.count) bindings"
        return (exchanges + queues + [total]).joined(separator: "\n")
    }

    private static func arguments(_ arguments: [String: HeaderValue]) -> String {
        let parts = arguments.sorted { $0.key < $1.key }.map { "\($0.key.dropFirst(2))=\(shown($0.value))" }
        return parts.isEmpty ? "" : "  (\(parts.joined(separator: ", ")))"
    }

    private static func shown(_ value: HeaderValue) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .double, .timestamp, .bytes, .list, .table, .void: "…"
        }
    }
}
