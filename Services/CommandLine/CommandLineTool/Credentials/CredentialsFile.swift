import ArgumentParser
import Contracts
import Foundation

/// `.redress/credentials.json`: how a person or script on this machine reaches the system. Only its owner may read it.
struct CredentialsFile: Codable, Hashable, Sendable {
    struct User: Codable, Hashable, Sendable {
        var name: String
        var password: String
        var roles: [String]
        /// For handlers and heads: their department.
        var department: String?
        /// A bearer token of their own, for programs that act as this person.
        var token: String?
    }

    /// The broker, as its administrator.
    var broker: String
    /// The broker's management address, without name and password.
    var management: String
    /// Base addresses: `intake`, `routing`, …, `departments/<id>`.
    var sites: [String: String]
    var users: [User]
    /// A bearer token for each role.
    var tokens: [String: String]
}

/// Where a command finds the credentials.
struct CredentialsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "The credentials file (default: REDRESS_CREDENTIALS, or .redress/credentials.json here or above).")
    var credentials: String?

    func load() throws -> CredentialsFile {
        let path = try find()
        do {
            return try JSONDecoder().decode(CredentialsFile.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandFailure.refused(
                "\(path) is not a credentials file that can be read", advice: "compose/up writes a new one.")
        }
    }

    private func find() throws -> String {
        if let named = credentials ?? ProcessInfo.processInfo.environment["REDRESS_CREDENTIALS"] {
            guard FileManager.default.isReadableFile(atPath: named) else {
                throw CommandFailure.refused("there is no readable file \(named)")
            }
            return named
        }
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        guard let found = CredentialsFile.Search.nearest(to: here) else {
            throw CommandFailure.refused(
                "there is no .redress/credentials.json in this folder or above",
                advice: "Run compose/up, or name the file with --credentials.")
        }
        return found
    }
}

extension CredentialsFile {
    enum Search {
        /// The nearest `.redress/credentials.json` from a folder upwards.
        static func nearest(to folder: URL) -> String? {
            var components = folder.standardizedFileURL.pathComponents
            while !components.isEmpty {
                let path = NSString.path(withComponents: components + [".redress", "credentials.json"])
                if FileManager.default.isReadableFile(atPath: path) { return path }
                components.removeLast()
            }
            return nil
        }
    }
}
