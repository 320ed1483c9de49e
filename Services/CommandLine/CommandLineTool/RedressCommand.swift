import ArgumentParser
import Foundation

/// The command line of Redress.
package struct RedressCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "redress",
        abstract: "Submit complaints, follow them, and look after the system that handles them.",
        discussion: """
            Where the services are, and who is asking, is read from the file that compose/up writes \
            (.redress/credentials.json, looked for here and in the folders above); --credentials or REDRESS_CREDENTIALS \
            names another.

            Examples:
              redress submit --file complaint.json
              redress status C20261121-01-000042
              redress trace C20261121-01-000042
              redress dead list
              redress policy check compose/policies/service-standard.yaml

            Exit status: 0 done; 1 refused, or not found; 2 a service or the broker cannot be reached; 64 wrong usage.
            """,
        subcommands: [
            SubmitCommand.self, StatusCommand.self, TraceCommand.self, TicketCommand.self, DeadCommand.self,
            TopologyCommand.self, PolicyCommand.self, RehearseCommand.self, CredentialsCommand.self,
        ])

    package init() {}

    /// Runs the command line and ends the process with the status that it deserves.
    package static func start() async -> Never {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            FileHandle.standardError.write(Data("error: \(failure)\n".utf8))
            Foundation.exit(failure.status.rawValue)
        } catch {
            exit(withError: error)
        }
        Foundation.exit(0)
    }
}
