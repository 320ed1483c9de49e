import Cryptography
import Dispatch
import Foundation
import Glibc
import Runtime

/// The bytes of evidence, each file under its own SHA-256: the same picture is kept once, and one that was changed on
/// disk is noticed.
package struct EvidenceStore: Sendable {
    private let folder: URL
    /// Flushing a file to the disk blocks: it gets threads of its own, and few of them.
    private let queue = DispatchQueue(label: "redress.evidence", qos: .userInitiated)

    /// - Throws: `CannotStart` when the folder cannot be made.
    package init(folder: URL) throws {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CannotStart("the folder of evidence \(folder.path) cannot be made", exitCode: 74)
        }
    }

    /// What went wrong with a file.
    package struct Failure: Error {
        package var path: String
        package var reason: String
    }

    /// Keeps the bytes; they are on disk when this returns.
    /// - Returns: their SHA-256 in hexadecimal.
    package func keep(_ bytes: Data) async throws -> String {
        let digest = SHA256.hex(bytes)
        let target = file(digest)
        try await onQueue {
            if FileManager.default.fileExists(atPath: target.path) { return }
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            let draft = target.appendingPathExtension("\(UUID().uuidString).new")
            try write(bytes, to: draft.path)
            guard rename(draft.path, target.path) == 0 else { throw failure(target.path) }
            try flush(target.deletingLastPathComponent().path)
        }
        return digest
    }

    /// The bytes with this SHA-256.
    /// - Throws: `Failure` when they are missing or were changed.
    package func bytes(_ digest: String) async throws -> Data {
        let path = file(digest).path
        return try await onQueue {
            guard let bytes = FileManager.default.contents(atPath: path) else { throw failure(path) }
            guard SHA256.hex(bytes) == digest else {
                throw Failure(path: path, reason: "the file is not what was kept")
            }
            return bytes
        }
    }

    /// Two letters make a folder, so that no folder grows too large.
    private func file(_ digest: String) -> URL {
        folder.appendingPathComponent(String(digest.prefix(2))).appendingPathComponent(digest)
    }

    private func write(_ bytes: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// The name in its folder is on disk only when the folder is.
    private func flush(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private func failure(_ path: String) -> Failure { Failure(path: path, reason: String(cString: strerror(errno))) }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
