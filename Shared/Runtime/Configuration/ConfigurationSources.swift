import Configuration
import Foundation
import Yams

/// The places that values come from, the strongest first: command line, environment, YAML file.
struct ConfigurationSources {
    struct Source {
        let provider: any ConfigProvider
        let place: String
        let isUsage: Bool
        /// The key as it is written in this place.
        let spelling: @Sendable (KeyDeclaration) -> String
    }

    let sources: [Source]

    /// - Throws: `ConfigurationProblems` when the file cannot be read.
    init(arguments: [String], environment: [String: String], file: String?) async throws {
        let ours = environment.filter { $0.key.hasPrefix("REDRESS_") }
        var sources = [
            Source(
                provider: CommandLineArgumentsProvider(arguments: arguments), place: "the command line", isUsage: true,
                spelling: \.flag),
            Source(
                provider: EnvironmentVariablesProvider(environmentVariables: ours).prefixKeys(with: "redress"),
                place: "the environment", isUsage: false, spelling: \.variable),
        ]
        if let file {
            sources.append(
                Source(provider: try await Self.provider(file: file), place: file, isUsage: false, spelling: \.name))
        }
        self.sources = sources
    }

    /// The text of a key from the strongest source that has it.
    func text(of key: KeyDeclaration) -> (text: String, source: Source)? {
        for source in sources {
            if let text = text(of: key, in: source.provider) { return (text, source) }
        }
        return nil
    }

    /// A list is joined with commas, so that `a,b` means the same on the command line and as a YAML sequence.
    private func text(of key: KeyDeclaration, in provider: any ConfigProvider) -> String? {
        if let single = try? provider.value(forKey: key.path, type: .string) {
            guard case .string(let text)? = single.value?.content else { return nil }
            return text
        }
        guard case .stringArray(let texts)? = try? provider.value(forKey: key.path, type: .stringArray).value?.content
        else { return nil }
        return texts.joined(separator: ",")
    }

    private static func provider(file: String) async throws -> any ConfigProvider {
        let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)])
        do {
            return try await FileProvider<YAMLSnapshot>(config: ConfigReader(provider: place))
        } catch {
            let isThere = FileManager.default.isReadableFile(atPath: file)
            throw ConfigurationProblems([
                ConfigurationProblem(
                    key: "config.file", source: file,
                    explanation: isThere
                        ? "is not a YAML mapping of keys to values" : "cannot be read; expected a readable YAML file")
            ])
        }
    }
}
