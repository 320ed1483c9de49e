import AMQP
import ArgumentParser
import Contracts

/// `redress trace`
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show every event of a complaint, from the journal.",
        discussion: """
            The journal is the broker's own append-only record of what the services said to each other. Each event is \
            shown with its service, its time and how long it took.

            Examples:
              redress trace C20261121-01-000042
              redress trace C20261121-01-000042 --json | jq '.events[].type'
            """)

    @Argument(help: "The complaint's number.", transform: TicketNumber.argument)
    var number: TicketNumber
    @OptionGroup var credentials: CredentialsOptions
    @OptionGroup var printing: OutputOptions

    func run() async throws {
        let address = try credentials.load().brokerAddress()
        let envelopes = try await JournalReader(address: address).envelopes(of: number)
        guard !envelopes.isEmpty else {
            throw CommandFailure.refused("the journal has no event of \(number)")
        }
        try printing.show(Trace(number: number, envelopes: envelopes)) { $0.text }
    }
}

extension TicketNumber {
    /// Reads the number on a command line.
    static func argument(_ text: String) throws -> TicketNumber {
        guard let number = TicketNumber(text) else {
            throw ValidationError("'\(text)' is not a complaint's number such as C20261121-01-000042")
        }
        return number
    }
}

extension CredentialsFile {
    func brokerAddress() throws -> BrokerAddress {
        do {
            return try BrokerAddress(broker)
        } catch {
            throw CommandFailure.refused("the credentials file has no usable address of the broker")
        }
    }
}
