import Cryptography
import Foundation
import Logging
import Synchronization

/// The people and tokens that may sign in, from the file `signin.usersFile`:
///
/// ```json
/// {"users": [{"name": "lin", "password": "$scrypt$…", "roles": ["coordinator"], "department": null}],
///  "tokens": [{"sha256": "…", "role": "agent", "name": "kiosk"}]}
/// ```
///
/// The file is read again when it changes. A changed file that cannot be read leaves the old one in force, with an
/// error in the log.
package final class StaffDirectory: Sendable {
    /// A person who signs in by name and password.
    package struct User: Sendable, Codable {
        package var name: String
        /// A `PasswordHash` as text.
        package var password: String
        package var roles: Set<Role>
        package var department: String?

        package init(name: String, password: String, roles: Set<Role>, department: String? = nil) {
            self.name = name
            self.password = password
            self.roles = roles
            self.department = department
        }
    }

    /// A program that signs in by a bearer token, of which only the SHA-256 is stored.
    package struct Token: Sendable, Codable {
        package var sha256: String
        package var role: Role
        package var name: String
        package var department: String?

        package init(sha256: String, role: Role, name: String, department: String? = nil) {
            self.sha256 = sha256
            self.role = role
            self.name = name
            self.department = department
        }
    }

    /// The form of the file.
    package struct Contents: Sendable, Codable {
        package var users: [User]
        package var tokens: [Token]?

        package init(users: [User], tokens: [Token] = []) {
            self.users = users
            self.tokens = tokens
        }
    }

    private struct Loaded {
        var users: [String: User] = [:]
        var tokens: [String: Token] = [:]
        var stamp: Stamp?
    }

    private struct Stamp: Equatable {
        var modified: Date
        var size: Int
        var inode: Int
    }

    private let file: URL?
    private let logger: Logger
    private let loaded: Mutex<Loaded>

    /// - Parameter file: absent: nobody can sign in.
    /// - Throws: `SiteFailure` when the file cannot be read or is not of this form.
    package init(file: URL?, logger: Logger) throws {
        self.file = file
        self.logger = logger
        guard let file else {
            loaded = Mutex(Loaded())
            return
        }
        do {
            loaded = Mutex(try Self.load(file))
        } catch {
            throw SiteFailure("signin.usersFile: \(file.path): \(Self.reason(error))")
        }
    }

    package func user(named name: String) -> User? {
        current { $0.users[name] }
    }

    /// The token whose text this is.
    package func token(_ text: String) -> Token? {
        // Looking up by the digest leaks nothing about the token: a guess decides nothing about its digest.
        let digest = SHA256.hex(text)
        return current { $0.tokens[digest] }
    }

    private func current<Value: Sendable>(_ read: (Loaded) -> Value) -> Value {
        loaded.withLock { loaded in
            if let file, Self.stamp(file) != loaded.stamp { reload(file, into: &loaded) }
            return read(loaded)
        }
    }

    private func reload(_ file: URL, into loaded: inout Loaded) {
        do {
            loaded = try Self.load(file)
            logger.info("The users file has changed", metadata: ["users": "\(loaded.users.count)"])
        } catch {
            loaded.stamp = Self.stamp(file)
            logger.error(
                "The changed users file is not used", metadata: ["file": "\(file.path)", "reason": "\(error)"])
        }
    }

    private static func load(_ file: URL) throws -> Loaded {
        // The stamp is taken first: a change while reading is then seen at the next look.
        var loaded = Loaded(stamp: stamp(file))
        let contents = try JSONDecoder().decode(Contents.self, from: Data(contentsOf: file))
        for user in contents.users {
            guard PasswordHash(user.password) != nil else { throw Malformed(reason: "\(user.name): not a scrypt hash") }
            guard loaded.users.updateValue(user, forKey: user.name) == nil else {
                throw Malformed(reason: "\(user.name): named twice")
            }
        }
        for token in contents.tokens ?? [] { loaded.tokens[token.sha256.lowercased()] = token }
        return loaded
    }

    private static func stamp(_ file: URL) -> Stamp? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path) else { return nil }
        return Stamp(
            modified: attributes[.modificationDate] as? Date ?? .distantPast,
            size: (attributes[.size] as? NSNumber)?.intValue ?? 0,
            inode: (attributes[.systemFileNumber] as? NSNumber)?.intValue ?? 0)
    }

    private struct Malformed: Error { var reason: String }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let malformed as Malformed: malformed.reason
        case let decoding as DecodingError: DecodingProblem(decoding).sentence
        default: "cannot be read"
        }
    }
}
