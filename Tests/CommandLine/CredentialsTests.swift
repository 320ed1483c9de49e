import Contracts
import Cryptography
import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

@Suite struct CredentialsTests {
    private let temporary: TemporaryFolder
    private let logistics: DepartmentStaff
    private let finance: DepartmentStaff

    init() throws {
        temporary = try TemporaryFolder()
        logistics = DepartmentStaff(
            id: try #require(DepartmentID("logistics")), head: "logistics.head",
            handlers: ["logistics.handler", "logistics.second"])
        finance = DepartmentStaff(
            id: try #require(DepartmentID("finance")), head: "finance.head", handlers: ["finance.head"])
    }

    private func store(in folder: URL, broker: String = "127.0.0.1:5680") -> CredentialsStore {
        CredentialsStore(
            folder: folder.appending(path: "secrets"), output: folder.appending(path: "credentials.json"),
            addresses: .init(
                broker: broker, management: "http://127.0.0.1:15680", sites: ["intake": "http://127.0.0.1:8081"]))
    }

    private func file(in folder: URL) throws -> CredentialsFile {
        try JSONDecoder().decode(
            CredentialsFile.self, from: Data(contentsOf: folder.appending(path: "credentials.json")))
    }

    private func hashed(in folder: URL) throws -> HashedUsers {
        try JSONDecoder().decode(
            HashedUsers.self, from: Data(contentsOf: folder.appending(path: "secrets/users.json")))
    }

    @Test("Everybody can sign in, and no password is in the services' file")
    func create() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(departments: [logistics, finance])
        let file = try file(in: folder)
        let hashed = try hashed(in: folder)
        #expect(file.users.map(\.name) == hashed.users.map(\.name))
        for user in file.users.prefix(2) {
            let stored = try #require(hashed.users.first { $0.name == user.name })
            #expect(try PasswordHash(stored.password)?.verify(user.password) == true)
        }
        for (role, token) in file.tokens {
            #expect(hashed.tokens.contains { $0.role == role && $0.sha256 == SHA256.hex(token) })
        }
        let text = try String(contentsOf: folder.appending(path: "secrets/users.json"), encoding: .utf8)
        for user in file.users { #expect(!text.contains(user.password)) }
    }

    @Test("Every role has a token and somebody who holds it; departments' people belong to theirs")
    func roles() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(departments: [logistics, finance])
        let file = try file(in: folder)
        #expect(Set(file.tokens.keys) == Set(AccountPlan.roles))
        #expect(Set(file.users.flatMap(\.roles)) == Set(AccountPlan.roles))
        let people = Dictionary(uniqueKeysWithValues: file.users.map { ($0.name, $0) })
        #expect(people["logistics.second"]?.roles == ["handler"])
        #expect(people["logistics.second"]?.department == "logistics")
        #expect(people["finance.head"]?.roles == ["handler", "head"])
        #expect(people["coordinator"]?.department == nil)
    }

    @Test("K19 S07 Who decides by name beyond their own department, or has none, signs in as management")
    func management() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(
            departments: [logistics], management: ["general-manager-office", "manager", "logistics.head"])
        let people = Dictionary(uniqueKeysWithValues: try file(in: folder).users.map { ($0.name, $0) })
        #expect(people["general-manager-office"]?.roles == ["manager"])
        #expect(people["general-manager-office"]?.department == nil)
        #expect(people["manager"]?.roles == ["manager"])
        #expect(people["logistics.head"]?.department == "logistics")
        #expect(people["logistics.head"]?.roles == ["head", "manager"], "a head stays one")
        #expect(people["logistics.handler"]?.roles == ["handler"])
    }

    @Test("A second run changes no byte")
    func idempotent() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(departments: [logistics])
        let before = try snapshot(of: folder)
        let summary = try store(in: folder).create(departments: [logistics])
        #expect(summary.added.isEmpty)
        #expect(try snapshot(of: folder) == before)
    }

    @Test("A new department gets accounts; what the others have stays")
    func added() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(departments: [logistics])
        let before = try file(in: folder)
        let secret = try Data(contentsOf: folder.appending(path: "secrets/session-secret"))
        let summary = try store(in: folder, broker: "127.0.0.1:5699").create(departments: [logistics, finance])
        let after = try file(in: folder)
        #expect(summary.added == ["finance.head"])
        #expect(Array(after.users.prefix(before.users.count)) == before.users)
        #expect(after.tokens == before.tokens)
        #expect(after.broker == before.broker.replacing(":5680/", with: ":5699/"))
        #expect(try Data(contentsOf: folder.appending(path: "secrets/session-secret")) == secret)
        let yaml = try String(contentsOf: folder.appending(path: "secrets/department-finance.yaml"), encoding: .utf8)
        #expect(yaml.contains("amqp://department.finance:"))
    }

    @Test("Only the owner reads any of it")
    func modes() throws {
        let folder = temporary.url
        _ = try store(in: folder).create(departments: [logistics])
        for name in try snapshot(of: folder).keys {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test("The credentials file is found from any folder below")
    func search() throws {
        let folder = temporary.url
        let below = folder.appending(path: "a/b")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: folder.appending(path: ".redress"), withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: folder.appending(path: ".redress/credentials.json"))
        #expect(CredentialsFile.Search.nearest(to: below)?.hasSuffix("/.redress/credentials.json") == true)
    }

    private func snapshot(of folder: URL) throws -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try names.reduce(into: [:]) { files, name in
            var isFolder = false as ObjCBool
            let path = folder.appending(path: name).path
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                return
            }
            files[name] = try Data(contentsOf: URL(filePath: path))
        }
    }
}
