import ArgumentParser
import Contracts
import Foundation

extension DeadCommand {
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send dead letters once more to the service that could not handle them.",
            discussion: "One that is refused does not hold up the others; the status is then 1.")
        @Argument(help: "The letters' ids.")
        var ids: [Int64] = []
        @Flag(name: .long, help: "All that failed, or those of --consumer.")
        var all = false
        @Option(name: .long, help: "With --all: only those of this consumer.")
        var consumer: String?
        @Option(name: .long, help: "Why; it is written into the audit.")
        var reason: String?
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func validate() throws {
            guard all == ids.isEmpty else { throw ValidationError("Name letters by id, or give --all.") }
            guard consumer == nil || all else { throw ValidationError("--consumer goes with --all.") }
            guard reason != nil || !all else { throw ValidationError("--all needs a --reason.") }
        }

        func run() async throws {
            let client = try credentials.load().client(for: "operations", role: "operator")
            guard all else {
                return try await DeadLetterAction(verb: "replay", reason: reason)
                    .run(on: ids, with: client, printing: printing)
            }
            let body = try JSONSerialization.data(
                withJSONObject: ["reason": reason, "consumer": consumer].compactMapValues { $0 })
            let staged = try await client.post(Staged.self, "\(DeadCommand.path)/replay", body: body)
            try printing.show(staged) { "\($0.staged) on their way" }
        }

        /// How many letters a bulk replay concerns.
        struct Staged: Codable, Hashable, Sendable {
            var staged: Int
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide that dead letters are not to be handled.",
            discussion: "They stay readable, and the audit says who decided and why.")
        @Argument(help: "The letters' ids.")
        var ids: [Int64]
        @Option(name: .long, help: "Why; it is written into the audit.")
        var reason: String
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let client = try credentials.load().client(for: "operations", role: "operator")
            try await DeadLetterAction(verb: "discard", reason: reason).run(on: ids, with: client, printing: printing)
        }
    }
}

/// Does one thing to several letters and says of each what became of it.
struct DeadLetterAction: Sendable {
    let verb: String
    let reason: String?

    struct Result: Codable, Hashable, Sendable {
        var id: Int64
        var done: Bool
        /// Why not.
        var problem: String?
    }

    func run(on ids: [Int64], with client: ServiceClient, printing: OutputOptions) async throws {
        let results = try await results(for: ids, with: client)
        try printing.show(results) { results in
            results.isEmpty ? "there are none" : results.map(text).joined(separator: "\n")
        }
        if results.contains(where: { !$0.done }) { throw ExitCode(CommandFailure.Status.refused.rawValue) }
    }

    /// - Throws: `CommandFailure` when Operations cannot be reached; a refusal is a result.
    func results(for ids: [Int64], with client: ServiceClient) async throws -> [Result] {
        let body = try JSONSerialization.data(withJSONObject: reason.map { ["reason": $0] } ?? [:])
        var results: [Result] = []
        for id in ids {
            do {
                _ = try await client.post("\(DeadCommand.path)/\(id)/\(verb)", body: body)
                results.append(Result(id: id, done: true))
            } catch let failure as CommandFailure where failure.status == .refused {
                results.append(Result(id: id, done: false, problem: failure.message))
            }
        }
        return results
    }

    private func text(_ result: Result) -> String {
        result.done ? "\(result.id)  \(verb): done" : "\(result.id)  \(verb): \(result.problem ?? "refused")"
    }
}
