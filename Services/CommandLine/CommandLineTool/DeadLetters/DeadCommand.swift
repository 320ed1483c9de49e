import ArgumentParser
import Contracts
import Foundation

/// `redress dead`
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead", abstract: "Find, read, replay and discard dead letters.",
        discussion: """
            A message that a service could not handle is parked with its reason. Replaying sends it once more to the one \
            service that could not handle it; doing so twice is harmless.

            Examples:
              redress dead list
              redress dead show 17
              redress dead replay 17 18 --reason "the pack is corrected"
              redress dead replay --all --consumer routing --reason "the pack is corrected"
              redress dead discard 19 --reason "a test message"
            """,
        subcommands: [List.self, Show.self, Replay.self, Discard.self])

    static let path = "/operations/api/dead-letters"

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List dead letters.")
        @OptionGroup var filter: Filter
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let answer = try await filter.fetch(with: credentials.load().client(for: "operations", role: "operator"))
            try printing.show(answer) { DeadLetterList($0).text }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a dead letter whole: the message, why it was parked, and what was done about it.")
        @Argument(help: "The letter's id, as the list shows it.")
        var id: Int
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let client = try credentials.load().client(for: "operations", role: "operator")
            try printing.show(try await client.get(JSONTree.self, "\(DeadCommand.path)/\(id)")) { $0.outline }
        }
    }

    /// Which letters.
    struct Filter: ParsableArguments {
        @Option(name: .long, help: "failed, staged, confirmed, resolved or discarded (default: failed).")
        var state = "failed"
        @Option(name: .long, help: "Only those of this consumer, such as routing or department.logistics.")
        var consumer: String?

        func fetch(with client: ServiceClient) async throws -> JSONTree {
            var components = URLComponents()
            components.path = DeadCommand.path
            components.queryItems =
                [URLQueryItem(name: "state", value: state)]
                + (consumer.map { [URLQueryItem(name: "consumer", value: $0)] } ?? [])
            return try await client.get(JSONTree.self, components.string ?? DeadCommand.path)
        }
    }
}
