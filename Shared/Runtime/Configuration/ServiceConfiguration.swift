import Foundation

/// What a service is called and what sets its shared keys apart from those of the others.
package struct ServiceIdentity: Sendable, Hashable {
    /// `intake`, `routing`, `department`, `callback`, `reporting` or `operations`; the first word of its own keys.
    package let name: String
    /// For `--help`: what the service is there for, in one sentence.
    package let purpose: String
    package let defaultPort: Int
    /// The largest request body that is read, in bytes, unless configured otherwise.
    package let bodyLimit: Int
    /// Whether the service reads a policy pack, and so requires `policy.file`.
    package let readsPolicy: Bool

    package init(
        name: String, purpose: String, defaultPort: Int, bodyLimit: Int = 1024 * 1024, readsPolicy: Bool = true
    ) {
        self.name = name
        self.purpose = purpose
        self.defaultPort = defaultPort
        self.bodyLimit = bodyLimit
        self.readsPolicy = readsPolicy
    }

    /// `redress-intake`
    package var executable: String { "redress-\(name)" }
}

/// The one validated configuration of a service: the shared part, and what the service adds.
package protocol ServiceConfiguration: Sendable {
    static var identity: ServiceIdentity { get }

    /// The keys that only this service has; each starts with the service's name.
    static var ownKeys: [KeyDeclaration] { get }

    var common: CommonConfiguration { get }

    /// - Throws: `ConfigurationProblem` or `ConfigurationProblems` for rules that concern several keys at once.
    init(common: CommonConfiguration, values: ConfigurationValues) throws
}
