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
        static let configuration = CommandConfiguration(abstract: "List dead letters, the newest first.")
        @Option(name: .long, help: "failed, staged, confirmed, resolved, discarded or all (default: failed).")
        var state = "failed"
        @Option(name: .long, help: "Only those of this consumer, such as routing or department.logistics.")
        var consumer: String?
        @Option(name: .long, help: "How many at most.")
        var limit = 100
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func validate() throws {
            guard (1...100_000).contains(limit) else { throw ValidationError("--limit is from 1 to 100000.") }
        }

        func run() async throws {
            let client = try credentials.load().client(for: "operations", role: "operator")
            let filter = DeadLetterFilter(state: state == "all" ? "" : state, consumer: consumer)
            try printing.show(try await DeadLetterList.fetch(filter, limit: limit, from: client)) { $0.text }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a dead letter whole: the message, why it was parked, and what was done about it.")
        @Argument(help: "The letter's id, as the list shows it.")
        var id: Int64
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let client = try credentials.load().client(for: "operations", role: "operator")
            try printing.show(try await client.get(JSONTree.self, "\(DeadCommand.path)/\(id)")) { $0.outline }
        }
    }
}
