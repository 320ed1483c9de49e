import Foundation

/// What loading a configuration comes to.
package enum ConfigurationOutcome<Configuration: ServiceConfiguration>: Sendable {
    case loaded(Configuration)
    /// `--help` was asked for: print this and exit 0.
    case help(String)
}

/// Reads a service's configuration: command line, then environment (`REDRESS_…`), then the YAML file, then defaults.
/// Strict: what is unknown or malformed stops the start, and everything that is wrong is reported at once.
package enum ConfigurationLoader {
    /// - Parameter arguments: as the process got them, the program's name first.
    /// - Throws: `ConfigurationProblems`.
    package static func load<Configuration: ServiceConfiguration>(
        _ type: Configuration.Type, arguments: [String], environment: [String: String]
    ) async throws -> ConfigurationOutcome<Configuration> {
        let keys = CommonKeys(Configuration.identity)
        let declarations = keys.declarations + Configuration.ownKeys
        if arguments.dropFirst().contains(where: { $0 == "--help" || $0 == "-h" }) {
            return .help(ConfigurationHelp.text(Configuration.identity, declarations))
        }
        let unknown = UnknownKeys(
            service: Configuration.identity.name, known: declarations, shared: CommonKeys.everywhere)
        var problems = unknown.onCommandLine(arguments) + unknown.inEnvironment(environment)
        do {
            let values = try await values(
                declarations, unknown, file: keys.configFile, arguments: arguments, environment: environment,
                problems: &problems)
            guard problems.isEmpty else { throw ConfigurationProblems(problems) }
            return .loaded(try Configuration(common: CommonConfiguration(keys, values), values: values))
        } catch let error as ConfigurationProblem {
            throw ConfigurationProblems([error])
        }
    }

    private static func values(
        _ declarations: [KeyDeclaration], _ unknown: UnknownKeys, file key: ConfigurationKey<String>,
        arguments: [String], environment: [String: String], problems: inout [ConfigurationProblem]
    ) async throws -> ConfigurationValues {
        var sources = try await ConfigurationSources(arguments: arguments, environment: environment, file: nil)
        if let file = sources.text(of: key.declaration)?.text {
            do {
                sources = try await ConfigurationSources(arguments: arguments, environment: environment, file: file)
                let yaml = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
                problems += unknown.inFile(yaml, named: file)
            } catch let error as ConfigurationProblems {
                problems += error.problems
            }
        }
        var entries: [String: ConfigurationValues.Entry] = [:]
        for declaration in declarations {
            switch resolve(declaration, in: sources) {
            case .success(let entry): entries[declaration.name] = entry
            case .failure(let problem): problems.append(problem)
            }
        }
        return ConfigurationValues(entries: entries)
    }

    /// The text of one key with its place; nil when it is optional and absent.
    private static func resolve(
        _ key: KeyDeclaration, in sources: ConfigurationSources
    ) -> Result<ConfigurationValues.Entry?, ConfigurationProblem> {
        if let (text, source) = sources.text(of: key) {
            guard key.isWellFormed(text) else {
                let shown = key.isSecret ? "the value" : "'\(text)'"
                return .failure(
                    ConfigurationProblem(
                        key: source.spelling(key), source: source.place,
                        explanation: "\(shown) is not \(key.expectation)", isUsage: source.isUsage))
            }
            return .success(.init(text: text, source: source.place))
        }
        switch key.presence {
        case .defaulted(let text): return .success(.init(text: text, source: "default"))
        case .optional: return .success(nil)
        case .required:
            return .failure(
                ConfigurationProblem(
                    key: key.name, source: "not set",
                    explanation: "expected \(key.expectation); "
                        + "set \(key.flag), \(key.variable) or \(key.name) in the file"))
        }
    }
}
