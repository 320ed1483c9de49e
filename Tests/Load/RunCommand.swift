import ArgumentParser
import Foundation
import NIOHTTP1

/// `redress-load run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Play complaints from submission to closing at a given rate.",
        discussion: """
            Submissions keep their times whatever the system does (open loop), as long as no more than --concurrency \
            complaints are being played. Ends with 1 when a complaint was lost, a person could not act, or the books \
            of Operations do not balance.

            Example:
              redress-load --rate 50 --duration 60 --file complaints.jsonl
            """)

    @Option(help: "Complaints per second.")
    var rate = 10.0
    @Option(help: "For so many seconds; not together with --count.")
    var duration: Double?
    @Option(help: "So many complaints in all.")
    var count: Int?
    @Option(help: "A file of {\"product\", \"narrative\"} lines; our own samples if absent.")
    var file: String?
    @Option(help: "What compose/up wrote.")
    var credentials = ".redress/credentials.json"
    @Option(help: "At most so many complaints at once.")
    var concurrency = 2000
    @Option(help: "At most so many connections to each service.")
    var connections = 32
    @Option(help: "The share of complaints that are judged invalid, where a person judges.")
    var invalid = 0.05
    @Option(help: "The share of proposals that are declined, up to two for each complaint.")
    var declines = 0.2
    @Option(help: "The share of complaints that are reworked once.")
    var dissatisfied = 0.1
    @Option(help: "How many seconds a person tries before the complaint counts as failed.")
    var patience = 120.0
    @Option(help: "Also write the figures to this file, as JSON.")
    var json: String?

    func validate() throws {
        guard rate > 0, rate <= 10_000 else { throw ValidationError("--rate is above 0, at most 10000") }
        guard duration == nil || count == nil else { throw ValidationError("give --duration or --count, not both") }
        guard (1...5_000_000).contains(total) else { throw ValidationError("that would be \(total) complaints") }
        guard concurrency > 0, connections > 0, patience > 0 else {
            throw ValidationError("--concurrency, --connections and --patience are above 0")
        }
        for share in [invalid, declines, dissatisfied] where !(0...1).contains(share) {
            throw ValidationError("shares are from 0 to 1")
        }
    }

    private var total: Int { count ?? Int(min(1e9, (duration ?? 10) * rate).rounded()) }

    func run() async throws {
        let credentials = try Credentials(file: credentials)
        let narratives = try Narratives(file: file)
        let clients = ServiceClients(credentials, connectionsPerSite: connections)
        let measurements = Measurements()
        let departments = credentials.sites.keys.filter { $0.hasPrefix("departments/") }.sorted()
        let player = Player(
            clients: clients, measurements: measurements,
            habits: Habits(invalid: invalid, declines: declines, dissatisfied: dissatisfied),
            departments: departments.map { String($0.dropFirst("departments/".count)) }, patience: patience)
        print("\(total) complaints at \(LoadReport.number(rate))/s")
        let accounts = Accounts()
        let began = monotonicSeconds()
        let submitted = await Stage(rate: rate, total: total, concurrency: concurrency)
            .play(narratives, player, accounts)
        let ended = monotonicSeconds()
        let check = Checking(clients: clients, patience: patience)
        let (spans, lost) = await check.tickets(accounts.numbers)
        let report = LoadReport(
            wantedRate: rate, submittedSeconds: submitted, totalSeconds: ended - began,
            accepted: accounts.numbers.count, finished: accounts.finished, failed: accounts.failures.count,
            late: accounts.late, mostInFlight: accounts.mostInFlight, requests: measurements.requests,
            lines: Measurements.Stage.allCases.map { stage in
                LoadReport.Line(
                    name: stage.rawValue, call: measurements.call(stage), wait: measurements.wait(stage),
                    retries: measurements.retries(stage))
            },
            spans: TicketTimes.order.compactMap { name in
                spans[name]?.summary.map { LoadReport.Span(name: name, figures: $0) }
            }, lost: lost, reconciliation: await check.reconciliation())
        await clients.close()
        try finish(report, accounts)
    }

    private func finish(_ report: LoadReport, _ accounts: Accounts) throws {
        print(report.text)
        for failure in accounts.failures.prefix(20) { print("failed: \(failure)") }
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(report).write(to: URL(fileURLWithPath: json))
        }
        guard report.isSound else { throw ExitCode.failure }
    }
}

/// Lets complaints begin at their times, and no more than so many be played at once.
struct Stage: Sendable {
    let rate: Double
    let total: Int
    let concurrency: Int

    /// - Returns: how many seconds it took until the last one had begun.
    func play(_ narratives: Narratives, _ player: Player, _ accounts: Accounts) async -> Double {
        let run = UUID().uuidString
        let began = monotonicSeconds()
        var submitted = 0.0
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for index in 0..<total {
                if running >= concurrency {
                    await group.next()
                    running -= 1
                }
                let turn = began + Double(index) / rate
                let early = turn - monotonicSeconds()
                if early > 0 { try? await Task.sleep(for: .seconds(early)) }
                accounts.began(late: early < -0.1)
                running += 1
                group.addTask {
                    do {
                        try await player.play(narratives[index], index: index, run: run) { accounts.accepted($0) }
                        accounts.ended(nil)
                    } catch {
                        accounts.ended(error)
                    }
                }
            }
            submitted = monotonicSeconds() - began
        }
        return submitted
    }
}
