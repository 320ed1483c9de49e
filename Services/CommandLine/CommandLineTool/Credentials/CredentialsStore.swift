import Contracts
import Cryptography
import Foundation
import Messaging

/// The folder of secrets that the services start with, and the credentials file for people. What is there is kept:
/// nobody's password changes because a department was added.
///
/// In the folder: `broker.json` (users of the broker), `users.json` (staff and tokens, hashed), `session-secret`, and for
/// each service `<service>.yaml` with its address of the broker.
struct CredentialsStore {
    let folder: URL
    let output: URL
    let addresses: Addresses

    /// Where things are, as `credentials create` was told.
    struct Addresses: Hashable, Sendable {
        /// `host:port`
        var broker: String
        var management: String
        var sites: [String: String]
    }

    /// What a run did, for the person who ran it.
    struct Summary: Codable, Hashable, Sendable {
        var users: Int
        var added: [String]
        var file: String
    }

    static let virtualHost = "redress"

    /// Makes what is missing.
    func create(departments: [DepartmentStaff], management: [String] = []) throws -> Summary {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let plan = AccountPlan(departments: departments, management: management)
        let accounts = try completeBroker(plan)
        let (file, added) = try completeStaff(plan, broker: accounts)
        try completeSessionSecret()
        for account in accounts where account.service != nil {
            try write("broker:\n  url: \(url(of: account))\n", to: "\(account.fileName).yaml")
        }
        try PrivateFile.write(JSONText.data(file), to: output)
        return Summary(users: file.users.count, added: added, file: output.path)
    }

    private func completeBroker(_ plan: AccountPlan) throws -> [BrokerAccount] {
        var accounts = try read([BrokerAccount].self, from: "broker.json") ?? []
        let known = Set(accounts.map(\.name))
        accounts += plan.brokerNames.filter { !known.contains($0.name) }.map {
            BrokerAccount(
                name: $0.name, password: Hex.text(SecureRandom.bytes(16)), service: $0.service,
                department: $0.department)
        }
        try write(String(decoding: JSONText.data(accounts), as: UTF8.self), to: "broker.json")
        return accounts
    }

    private func completeStaff(
        _ plan: AccountPlan, broker: [BrokerAccount]
    ) throws -> (CredentialsFile, added: [String]) {
        var file = CredentialsFile(broker: "", management: "", sites: [:], users: [], tokens: [:])
        if FileManager.default.fileExists(atPath: output.path) {
            file = try JSONDecoder().decode(CredentialsFile.self, from: Data(contentsOf: output))
        }
        var hashed = try read(HashedUsers.self, from: "users.json") ?? HashedUsers(users: [], tokens: [])
        var added: [String] = []
        for member in plan.staff where !file.users.contains(where: { $0.name == member.name }) {
            let password = SecureRandom.text(14, from: Self.legible)
            file.users.append(
                .init(name: member.name, password: password, roles: member.roles, department: member.department?.text))
            hashed.replace(
                .init(
                    name: member.name, password: try PasswordHash(password: password).description,
                    roles: member.roles, department: member.department?.text))
            added.append(member.name)
        }
        for index in file.users.indices where file.users[index].token == nil {
            let (user, token) = (file.users[index], SecureRandom.token())
            // Whoever holds several roles acts with the highest, which is named last.
            guard let role = user.roles.last else { continue }
            file.users[index].token = token
            hashed.replace(
                .init(sha256: SHA256.hex(token), role: role, name: user.name, department: user.department))
            if !added.contains(user.name) { added.append("token of \(user.name)") }
        }
        for role in AccountPlan.roles where file.tokens[role] == nil {
            let token = SecureRandom.token()
            file.tokens[role] = token
            hashed.replace(.init(sha256: SHA256.hex(token), role: role, name: "token-\(role)"))
            added.append("token-\(role)")
        }
        if !added.isEmpty { try write(String(decoding: JSONText.data(hashed), as: UTF8.self), to: "users.json") }
        file.broker = broker.first { $0.service == nil }.map(url) ?? ""
        file.management = addresses.management
        file.sites = addresses.sites
        return (file, added)
    }

    private func completeSessionSecret() throws {
        let name = "session-secret"
        guard !FileManager.default.fileExists(atPath: folder.appending(path: name).path) else { return }
        try write(Hex.text(SecureRandom.bytes(48)) + "\n", to: name)
    }

    private func url(of account: BrokerAccount) -> String {
        "amqp://\(account.name):\(account.password)@\(addresses.broker)/\(Self.virtualHost)"
    }

    /// Letters and digits that nobody mistakes for one another.
    private static let legible = Array("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")

    private func read<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value? {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }

    private func write(_ text: String, to name: String) throws {
        try PrivateFile.write(Data(text.utf8), to: folder.appending(path: name))
    }
}

/// `users.json`, as the services read it: nothing in it opens a door.
struct HashedUsers: Codable, Hashable, Sendable {
    struct User: Codable, Hashable, Sendable {
        var name: String
        /// A scrypt hash.
        var password: String
        var roles: [String]
        var department: String?
    }

    struct Token: Codable, Hashable, Sendable {
        /// Of the token, in hexadecimal.
        var sha256: String
        var role: String
        var name: String
        /// For handlers and heads: their department.
        var department: String?
    }

    var users: [User]
    var tokens: [Token]

    mutating func replace(_ user: User) {
        users.removeAll { $0.name == user.name }
        users.append(user)
    }

    mutating func replace(_ token: Token) {
        tokens.removeAll { $0.name == token.name }
        tokens.append(token)
    }
}

/// Files that only their owner may read.
enum PrivateFile {
    /// Replaces the file at once, so that nobody ever reads half of it; leaves it alone when it would not change.
    static func write(_ data: Data, to file: URL) throws {
        if let current = try? Data(contentsOf: file), current == data { return }
        let temporary = file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).new")
        try? FileManager.default.removeItem(at: temporary)
        guard
            FileManager.default.createFile(
                atPath: temporary.path, contents: data, attributes: [.posixPermissions: 0o600]),
            rename(temporary.path, file.path) == 0
        else {
            throw CommandFailure.refused("\(file.path) cannot be written")
        }
    }
}
