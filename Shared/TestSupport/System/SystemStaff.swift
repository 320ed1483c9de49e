import Contracts
import Cryptography
import Foundation
import Procedure
import Web

/// The people of a running system. Everybody signs in with `SystemStaff.password`, or sends the token `<name>-token`.
///
/// There is an `agent`, a `coordinator`, a `caller`, a `supervisor`, a `manager` and an `operator`, and for each
/// department the handlers and the head that the pack names. Who decides by name beyond their own department, or
/// has none, is a manager besides.
package struct SystemStaff: Sendable {
    package static let password = "correct horse"

    let contents: StaffDirectory.Contents

    init(_ pack: PolicyPack) throws {
        // A cheap hash, so that signing in takes no time.
        let hash = try PasswordHash(password: Self.password, cost: PasswordHash.Cost(logN: 4, r: 1, p: 1)).description
        let central = Role.allCases.filter { ![.handler, .head].contains($0) }
        var users = central.map { StaffDirectory.User(name: $0.rawValue, password: hash, roles: [$0]) }
        for department in pack.departments {
            users.append(
                StaffDirectory.User(
                    name: department.head, password: hash,
                    roles: pack.management.contains(department.head) ? [.head, .manager] : [.head],
                    department: department.id.text))
            for owner in department.owners where owner != department.head {
                users.append(
                    StaffDirectory.User(
                        name: owner, password: hash, roles: [.handler], department: department.id.text))
            }
        }
        users += pack.management.filter { name in !users.contains { $0.name == name } }
            .map { StaffDirectory.User(name: $0, password: hash, roles: [.manager]) }
        var tokens = users.map { user in
            StaffDirectory.Token(
                sha256: SHA256.hex(Self.token(user.name)),
                role: user.roles.contains(.head) ? .head : user.roles.first ?? .agent, name: user.name,
                department: user.department)
        }
        // For tools that work in every department.
        tokens += [Role.handler, .head].map { role in
            StaffDirectory.Token(sha256: SHA256.hex(Self.token(role.rawValue)), role: role, name: role.rawValue)
        }
        contents = StaffDirectory.Contents(users: users, tokens: tokens)
    }

    /// The bearer token of somebody.
    package static func token(_ name: String) -> String { "\(name)-token" }

    func write(usersFile: String, secretFile: String) throws {
        try JSONEncoder().encode(contents).write(to: URL(fileURLWithPath: usersFile))
        try Hex.text(SecureRandom.bytes(32)).write(toFile: secretFile, atomically: true, encoding: .utf8)
    }
}
