import Foundation

/// What is wrong with one configuration value: which key, where it came from, and what is expected.
package struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The flag, variable or dotted key as the reader wrote it.
    package let key: String
    /// For example `the command line`, `the environment`, `/etc/redress.yaml line 4`.
    package let source: String
    package let explanation: String
    /// True when the command line itself is at fault, so that the exit code can say so.
    package let isUsage: Bool

    package init(key: String, source: String, explanation: String, isUsage: Bool = false) {
        self.key = key
        self.source = source
        self.explanation = explanation
        self.isUsage = isUsage
    }

    package var description: String { "\(key) (\(source)): \(explanation)" }
}

/// Everything that is wrong with a configuration, reported together.
package struct ConfigurationProblems: Error, StartupFailure, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) { self.problems = problems }

    package var description: String { problems.map { "  \($0)" }.joined(separator: "\n") }

    package var explanation: String { "the configuration is wrong:\n\(description)" }

    /// `EX_USAGE` (64) when only the command line is at fault, otherwise `EX_CONFIG` (78).
    package var exitCode: Int32 { problems.allSatisfy(\.isUsage) ? 64 : 78 }
}
