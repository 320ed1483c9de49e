import ArgumentParser

/// `redress-load`: plays every person's part through the public API, at a given rate, and measures.
@main
struct RedressLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redress-load",
        abstract: "Put a load on a running Redress through its public API, and measure it.",
        subcommands: [RunCommand.self, RawCommand.self], defaultSubcommand: RunCommand.self)
}
