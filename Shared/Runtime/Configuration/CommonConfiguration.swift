import Foundation

/// What every service is told: where it listens, keeps its store, finds the broker, and how it logs and tells the time.
///
/// Configuration keys
///
/// `http.*`, `data.folder`, `broker.*`, `consumer.*`, `log.*`, `clock.*`, `signin.*`, `web.*`, `sites.*` and, for
/// services that read a policy pack, `policy.file`; `CommonKeys` says what each means.
package struct CommonConfiguration: Sendable {
    package struct HTTP: Sendable, Hashable {
        package var host: String
        package var port: Int
        /// In bytes.
        package var bodyLimit: Int

        package init(host: String = "127.0.0.1", port: Int, bodyLimit: Int = 1024 * 1024) {
            self.host = host
            self.port = port
            self.bodyLimit = bodyLimit
        }
    }

    package struct Broker: Sendable {
        package var url: Secret<String>
        package var declares: Bool

        package init(url: Secret<String>, declares: Bool = true) {
            self.url = url
            self.declares = declares
        }
    }

    package struct Consumer: Sendable, Hashable {
        package var prefetch: Int
        package var retryTiers: [Duration]

        package init(
            prefetch: Int = 500, retryTiers: [Duration] = [.seconds(5), .seconds(30), .seconds(120), .seconds(600)]
        ) {
            self.prefetch = prefetch
            self.retryTiers = retryTiers
        }
    }

    package struct Log: Sendable, Hashable {
        package var level: LogLevel
        package var format: LogFormat

        package init(level: LogLevel = .info, format: LogFormat = .text) {
            self.level = level
            self.format = format
        }
    }

    package struct Clock: Sendable, Hashable {
        package var start: Date?
        package var anchor: Date?
        package var speed: Double
        /// A schedule that steers the clock instead.
        package var file: String?

        package init(start: Date? = nil, anchor: Date? = nil, speed: Double = 1, file: String? = nil) {
            self.start = start
            self.anchor = anchor
            self.speed = speed
            self.file = file
        }
    }

    package struct SignIn: Sendable, Hashable {
        package var usersFile: String?
        package var secretFile: String?

        package init(usersFile: String? = nil, secretFile: String? = nil) {
            self.usersFile = usersFile
            self.secretFile = secretFile
        }
    }

    package var http: HTTP
    package var dataFolder: String
    package var broker: Broker
    package var consumer: Consumer
    package var log: Log
    package var clock: Clock
    package var signIn: SignIn
    package var sites: Sites
    /// Where Bootstrap's style sheets are, as Debian's libjs-bootstrap5 lays them out.
    package var bootstrapFolder = "/usr/share/javascript/bootstrap5"
    /// Absent only for services that read no policy pack.
    package var policyFile: String?

    /// With the defaults for everything that is not given.
    package init(
        http: HTTP, dataFolder: String, broker: Broker, consumer: Consumer = Consumer(), log: Log = Log(),
        clock: Clock = Clock(), signIn: SignIn = SignIn(), sites: Sites = .local, policyFile: String? = nil
    ) {
        self.http = http
        self.dataFolder = dataFolder
        self.broker = broker
        self.consumer = consumer
        self.log = log
        self.clock = clock
        self.signIn = signIn
        self.sites = sites
        self.policyFile = policyFile
    }

    /// - Throws: `ConfigurationProblem`.
    package init(_ keys: CommonKeys, _ values: ConfigurationValues) throws {
        http = HTTP(
            host: try values.value(keys.httpHost), port: try values.value(keys.httpPort),
            bodyLimit: try values.value(keys.httpBodyLimit))
        dataFolder = try values.value(keys.dataFolder)
        broker = Broker(url: try values.value(keys.brokerURL), declares: try values.value(keys.brokerDeclare))
        consumer = Consumer(
            prefetch: try values.value(keys.consumerPrefetch), retryTiers: try values.value(keys.consumerRetryTiers))
        log = Log(level: try values.value(keys.logLevel), format: try values.value(keys.logFormat))
        clock = Clock(
            start: try values.optional(keys.clockStart), anchor: try values.optional(keys.clockAnchor),
            speed: try values.value(keys.clockSpeed), file: try values.optional(keys.clockFile))
        if clock.anchor != nil, clock.start == nil {
            throw values.problem(keys.clockAnchor, "means nothing without clock.start")
        }
        signIn = SignIn(
            usersFile: try values.optional(keys.signInUsersFile), secretFile: try values.optional(keys.signInSecretFile)
        )
        sites = try Sites(keys.sites, values)
        bootstrapFolder = try values.value(keys.webBootstrapFolder)
        policyFile = keys.readsPolicy ? try values.value(keys.policyFile) : nil
    }

    /// The SQLite file of a store: `<data.folder>/<name>.sqlite`.
    package func storePath(_ name: String) -> String {
        (dataFolder as NSString).appendingPathComponent("\(name).sqlite")
    }
}

extension Sites {
    init(_ keys: SiteKeys, _ values: ConfigurationValues) throws {
        self.init(
            intake: try values.value(keys.intake), routing: try values.value(keys.routing),
            callback: try values.value(keys.callback), reporting: try values.value(keys.reporting),
            operations: try values.value(keys.operations), departments: try values.optional(keys.departments) ?? [],
            warnings: try values.optional(keys.warnings) ?? [])
    }
}
