import ArgumentParser
import Contracts
import Foundation
import Procedure

extension PolicyCommand {
    /// `redress policy replay`
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List past complaints that a changed pack would decide differently, with both explanations.",
            discussion: """
                The complaints come from Routing, or with --from from a file of JSON lines: complaints as `redress submit \
                --file` takes them, or as Routing's API gives them. Each is decided again under the pack that it was judged \
                under (or the one that --against names) and under the new one; nothing is changed anywhere.

                Examples:
                  redress policy replay edited.yaml --since 2026-10-01T00:00:00+08:00 --until 2026-11-01T00:00:00+08:00
                  redress policy replay edited.yaml --against compose/policies/service-standard.yaml --from past.jsonl
                """)

        @Argument(help: "The changed pack (YAML).")
        var file: String
        @Option(name: .long, help: "The pack to compare with (default: the one that each complaint was judged under).")
        var against: String?
        @Option(name: .long, help: "A file of JSON lines; - reads standard input.")
        var from: String?
        @Option(name: .long, help: "Only complaints registered then or later (RFC 3339).")
        var since: String?
        @Option(name: .long, help: "Only complaints registered before then (RFC 3339).")
        var until: String?
        @OptionGroup var credentials: CredentialsOptions
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let new = try PolicyFile.load(file).pack
            let named = try against.map { try PolicyFile.load($0).pack }
            let source: any PastComplaints =
                if let from { try ComplaintLines(from) } else { RoutingComplaints(client: try client()) }
            let span = try ReplaySpan(since: Self.time(since, "--since"), until: Self.time(until, "--until"))
            var replay = PolicyReplay(complaints: 0, changed: [])
            try await source.visit(span) { name, past in
                let old = if let named { named } else { try await source.pack(of: past) }
                try replay.add(name, past, from: old, to: new)
            }
            try printing.show(replay) { $0.text }
        }

        private func client() throws -> ServiceClient { try credentials.load().client(for: "routing", role: "manager") }

        private static func time(_ text: String?, _ option: String) throws -> Date? {
            guard let text else { return nil }
            guard let date = RFC3339.date(text) else {
                throw ValidationError("\(option): '\(text)' is not a time such as 2026-11-01T00:00:00+08:00")
            }
            return date
        }
    }
}

/// When past complaints were registered.
struct ReplaySpan: Sendable {
    var since: Date?
    var until: Date?

    func contains(_ date: Date) -> Bool {
        if let since, date < since { return false }
        if let until, date >= until { return false }
        return true
    }
}

/// Where past complaints come from.
protocol PastComplaints: Sendable {
    /// Hands over each that was registered then, with what to call it.
    func visit(_ span: ReplaySpan, _ body: (String, PastComplaint) async throws -> Void) async throws
    /// The pack that a complaint was judged under.
    func pack(of past: PastComplaint) async throws -> PolicyPack
}

/// A file of JSON lines.
struct ComplaintLines: PastComplaints {
    private let lines: [(number: Int, text: Substring)]
    private let name: String

    init(_ path: String) throws {
        let data =
            path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw CommandFailure.refused("there is no readable file \(path)") }
        name = path
        lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { ($0.offset + 1, $0.element) }
            .filter { !$0.1.allSatisfy(\.isWhitespace) }
    }

    func visit(_ span: ReplaySpan, _ body: (String, PastComplaint) async throws -> Void) async throws {
        for line in lines {
            let (name, past) = try past(line)
            if span.contains(past.complaint.registeredAt) { try await body(name, past) }
        }
    }

    private func past(_ line: (number: Int, text: Substring)) throws -> (String, PastComplaint) {
        let data = Data(line.text.utf8)
        let place = "\(name):\(line.number)"
        if (try? ContractJSON.decode(JSONTree.self, from: data))?["record"] != nil {
            let dossier = try CommandJSON.read(ComplaintDossier.self, data, named: place)
            return (dossier.complaint.number.text, dossier.past(at: Date()))
        }
        let submitted = try SubmittedComplaint.read(data, named: place)
        let past = PastComplaint(
            number: nil, complaint: submitted.complaint(at: Date()), course: CourseSoFar(), policy: nil)
        return ("line \(line.number)", past)
    }

    func pack(of past: PastComplaint) async throws -> PolicyPack {
        throw CommandFailure.refused("--from needs --against: a file does not hold the packs of its complaints")
    }
}
