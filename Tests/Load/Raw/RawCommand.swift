import ArgumentParser
import Foundation

/// `redress-load raw`
struct RawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "raw",
        abstract: "Measure what this machine's broker and disk can do at most, without any of our services.",
        discussion: """
            The figures of a run mean little without these: a queue of the broker's own kind (quorum) with confirms, and \
            commits of a SQLite file as the services make them (WAL, synchronous=FULL).
            """)

    @Option(help: "What compose/up wrote; names the broker.")
    var credentials = ".redress/credentials.json"
    @Option(help: "Where to make the SQLite file; the disk that the services use.")
    var folder = ".redress"
    @Option(help: "How many seconds each measurement takes.")
    var seconds = 5.0
    @Option(help: "Bytes of each message and row.")
    var size = 1500

    func validate() throws {
        guard (0.1...600).contains(seconds) else { throw ValidationError("--seconds is from 0.1 to 600") }
        guard (1...1_000_000).contains(size) else { throw ValidationError("--size is from 1 to 1000000") }
    }

    func run() async throws {
        let disk = RawStore(folder: folder, seconds: seconds, size: size)
        print(LoadReport.row("SQLite, WAL, synchronous=FULL", ["per second"]))
        for writers in [1, 8, 64, 512] {
            let rate = try await disk.commits(writers: writers)
            print(LoadReport.row("  writes by \(writers) at once, shared commits", [LoadReport.number(rate)]))
        }
        let broker = try RawBroker(url: try Credentials(file: credentials).broker, seconds: seconds, size: size)
        print(LoadReport.row("Broker, one quorum queue, persistent, confirmed", ["per second"]))
        for window in [1, 50, 500] {
            let rate = try await broker.publish(window: window)
            print(LoadReport.row("  publish, \(window) in flight", [LoadReport.number(rate)]))
        }
        print(LoadReport.row("  consume, batches acknowledged", [LoadReport.number(try await broker.consume())]))
        await broker.close()
    }
}
