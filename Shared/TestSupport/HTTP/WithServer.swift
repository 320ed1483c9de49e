import Cryptography
import Foundation
import Hummingbird
import Logging
import Runtime
import ServiceLifecycle
import Synchronization
import Web

/// Runs a site on a free port while `work` talks to it, as a service runs it: over TCP, with all middleware.
package func withServer<Result: Sendable>(
    _ site: Site, routes: (Router<WebContext>) throws -> Void = { _ in },
    _ work: @Sendable (HTTPClient) async throws -> Result
) async throws -> Result {
    let (ports, announce) = AsyncStream.makeStream(of: Int.self)
    let application = try site.application(onRunning: { announce.yield($0) }, routes: routes)
    let group = ServiceGroup(services: [application], logger: .quiet)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            do { try await group.run() } catch {
                announce.finish()
                throw error
            }
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw HTTPClientFailure(reason: "the server did not start")
        }
        let result: Result
        do {
            result = try await work(HTTPClient(port: port))
        } catch {
            tasks.cancelAll()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

/// A site for tests: members of staff `agent`, `coordinator`, … one for each role, all with the password `correct horse`,
/// and tokens `<role>-token`; handlers and heads belong to `logistics`.
package struct TestStaff: Sendable {
    package static let password = "correct horse"
    package let folder: URL
    package var usersFile: String { folder.appendingPathComponent("users.json").path }
    package var secretFile: String { folder.appendingPathComponent("secret").path }

    /// Writes both files into `folder`.
    package init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(
            StaffDirectory.Contents(users: try Role.allCases.map(Self.user), tokens: Role.allCases.map(Self.token)))
        try Hex.text(SecureRandom.bytes(32)).write(toFile: secretFile, atomically: true, encoding: .utf8)
    }

    package func write(_ contents: StaffDirectory.Contents) throws {
        try JSONEncoder().encode(contents).write(to: URL(fileURLWithPath: usersFile), options: .atomic)
    }

    package static func token(_ role: Role) -> StaffDirectory.Token {
        StaffDirectory.Token(
            sha256: SHA256.hex("\(role.rawValue)-token"), role: role, name: "\(role.rawValue)-program")
    }

    /// The hash is a cheap one, so that tests of sign-in take no time.
    package static func user(_ role: Role) throws -> StaffDirectory.User {
        let hash = try PasswordHash(password: password, cost: PasswordHash.Cost(logN: 4, r: 1, p: 1))
        return StaffDirectory.User(
            name: role.rawValue, password: hash.description, roles: [role],
            department: [.handler, .head].contains(role) ? "logistics" : nil)
    }
}

extension HTTPClient {
    /// The same client, signed in as the member of staff with `role`.
    package func signedIn(as role: Role) async throws -> HTTPClient {
        let answer = try await post("/signin", form: [("name", role.rawValue), ("password", TestStaff.password)])
        guard let cookie = answer.cookie(SessionKeys.cookieName) else {
            throw HTTPClientFailure(reason: "sign-in failed with \(answer.status)")
        }
        var client = self
        client.cookies[SessionKeys.cookieName] = cookie
        return client
    }
}

extension Logger {
    /// A logger that says only what is critical, so that a test's output is the test's.
    package static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}

extension SiteSettings {
    /// Settings on a free port, strict about translations.
    package static func test(
        service: String, home: String, staff: TestStaff? = nil, bodyLimit: Int = 1 << 20
    ) -> SiteSettings {
        var settings = SiteSettings(
            service: service, home: home, bodyLimit: bodyLimit, usersFile: staff?.usersFile,
            secretFile: staff?.secretFile, sites: .local)
        settings.isStrict = true
        return settings
    }
}
