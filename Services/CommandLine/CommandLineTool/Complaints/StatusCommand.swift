import ArgumentParser
import Contracts
import Foundation

/// `redress status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show where a complaint stands.",
        discussion: """
            With --code it is what the customer sees; without, what the staff's record says.

            Examples:
              redress status C20261121-01-000042
              redress status C20261121-01-000042 --code K7QF-2MRX --json
            """)

    @Argument(help: "The complaint's number.", transform: TicketNumber.argument)
    var number: TicketNumber
    @Option(name: .long, help: "The customer's tracking code.")
    var code: String?
    @OptionGroup var credentials: CredentialsOptions
    @OptionGroup var printing: OutputOptions

    /// Where it stands and what runs; the whole record is on its page and in the JSON, what was said in the trace.
    static func text(_ answer: JSONTree) -> String {
        guard case .object(var members) = answer else { return answer.outline }
        for part in ["events", "record", "moments"] { members[part] = nil }
        return JSONTree.object(members).outline
    }

    func run() async throws {
        let file = try credentials.load()
        let answer: JSONTree
        if let code {
            let escaped = code.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? code
            answer = try await file.client(for: "callback").get(
                JSONTree.self, "/callback/api/complaints/\(number)?code=\(escaped)")
        } else {
            answer = try await file.client(for: "reporting", role: "manager").get(
                JSONTree.self, "/reporting/api/tickets/\(number)")
        }
        try printing.show(answer) { Self.text($0) }
    }
}
