import ArgumentParser
import Contracts
import Foundation
import Procedure

/// `redress policy`
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check a procedure, and see what it would decide.",
        subcommands: [Check.self, Explain.self, Diff.self, Replay.self, Due.self])

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
    /// The roles that write down early warnings (V02); empty where the pack has none.
    var warnings: [String]

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
        warnings = (pack.warnings?.recordedBy ?? []).map(\.rawValue)
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
