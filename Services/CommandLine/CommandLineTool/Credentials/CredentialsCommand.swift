import ArgumentParser
import Contracts
import Foundation

/// `redress credentials`
struct CredentialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials", abstract: "Make passwords, tokens and keys for services and staff.",
        subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the credentials that are missing, and keep those that are there.",
            discussion: """
                Writes one file for people and scripts (--output), and a folder of what services start with (--folder): \
                hashed passwords and tokens, the key that signs sessions, and each service's address of the broker. \
                Every file can be read by its owner only.

                Example:
                  redress credentials create --policy-file compose/policies/service-standard.yaml
                """)

        @Option(name: .long, help: "The file for people and scripts.")
        var output = ".redress/credentials.json"
        @Option(name: .long, help: "The folder for the services.")
        var folder = ".redress/credentials"
        @Option(name: .long, help: "The policy pack whose departments get accounts.")
        var policyFile: String
        @Option(name: .long, help: "The broker, as host:port.")
        var broker = "127.0.0.1:5672"
        @Option(name: .long, help: "The broker's management address.")
        var management = "http://127.0.0.1:15672"
        @Option(name: .long, help: "Where the services are: intake=http://127.0.0.1:8081,departments/<id>=…")
        var sites = ""
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let store = CredentialsStore(
                folder: URL(filePath: folder), output: URL(filePath: output),
                addresses: .init(broker: broker, management: management, sites: try Self.sites(sites)))
            let policy = try PolicyFile.load(policyFile)
            let summary = try store.create(departments: policy.staff, management: policy.pack.management)
            try printing.show(summary) { summary in
                summary.added.isEmpty
                    ? "\(summary.users) sign-ins, all kept: \(summary.file)"
                    : "\(summary.added.count) new, \(summary.users) sign-ins in all: \(summary.file)"
            }
        }

        /// Reads `name=url,name=url`.
        static func sites(_ text: String) throws -> [String: String] {
            try text.split(separator: ",").reduce(into: [:]) { sites, part in
                let halves = part.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, URL(string: String(halves[1]))?.host() != nil else {
                    throw ValidationError("--sites: '\(part)' is not name=address")
                }
                sites[String(halves[0])] = String(halves[1])
            }
        }
    }
}
