import Foundation

/// The executables that were built together with the tests, and the repository that they were built from.
package enum BuildProducts {
    /// Where the build puts executables: beside the one that runs, or above it, for a test bundle may lie in folders
    /// of its own below the products.
    private static let folders: [URL] = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var folder = URL(fileURLWithPath: own)
        return (0..<5).map { _ in
            folder.deleteLastPathComponent()
            return folder
        }
    }()

    package static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    /// For example `redress-intake`.
    package static func path(_ executable: String) throws -> String {
        let candidates = folders.map { $0.appendingPathComponent(executable).path }
        guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw BrokerFailure("\(executable) is not beside the tests; build everything before them")
        }
        return path
    }

    /// Runs one of them to its end.
    /// - Returns: what it wrote to standard output.
    /// - Throws: when it ends with another status than 0, with what it wrote to standard error.
    package static func run(_ executable: String, _ arguments: [String]) async throws -> Data {
        let path = try path(executable)
        return try await onThread {
            let result = try ChildProcess.run(path, arguments)
            guard result.status == 0 else {
                throw BrokerFailure(
                    "\(executable) \(arguments.joined(separator: " ")) ended with \(result.status):\n"
                        + result.text + result.complaints)
            }
            return result.output
        }
    }
}
