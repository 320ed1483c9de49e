import ArgumentParser
import Contracts
import Foundation

/// `redress ticket`
struct TicketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ticket", abstract: "Print a complaint's ticket in the terms of the procedure's document.",
        discussion: """
            The ticket (投诉处理单) shows what happened at each step of the document that the policy pack carries out, with \
            the document's own numbers and words.

            Examples:
              redress ticket C20261121-01-000042
              redress ticket C20261121-01-000042 --language en
            """)

    @Argument(help: "The complaint's number.", transform: TicketNumber.argument)
    var number: TicketNumber
    @OptionGroup var language: LanguageOptions
    @OptionGroup var credentials: CredentialsOptions
    @OptionGroup var printing: OutputOptions

    func run() async throws {
        let ticket = try await credentials.load().client(for: "reporting", role: "manager").get(
            JSONTree.self, "/reporting/api/tickets/\(number)?lang=\(language.tag)")
        let sheet = try TicketSheet(ticket)
        try printing.show(ticket) { _ in sheet.text(language.tag) }
    }
}
