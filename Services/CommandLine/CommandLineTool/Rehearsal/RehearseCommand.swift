import ArgumentParser
import Contracts
import Foundation

/// `redress rehearse`
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Play a story of complaints on a system of its own, at accelerated time.",
        discussion: """
            A rehearsal (排练) plays everybody's part over the public HTTP API and steers the services' clock by the file \
            that they were started with (clock.file): slowly while people act, fast while everybody waits, so that weeks \
            pass in a minute. It fails when the story takes another turn, when a complaint is not accounted for, or when a \
            message could not be handled. Never play on a system with real complaints: use compose/demo --policy NAME.

            Examples:
              redress rehearse compose/stories/sunshine-property.yaml --check
              redress rehearse compose/stories/sunshine-property.yaml --clock-file clock.json --set-clock
              redress rehearse compose/stories/sunshine-property.yaml --clock-file clock.json
            """)

    @Argument(help: "The story's file.")
    var story: String
    @Option(name: .long, help: "The schedule that steers the services' clock.")
    var clockFile: String?
    @Flag(name: .long, help: "Only set the clock going at the story's start, for services that start with the file.")
    var setClock = false
    @Flag(name: .long, help: "Only read the story, and say whether it can be played under its pack.")
    var check = false
    @Option(name: .long, help: "Seconds of the clock in a real second while people act.")
    var slow = 60.0
    @Option(name: .long, help: "The most seconds of the clock in a real second while everybody waits.")
    var fast = 500_000.0
    @OptionGroup var language: LanguageOptions
    @OptionGroup var credentials: CredentialsOptions
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard check || clockFile != nil else { throw ValidationError("--clock-file says which clock is steered") }
        guard slow >= 1, fast >= slow, fast <= 10_000_000 else {
            throw ValidationError("--slow is at least 1, --fast at least as much and at most 10000000")
        }
    }

    func run() async throws {
        let story = try RehearsalStory.load(story)
        guard let clockFile, !check else {
            print("\(story.complaints.count) complaints, \(story.complaints.reduce(0) { $0 + $1.steps.count }) steps")
            return
        }
        let file = URL(filePath: clockFile)
        if setClock { return try ClockSteering.start(at: story.starts, file: file) }
        try await play(story, ClockSteering(file: file, pace: .init(slow: slow, fast: fast)))
    }

    private func play(_ story: RehearsalStory, _ steering: ClockSteering) async throws {
        var clock = steering
        let began = ContinuousClock.now
        let stage = Stage(credentials: try credentials.load(), language: language.tag)
        let (zone, quiet) = (story.pack.timeZone, printing.json)
        let rehearsal = Rehearsal(story: story, stage: stage) { time, text in
            // At once, also into a file or another program.
            let line = "    \(TicketSheet.time(time, in: zone))  \(text)\n"
            if !quiet { FileHandle.standardOutput.write(Data(line.utf8)) }
        }
        let tickets = try await rehearsal.play(&clock)
        let report = ReportSheet(try await rehearsal.report()).text(language.tag)
        try printing.show(tickets) { tickets in
            let sheets = tickets.compactMap { try? TicketSheet($0).text(language.tag, in: zone) }
            let days = Int((clock.now().timeIntervalSince(story.starts) / 86_400).rounded())
            let seconds = Int((ContinuousClock.now - began).inSeconds.rounded())
            let end =
                language.tag == "en"
                ? "\(days) days of the procedure were played in \(seconds) seconds; nothing was lost"
                : "流程历时 \(days) 天，演练用时 \(seconds) 秒；受理的投诉全部办结，无一丢失"
            return (sheets + [report, end]).joined(separator: "\n\n")
        }
    }
}

/// In which language a command prints what has one.
struct LanguageOptions: ParsableArguments {
    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case zhHans = "zh-Hans"
        case en
    }

    @Option(name: .long, help: "The language of titles: zh-Hans, the documents' own, or en.")
    var language: Choice = .zhHans

    var tag: String { language.rawValue }
}
