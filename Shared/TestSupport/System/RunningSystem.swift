import Contracts
import Foundation
import Procedure
import Web

/// The whole of Redress as it runs anywhere: its executables as processes, one worker for each department of the pack,
/// a private broker, each service with its own store. Processes that die are started again. Everything is gone with the
/// process that started it.
package final class RunningSystem: Sendable {
    package let broker: PrivateBroker
    package let pack: PolicyPack
    private let folder: TemporaryFolder
    private let ports: [SystemService: Int]
    private let processes: [SystemService: ServiceProcess]

    /// Starts everything and returns when every service says that it is ready.
    ///
    /// - Parameters:
    ///   - policy: the name of a pack in `compose/policies`.
    ///   - policyFile: a pack of the test's own instead, which it may change while the system runs.
    ///   - retryTiers: how long messages wait for another attempt; short, so that tests need not.
    ///   - environment: further settings for every service, such as `REDRESS_CLOCK_SPEED`.
    /// - Throws: what keeps a service from starting, with the end of its log.
    package static func start(
        policy: String = "service-standard", policyFile: String? = nil, retryTiers: String = "250ms,1s,2s,4s",
        environment: [String: String] = [:]
    ) async throws -> RunningSystem {
        let system = try RunningSystem(
            broker: try await PrivateBroker(), policyFile ?? Self.policyFile(policy), retryTiers, environment)
        for process in system.processes.values { try await process.start() }
        do {
            try await system.waitUntilReady()
        } catch {
            throw SystemFailure("\(error)\n\(await system.troubles())")
        }
        return system
    }

    private init(
        broker: PrivateBroker, _ policyFile: String, _ retryTiers: String, _ extra: [String: String]
    ) throws {
        self.broker = broker
        pack = try PolicyPack.load(file: policyFile)
        folder = try TemporaryFolder()
        let services = SystemService.central + pack.departments.map { .department($0.id) }
        let chosen = try FreePorts.choose(services.count)
        ports = Dictionary(uniqueKeysWithValues: zip(services, chosen))
        try SystemStaff(pack).write(usersFile: folder.path("users.json"), secretFile: folder.path("secret"))
        var processes: [SystemService: ServiceProcess] = [:]
        for service in services {
            var environment = Self.environment(
                service, ports: ports, broker: broker.url, folder: folder, retryTiers: retryTiers, policy: policyFile)
            if case .department(let id) = service, let title = pack.department(id)?.title {
                environment["REDRESS_DEPARTMENT_TITLE"] = "\(title.zhHans)|\(title.en)"
            }
            environment["REDRESS_SITES_WARNINGS"] =
                (pack.warnings?.recordedBy ?? []).map(\.rawValue).joined(separator: ",")
            processes[service] = ServiceProcess(
                service.description, executable: try BuildProducts.path(service.executable),
                environment: environment.merging(extra) { $1 }, folder: folder.url.path)
        }
        self.processes = processes
    }

    /// A pack that the product ships.
    private static func policyFile(_ name: String) -> String {
        BuildProducts.repository.appendingPathComponent("compose/policies/\(name).yaml").path
    }

    private static func environment(
        _ service: SystemService, ports: [SystemService: Int], broker: String, folder: TemporaryFolder,
        retryTiers: String, policy: String
    ) -> [String: String] {
        func site(_ service: SystemService) -> String { "http://127.0.0.1:\(ports[service] ?? 0)" }
        let departments = ports.keys.compactMap { service in
            if case .department(let id) = service { "\(id)=\(site(service))" } else { nil }
        }
        var values = [
            "PATH": "/usr/bin:/bin", "HOME": folder.url.path, "LANG": "C.UTF-8",
            "REDRESS_HTTP_PORT": "\(ports[service] ?? 0)", "REDRESS_DATA_FOLDER": folder.path("data"),
            "REDRESS_BROKER_URL": broker, "REDRESS_CONSUMER_RETRY_TIERS": retryTiers,
            "REDRESS_SIGNIN_USERS_FILE": folder.path("users.json"),
            "REDRESS_SIGNIN_SECRET_FILE": folder.path("secret"),
            "REDRESS_SITES_INTAKE": site(.intake), "REDRESS_SITES_ROUTING": site(.routing),
            "REDRESS_SITES_CALLBACK": site(.callback), "REDRESS_SITES_REPORTING": site(.reporting),
            "REDRESS_SITES_OPERATIONS": site(.operations),
            "REDRESS_SITES_DEPARTMENTS": departments.sorted().joined(separator: ","),
        ]
        switch service {
        case .department(let id): values["REDRESS_DEPARTMENT_ID"] = id.text
        case .intake, .routing, .callback, .reporting, .operations: values["REDRESS_POLICY_FILE"] = policy
        }
        return values
    }

    // MARK: Talking to it

    /// A client of a service: a customer's, or with the token of a member of the staff (see `SystemStaff`).
    package func client(_ service: SystemService, as name: String? = nil) -> HTTPClient {
        var client = HTTPClient(port: ports[service] ?? 0)
        client.token = name.map(SystemStaff.token)
        return client
    }

    /// The address of a service's pages.
    package func site(_ service: SystemService) -> String { "http://127.0.0.1:\(ports[service] ?? 0)" }

    // MARK: Doing it harm

    /// `SIGKILL`; it is started again.
    package func kill(_ service: SystemService) throws { try processes[service]?.signal(SIGKILL) }

    /// Any other signal.
    package func signal(_ service: SystemService, _ number: Int32) throws {
        try processes[service]?.signal(number)
    }

    /// How often a service was started.
    package func starts(of service: SystemService) -> Int { processes[service]?.starts ?? 0 }

    /// The store of a service, for looking into it while it runs.
    package func store(of service: SystemService) -> String { folder.path("data/\(service).sqlite") }

    /// Every process of ours, in the order of their names.
    package var services: [SystemService] { ports.keys.sorted { $0.description < $1.description } }

    /// Returns when the broker would find all its queues again after being killed (`PrivateBroker.waitUntilDurable`).
    package func waitUntilQueuesAreDurable() async throws {
        for queue in try await broker.management.queues(in: "/") where queue.type == "quorum" {
            try await broker.waitUntilDurable(queue.name, in: "/")
        }
    }

    /// Writes what `compose/up` writes for the tools that play people, such as `redress-load`: the broker's address,
    /// where the services are, everybody's sign-in, and a token for each role.
    package func writeCredentials(to file: String) throws {
        struct User: Encodable {
            var name: String
            var password: String
            var roles: [String]
            var department: String?
            var token: String
        }
        struct Credentials: Encodable {
            var broker: String
            var management: String
            var sites: [String: String]
            var users: [User]
            var tokens: [String: String]
        }
        let sites = services.map { service in
            if case .department(let id) = service {
                ("departments/\(id)", site(service))
            } else {
                (service.description, site(service))
            }
        }
        let tokens = Role.allCases.map { ($0.rawValue, SystemStaff.token($0.rawValue)) }
        let users = try SystemStaff(pack).contents.users.map { user in
            User(
                name: user.name, password: SystemStaff.password, roles: user.roles.map(\.rawValue),
                department: user.department, token: SystemStaff.token(user.name))
        }
        let credentials = Credentials(
            broker: broker.url, management: broker.management.base,
            sites: Dictionary(uniqueKeysWithValues: sites), users: users,
            tokens: Dictionary(uniqueKeysWithValues: tokens))
        try JSONEncoder().encode(credentials).write(to: URL(fileURLWithPath: file))
    }

    // MARK: Its end

    /// Waits until every service answers 200 at `/readyz`.
    package func waitUntilReady(within limit: Duration = .seconds(60)) async throws {
        for service in services {
            try await poll("\(service) is ready", within: limit, every: .milliseconds(100)) {
                try await self.client(service).get("/readyz").status == 200
            }
        }
    }

    /// Stops everything in an orderly way. Returns the exit code of each service.
    @discardableResult
    package func stop() async throws -> [SystemService: Int32] {
        let codes = try await withThrowingTaskGroup(of: (SystemService, Int32).self) { group in
            for (service, process) in processes { group.addTask { (service, try await process.stop()) } }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        broker.dispose()
        return codes
    }

    /// What every service that is not ready says and logged, for the messages of failed tests.
    package func troubles() async -> String {
        var texts: [String] = []
        for (service, process) in processes.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let answer = try? await client(service).get("/readyz")
            guard answer?.status != 200 else { continue }
            texts.append(
                "\(service) (started \(process.starts) times): \(answer?.text ?? "no answer")\n\(process.log())")
        }
        return texts.joined(separator: "\n\n")
    }

    /// The end of what a service logged.
    package func log(of service: SystemService) -> String { processes[service]?.log() ?? "" }
}

/// What keeps a system from running.
package struct SystemFailure: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
