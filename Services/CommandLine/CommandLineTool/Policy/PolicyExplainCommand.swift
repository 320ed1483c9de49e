import ArgumentParser
import Contracts
import Foundation
import Procedure

extension PolicyCommand {
    /// `redress policy explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a pack would decide about a complaint, and why.",
            discussion: """
                The complaint is JSON as `redress submit --file` takes it. Nothing is submitted.

                Examples:
                  redress policy explain compose/policies/service-standard.yaml complaint.json
                  redress policy explain compose/policies/kangyu-medical.yaml < complaint.json
                """)

        @Argument(help: "The pack (YAML).")
        var file: String
        @Argument(help: "The complaint (JSON); - reads standard input.")
        var complaint = "-"
        @Option(name: .long, help: "When it is decided, as RFC 3339 (default: now).")
        var at: String?
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let pack = try PolicyFile.load(file).pack
            let now = try at.map(Self.time) ?? Date()
            let submitted = try SubmittedComplaint.read(
                try Self.data(complaint), named: complaint == "-" ? "standard input" : complaint)
            try submitted.check(against: pack, named: complaint == "-" ? "standard input" : complaint)
            let past = PastComplaint(
                number: nil, complaint: submitted.complaint(at: now), course: CourseSoFar(), policy: nil)
            try printing.show(try PolicyExplanation(past, under: pack, at: now)) { $0.text }
        }

        private static func data(_ path: String) throws -> Data {
            if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.refused("there is no readable file \(path)")
            }
            return data
        }

        private static func time(_ text: String) throws -> Date {
            guard let date = RFC3339.date(text) else {
                throw ValidationError("--at: '\(text)' is not a time such as 2026-11-21T09:30:00+08:00")
            }
            return date
        }
    }

    /// `redress policy diff`
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what two packs say differently, by what they mean.",
            discussion: """
                Comments, layout and the order of what has no order make no difference. A line begins with + for what only \
                the second says, - for what only the first says, and ~ for what both say differently.

                Example:
                  redress policy diff compose/policies/service-standard.yaml edited.yaml
                """)

        @Argument(help: "The first pack (YAML).")
        var first: String
        @Argument(help: "The second pack (YAML).")
        var second: String
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let (before, after) = (try PolicyFile.load(first).pack, try PolicyFile.load(second).pack)
            let differences = before.differences(to: after)
            try printing.show(differences) { differences in
                differences.isEmpty
                    ? "they say the same"
                    : differences.map(\.description).joined(separator: "\n")
            }
        }
    }
}
