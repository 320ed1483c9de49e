import ArgumentParser
import Contracts
import Foundation
import Procedure

extension PolicyCommand {
    /// `redress policy due`
    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reckon due times by a working calendar.",
            discussion: """
                Reads lines of JSON from standard input and prints one line of JSON for each, in the same order:
                  {"start": "2026-09-30T17:00:00+08:00", "within": "3 working days", "pauses": [["…", "…"]]}
                  {"due": "2026-10-10T10:00:00.000Z", "explanation": {"zh-Hans": "…", "en": "…"}}
                `within` is `30 minutes`, `2 hours`, `7 days` (elapsed), `30 working minutes`, `4 working hours`, \
                `3 working days` or `same day`; `pauses` may be left out.

                A line that is wrong is answered with {"line": 3, "field": "within", "error": "…"}; the others are still \
                reckoned, and the exit status is 1.

                Example:
                  redress policy due --calendar cn-office < cases.jsonl
                """)

        @Option(
            name: .long, help: "A name in compose/calendars (looked for here and in the folders above), or a file.")
        var calendar: String
        @Option(name: .long, help: "Where the calendar's hours are worked.")
        var timeZone = "Asia/Shanghai"

        func run() async throws {
            let lines = DueLines(calendar: try CalendarFile.load(calendar, timeZone: timeZone))
            var count = 0
            var problems: [DueLineProblem] = []
            while let line = readLine() {
                count += 1
                guard let answer = lines.answer(line, number: count) else { continue }
                print(try Self.text(answer))
                if case .failure(let problem) = answer { problems.append(problem) }
            }
            guard problems.isEmpty else { throw Self.failure(problems, of: count) }
        }

        private static func text(_ answer: Result<DueLines.Answer, DueLineProblem>) throws -> String {
            let data =
                switch answer {
                case .success(let due): try ContractJSON.encode(due)
                case .failure(let problem): try ContractJSON.encode(problem)
                }
            return String(decoding: data, as: UTF8.self)
        }

        private static func failure(_ problems: [DueLineProblem], of count: Int) -> CommandFailure {
            let shown = problems.prefix(20).map(\.description) + (problems.count > 20 ? ["…"] : [])
            return .refused("\(problems.count) of \(count) lines are wrong", advice: shown.joined(separator: "\n"))
        }
    }
}

/// A working calendar as the commands use it.
enum CalendarFile {
    /// - Throws: `CommandFailure` when there is none, or with everything that is wrong with it.
    static func load(_ name: String, timeZone: String) throws -> WorkingCalendar {
        guard let zone = TimeZone(identifier: timeZone) else {
            throw ValidationError("--time-zone: there is no time zone '\(timeZone)'")
        }
        guard let path = find(name), let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.refused(
                "there is no calendar \(name)", advice: "Name a file, or one of compose/calendars.")
        }
        do throws(PolicyInvalid) {
            return try WorkingCalendar.parse(String(decoding: data, as: UTF8.self), file: path, timeZone: zone)
        } catch {
            throw CommandFailure.refused("the calendar does not load\n\(error)")
        }
    }

    /// The file itself, or the nearest `compose/calendars/NAME.yaml` from here upwards.
    private static func find(_ name: String) -> String? {
        if FileManager.default.isReadableFile(atPath: name), name.hasSuffix(".yaml") { return name }
        var components = URL(filePath: FileManager.default.currentDirectoryPath).standardizedFileURL.pathComponents
        while !components.isEmpty {
            let path = NSString.path(withComponents: components + ["compose", "calendars", "\(name).yaml"])
            if FileManager.default.isReadableFile(atPath: path) { return path }
            components.removeLast()
        }
        return nil
    }
}
