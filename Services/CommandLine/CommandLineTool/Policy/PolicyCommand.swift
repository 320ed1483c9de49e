import ArgumentParser
import Contracts
import Foundation
import Procedure

/// `redress policy`
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check a procedure, and see what it would decide.",
        subcommands: [Check.self, Explain.self, Due.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether a policy pack loads, and everything that is wrong with it.",
            discussion: """
                Problems are printed as file:line:column: place: what is wrong.

                Example:
                  redress policy check compose/policies/service-standard.yaml
                """)

        @Argument(help: "The pack (YAML).")
        var file: String
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            try printing.show(PolicySummary(try PolicyFile.load(file).pack)) { $0.text }
        }
    }
}

/// What a pack holds, at a glance.
struct PolicySummary: Codable, Hashable, Sendable {
    struct Department: Codable, Hashable, Sendable {
        var id: DepartmentID
        var title: LocalizedText
        var head: String
        var handlers: [String]
    }

    var id: String
    var version: Int
    var title: LocalizedText
    var channels: [String]
    var categories: [String]
    var severities: [String]
    var departments: [Department]
    var clocks: [String]

    init(_ pack: PolicyPack) {
        id = pack.stamp.id
        version = pack.stamp.version
        title = pack.title
        channels = pack.channels.map(\.id)
        categories = pack.categories.map(\.id)
        severities = pack.severities.map(\.severity.rawValue)
        departments = pack.departments.map {
            Department(id: $0.id, title: $0.title, head: $0.head, handlers: $0.owners)
        }
        clocks = pack.clocks.map(\.id)
    }

    var text: String {
        """
        \(id)@\(version) loads: \(title.zhHans) (\(title.en))
        channels     \(channels.joined(separator: ", "))
        categories   \(categories.joined(separator: ", "))
        severities   \(severities.joined(separator: ", "))
        departments  \(departments.map { "\($0.id) \($0.title.zhHans)" }.joined(separator: ", "))
        clocks       \(clocks.joined(separator: ", "))
        """
    }
}

extension PolicyCommand {
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a pack would decide about a complaint, and why.",
            discussion: """
                The complaint is a JSON file as `redress submit --file` takes it. Nothing is submitted.

                Example:
                  redress policy explain compose/policies/service-standard.yaml complaint.json
                """)

        @Argument(help: "The pack (YAML).")
        var file: String
        @Argument(help: "The complaint (JSON).")
        var complaint: String
        @Option(name: .long, help: "When it is decided, as RFC 3339 (default: now).")
        var at: String?
        @OptionGroup var printing: OutputOptions

        func run() async throws {
            let pack = try PolicyFile.load(file).pack
            let now = try at.map(Self.time) ?? Date()
            guard let number = TicketNumber("C\(Self.day(now, in: pack.timeZone))-01-000001") else {
                throw CommandFailure.refused("\(now) is no day of a complaint's number")
            }
            let explanation = PolicyExplanation(
                try Self.submitted(complaint).complaint(at: now), under: pack, number: number, at: now)
            try printing.show(explanation) { $0.text }
        }

        private static func submitted(_ path: String) throws -> SubmittedComplaint {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.refused("there is no readable file \(path)")
            }
            do {
                return try ContractJSON.decode(SubmittedComplaint.self, from: data)
            } catch DecodingError.keyNotFound(let key, _) {
                throw CommandFailure.refused("\(path): '\(key.stringValue)' is missing")
            } catch DecodingError.dataCorrupted(let context) {
                let place = context.codingPath.map(\.stringValue).joined(separator: ".")
                throw CommandFailure.refused("\(path): \(place) \(context.debugDescription)")
            } catch {
                throw CommandFailure.refused("\(path) is not a complaint in JSON")
            }
        }

        private static func time(_ text: String) throws -> Date {
            guard let date = RFC3339.date(text) else {
                throw ValidationError("--at: '\(text)' is not a time such as 2026-11-21T09:30:00+08:00")
            }
            return date
        }

        private static func day(_ date: Date, in zone: TimeZone) -> String {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            return String(format: "%04d%02d%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        }
    }
}
