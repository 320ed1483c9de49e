import Contracts
import Foundation
import Logging
import Persistence
import Procedure
import Runtime

/// Keeps the packs that complaints were judged under, and takes a new version while the service runs.
struct PolicyKeeper: Sendable {
    let file: String
    let shelf: PolicyShelf
    private let database: ServiceDatabase
    private let logger: Logger

    /// Puts the pack of the file on the shelf, beside what the store keeps.
    ///
    /// A file that says something else under a version that complaints were judged under is not used: the kept version
    /// goes on, and the log says why.
    /// - Throws: `CannotStart` when the file cannot be used.
    static func open(_ file: String?, _ database: ServiceDatabase, logger: Logger) async throws -> PolicyKeeper {
        guard let file else { throw CannotStart("policy.file is not set", exitCode: 78) }
        let (source, pack) = try load(file)
        let kept = try await database.read { db in try PolicyTable.all(in: db) }
        let earlier = kept.compactMap { stamp, source -> PolicyPack? in
            do {
                return try source.load()
            } catch {
                logger.error(
                    "A kept policy pack does not load any more", metadata: ["policy": "\(stamp)", "error": "\(error)"])
                return nil
            }
        }
        let inUse = earlier.first { $0.stamp == pack.stamp } ?? pack
        let keeper = PolicyKeeper(
            file: file, shelf: PolicyShelf(inUse, from: source, earlier: earlier), database: database, logger: logger)
        if inUse != pack, let reason = keeper.shelf.objection(to: pack) {
            keeper.shelf.note(refusal: reason)
            logger.error("The policy pack is refused", metadata: ["file": "\(file)", "reason": "\(reason)"])
        }
        try await keeper.keep(source, pack)
        return keeper
    }

    /// Looks at the file, and takes what has changed. New complaints are judged under a new version only after it is
    /// kept.
    func look() async {
        switch shelf.examine(file: file) {
        case .unchanged: break
        case .refused(let reason):
            logger.error("The policy pack is refused", metadata: ["file": "\(file)", "reason": "\(reason)"])
        case .acceptable(let pack, let source):
            do {
                try await keep(source, pack)
                shelf.take(pack)
                logger.notice(
                    "New complaints are judged under a new policy pack", metadata: ["policy": "\(pack.stamp)"])
            } catch {
                logger.error(
                    "The policy pack cannot be kept", metadata: ["policy": "\(pack.stamp)", "error": "\(error)"])
            }
        }
    }

    private func keep(_ source: PolicySource, _ pack: PolicyPack) async throws {
        try await database.write { unit in try PolicyTable.keep(source, as: pack.stamp, at: unit.now, in: unit.db) }
    }

    private static func load(_ file: String) throws -> (PolicySource, PolicyPack) {
        do throws(PolicyInvalid) {
            let source = try PolicySource.read(file: file)
            return (source, try source.load())
        } catch {
            throw CannotStart("the policy pack \(file) cannot be used:\n\(error)", exitCode: 78)
        }
    }
}
