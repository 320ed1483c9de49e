import Foundation

/// What `--help` prints: every key with its meaning, default and environment variable.
enum ConfigurationHelp {
    static func text(_ service: ServiceIdentity, _ keys: [KeyDeclaration]) -> String {
        """
        \(service.executable): \(service.purpose)

        USAGE: \(service.executable) [--<key> <value> …]

        Each key is looked for on the command line, then in the environment, then in the YAML file that --config-file
        names; otherwise its default holds. An unknown key or a malformed value stops the start.

        \(keys.map(entry).joined(separator: "\n\n"))

          --help
              Print this and exit.
        """
    }

    private static func entry(_ key: KeyDeclaration) -> String {
        var lines = ["  \(key.flag) <\(key.expectation)>", "      \(key.meaning)"]
        switch key.presence {
        case .required: lines.append("      Required.")
        case .optional: break
        case .defaulted(let text): lines.append("      Default: \(key.isSecret ? "(not shown)" : text)")
        }
        let file = key.name == "config.file" ? "" : " · File: \(key.name)"
        lines.append("      Environment: \(key.variable)\(file)")
        return lines.joined(separator: "\n")
    }
}
