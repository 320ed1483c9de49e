import AMQP
import Foundation
import Logging

/// The keys that services share, with the defaults of one service.
package struct CommonKeys: Sendable {
    package let configFile = ConfigurationKey(
        "config.file", .path, .optional, meaning: "A YAML file with values for keys that are given nowhere else.")
    package let httpHost = ConfigurationKey(
        "http.host", .text, .defaulted("127.0.0.1"), meaning: "The address that the HTTP server listens on.")
    package let httpPort: ConfigurationKey<Int>
    package let httpBodyLimit: ConfigurationKey<Int>
    package let dataFolder = ConfigurationKey(
        "data.folder", .path, .defaulted(".redress/data"),
        meaning: "Where the service keeps its SQLite file; made if it is not there.")
    package let brokerURL = ConfigurationKey(
        "broker.url", .brokerURL, .required, isSecret: true, meaning: "The broker's address with name and password.")
    package let brokerDeclare = ConfigurationKey(
        "broker.declare", .flag, .defaulted("true"),
        meaning: "Whether the service declares the exchanges and queues it uses; false when its credentials may not.")
    package let consumerPrefetch = ConfigurationKey(
        "consumer.prefetch", .integer(1...10_000), .defaulted("500"),
        meaning: "How many messages may be on their way to the service unacknowledged; also the largest batch.")
    package let consumerRetryTiers = ConfigurationKey(
        "consumer.retryTiers", .risingDurations, .defaulted("5s,30s,2m,10m"),
        meaning: "How long a message waits before each further attempt.")
    package let logLevel = ConfigurationKey<LogLevel>(
        "log.level", .word, .defaulted("info"), meaning: "What is logged: this level and everything graver.")
    package let logFormat = ConfigurationKey<LogFormat>(
        "log.format", .word, .defaulted("text"), meaning: "How log lines on standard error are written.")
    package let clockStart = ConfigurationKey(
        "clock.start", .instant, .optional,
        meaning: "The instant at which the service's clock starts, for demonstrations; the real time if absent.")
    package let clockAnchor = ConfigurationKey(
        "clock.anchor", .instant, .optional,
        meaning: "The real instant at which clock.start held, so that services agree and a restart goes on from there.")
    package let clockFile = ConfigurationKey(
        "clock.file", .text, .optional,
        meaning:
            "A schedule that steers the clock while the service runs, for rehearsals; it overrides the other three.")
    package let clockSpeed = ConfigurationKey(
        "clock.speed", .positive, .defaulted("1"), meaning: "How many seconds of the clock pass in a real second.")
    package let policyFile: ConfigurationKey<String>
    package let signInUsersFile = ConfigurationKey(
        "signin.usersFile", .path, .optional,
        meaning: "A JSON file with the members of staff and tokens that may sign in; nobody can if absent.")
    package let signInSecretFile = ConfigurationKey(
        "signin.secretFile", .path, .optional,
        meaning: "A file with at least 32 random bytes in hexadecimal that signs sessions; the same for all services.")
    package let webBootstrapFolder = ConfigurationKey(
        "web.bootstrapFolder", .path, .defaulted("/usr/share/javascript/bootstrap5"),
        meaning: "Where Bootstrap's style sheets are, as Debian's libjs-bootstrap5 lays them out.")
    package let sites = SiteKeys()

    let readsPolicy: Bool

    package init(_ service: ServiceIdentity) {
        httpPort = ConfigurationKey(
            "http.port", .port, .defaulted("\(service.defaultPort)"), meaning: "The port of the HTTP server; 0 for any."
        )
        httpBodyLimit = ConfigurationKey(
            "http.bodyLimit", .bytes, .defaulted("\(service.bodyLimit)"),
            meaning: "The largest request body that is read.")
        policyFile = ConfigurationKey("policy.file", .path, .required, meaning: "The policy pack (YAML).")
        readsPolicy = service.readsPolicy
    }

    /// In the order of `--help`.
    package var declarations: [KeyDeclaration] {
        let policy = readsPolicy ? [policyFile.declaration] : []
        return [
            configFile.declaration, httpHost.declaration, httpPort.declaration, httpBodyLimit.declaration,
            dataFolder.declaration, brokerURL.declaration, brokerDeclare.declaration, consumerPrefetch.declaration,
            consumerRetryTiers.declaration, logLevel.declaration, logFormat.declaration, clockStart.declaration,
            clockAnchor.declaration, clockSpeed.declaration, clockFile.declaration, signInUsersFile.declaration,
            signInSecretFile.declaration,
            webBootstrapFolder.declaration,
        ] + policy + sites.declarations
    }

    /// Every shared key, for services that have to leave one alone that others use.
    static let everywhere = CommonKeys(
        ServiceIdentity(name: "", purpose: "", defaultPort: 0, readsPolicy: true)
    ).declarations
}

/// The keys of `Sites`.
package struct SiteKeys: Sendable {
    package let intake = Self.key("intake", 8081)
    package let routing = Self.key("routing", 8082)
    package let callback = Self.key("callback", 8083)
    package let reporting = Self.key("reporting", 8084)
    package let operations = Self.key("operations", 8085)
    package let departments = ConfigurationKey(
        "sites.departments", .departmentSites, .optional, meaning: "Where people find the departments' workers.")
    let warnings = ConfigurationKey(
        "sites.warnings", .roleNames, .optional,
        meaning: "The roles that write down early warnings; absent where the policy pack has no warnings.")

    var declarations: [KeyDeclaration] {
        [intake, routing, callback, reporting, operations].map(\.declaration) + [
            departments.declaration, warnings.declaration,
        ]
    }

    private static func key(_ service: String, _ port: Int) -> ConfigurationKey<URL> {
        ConfigurationKey(
            "sites.\(service)", .site, .defaulted("http://127.0.0.1:\(port)"),
            meaning: "Where people find the \(service) service, for links.")
    }
}

/// What is logged, in the words of `log.level`.
package enum LogLevel: String, CaseIterable, Sendable {
    case trace, debug, info, notice, warning, error, critical

    package var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// How log lines are written.
package enum LogFormat: String, CaseIterable, Sendable {
    /// For people: time, level, label, message, then `key=value`.
    case text
    /// For machines: one JSON object a line.
    case json
}

extension ValueForm where Value == Secret<String> {
    /// `amqp://name:password@host:port/vhost`, or `amqps` over TLS.
    package static var brokerURL: Self {
        Self("an address such as amqp://name:password@127.0.0.1:5672/ or amqps://…") { text in
            (try? BrokerAddress(text)).map { _ in Secret(text) }
        }
    }
}
