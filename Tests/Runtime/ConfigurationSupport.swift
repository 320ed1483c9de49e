import Foundation
import Runtime

/// A service that exists for tests: the shared keys and two of its own.
struct SampleConfiguration: ServiceConfiguration {
    static let identity = ServiceIdentity(name: "intake", purpose: "Takes complaints.", defaultPort: 8081)
    static let instance = ConfigurationKey(
        "intake.instance", .text("two capital letters or digits") { $0.count == 2 }, .defaulted("01"),
        meaning: "Which of several intakes this is.")
    static let pin = ConfigurationKey(
        "intake.pin", .integer(1...9999), .optional, isSecret: true, meaning: "A secret number.")
    static let ownKeys = [instance.declaration, pin.declaration]

    let common: CommonConfiguration
    let instance: String
    let pin: Int?

    init(common: CommonConfiguration, values: ConfigurationValues) throws {
        self.common = common
        instance = try values.value(Self.instance)
        pin = try values.optional(Self.pin)
    }
}

let requiredEnvironment = [
    "REDRESS_BROKER_URL": "amqp://intake:geheim@127.0.0.1:5672/", "REDRESS_POLICY_FILE": "policy.yaml",
]

/// Loads the sample configuration; the environment has what is required unless it says otherwise.
func load(
    _ arguments: [String] = [], environment: [String: String] = [:], yaml: String? = nil
) async throws -> SampleConfiguration {
    var environment = requiredEnvironment.merging(environment) { $1 }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    if let yaml {
        try Data(yaml.utf8).write(to: file)
        environment["REDRESS_CONFIG_FILE"] = file.path
    }
    switch try await ConfigurationLoader.load(
        SampleConfiguration.self, arguments: ["redress-intake"] + arguments, environment: environment)
    {
    case .loaded(let configuration): return configuration
    case .help: throw UnexpectedHelp()
    }
}

struct UnexpectedHelp: Error {}

/// The problems that loading reports; none when it succeeds.
func problems(
    _ arguments: [String] = [], environment: [String: String] = [:], yaml: String? = nil
) async throws -> ConfigurationProblems {
    do {
        _ = try await load(arguments, environment: environment, yaml: yaml)
        return ConfigurationProblems([])
    } catch let error as ConfigurationProblems {
        return error
    }
}
