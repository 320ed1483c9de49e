import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Procedure

/// The policy packs that a service works by, every version of them in the service's own store.
///
/// One service decides which version is in force: it watches the file, keeps what it takes, and says so to the others in
/// the same transaction (`policy.adopted`). Those that go on with complaints keep what they are told, so that they know a
/// complaint's version whenever they come to need it, and on whatever machine they run. Those that only need the newest
/// version watch the file themselves.
package struct PolicyKeeper: Sendable {
    /// How a service comes to know a new version.
    package enum Origin: Sendable {
        /// It watches the file, and tells the others.
        case decides
        /// It watches the file.
        case watches
        /// It is told. What its own file says is kept for the time until then.
        case hears
    }

    package let shelf: PolicyShelf
    let file: String
    let origin: Origin
    let database: ServiceDatabase
    let logger: Logger

    /// Puts the pack of the file on the shelf, beside what the store keeps, whose tables the service has made with
    /// `PolicyTable.create`.
    ///
    /// A file that cannot be used does not keep a service from starting again: the version that was taken last goes on,
    /// and the log says why. So it is with one that says something else under a version that complaints were judged under.
    /// - Throws: `CannotStart` when the file cannot be used and nothing is kept.
    package static func open(
        _ file: String?, _ origin: Origin, _ database: ServiceDatabase, logger: Logger
    ) async throws -> PolicyKeeper {
        guard let file, !file.isEmpty else { throw CannotStart("policy.file is not set", exitCode: 78) }
        let kept = try await database.read { db in try PolicyTable.all(in: db) }
        let earlier = kept.compactMap { load($0, logger) }
        let (shelf, found) = try shelf(file, earlier)
        let keeper = PolicyKeeper(shelf: shelf, file: file, origin: origin, database: database, logger: logger)
        if let refusal = shelf.refusal { keeper.log(refusal: refusal) }
        try await database.write { unit in
            if var found {
                found.isProvisional = origin == .hears
                _ = try PolicyTable.keep(found, at: unit.now, in: unit.db)
            }
            guard origin == .decides else { return }
            // Said at each start, of every version: whoever has lost or never got one has it again. The last is in force.
            let all = try PolicyTable.all(in: unit.db)
            let inForce = keeper.shelf.current.stamp
            for policy in all.filter({ $0.stamp != inForce }) + all.filter({ $0.stamp == inForce }) {
                try unit.send(PolicyAdopted(policy), about: nil)
            }
        }
        return keeper
    }

    /// Looks at the file, and takes what has changed. New complaints are judged under a new version only after it is
    /// kept.
    package func look() async {
        switch shelf.examine(file: file) {
        case .unchanged: break
        case .refused(let reason): log(refusal: reason)
        case .acceptable(let pack, let source):
            do {
                try await keep(KeptPolicy(source, pack.stamp))
                shelf.take(pack)
                logger.notice("A new policy pack is in force", metadata: ["policy": "\(pack.stamp)"])
            } catch {
                shelf.forgetOffer()
                logger.error(
                    "The policy pack cannot be kept", metadata: ["policy": "\(pack.stamp)", "error": "\(error)"])
            }
        }
    }

    /// Keeps a version that another service took.
    ///
    /// It is on the shelf at once, before the transaction ends: what comes next in the same batch may need it, and what
    /// a version says never changes, so that one that is known too early does no harm.
    package func hear(_ message: Message<PolicyAdopted>, in unit: UnitOfWork) throws -> Outcome {
        let told = KeptPolicy(message.payload)
        let pack: PolicyPack
        do {
            pack = try told.source.load()
        } catch {
            return .park(FailureReason(.schema, "\(told.stamp) does not load here:\n\(error)", place: "yaml"))
        }
        guard pack.stamp == told.stamp else {
            return .park(FailureReason(.schema, "it is \(pack.stamp), not \(told.stamp)", place: "policy"))
        }
        let known = try PolicyTable.find(told.stamp, in: unit.db)
        if let known, !known.isProvisional, known != told, try !known.source.load().differences(to: pack).isEmpty {
            return .park(
                FailureReason(.rejected, "\(told.stamp) is kept here and says something else", place: "yaml"))
        }
        if try PolicyTable.keep(told, at: unit.now, in: unit.db) {
            logger.notice("A new policy pack is in force", metadata: ["policy": "\(pack.stamp)"])
        }
        shelf.take(pack)
        return .handled
    }

    private func keep(_ policy: KeptPolicy) async throws {
        try await database.write { [origin] unit in
            _ = try PolicyTable.keep(policy, at: unit.now, in: unit.db)
            if origin == .decides { try unit.send(PolicyAdopted(policy), about: nil) }
        }
    }

    private func log(refusal: String) {
        logger.error("The policy pack is refused", metadata: ["file": "\(file)", "reason": "\(refusal)"])
    }

    /// What a service starts with, and what the file adds to what is kept.
    private static func shelf(
        _ file: String, _ earlier: [PolicyPack]
    ) throws -> (shelf: PolicyShelf, found: KeptPolicy?) {
        do throws(PolicyInvalid) {
            let source = try PolicySource.read(file: file)
            let pack = try source.load()
            let kept = earlier.first { $0.stamp == pack.stamp }
            let shelf = PolicyShelf(kept ?? pack, from: source, earlier: earlier)
            if kept != nil, let reason = shelf.objection(to: pack) { shelf.note(refusal: reason) }
            return (shelf, kept == nil ? KeptPolicy(source, pack.stamp) : nil)
        } catch {
            guard let last = earlier.last else {
                throw CannotStart("the policy pack \(file) cannot be used:\n\(error)", exitCode: 78)
            }
            let shelf = PolicyShelf(last, earlier: earlier)
            shelf.note(refusal: "it does not load\n\(error)")
            return (shelf, nil)
        }
    }

    private static func load(_ kept: KeptPolicy, _ logger: Logger) -> PolicyPack? {
        do {
            return try kept.source.load()
        } catch {
            logger.error(
                "A kept policy pack does not load any more",
                metadata: ["policy": "\(kept.stamp)", "error": "\(error)"])
            return nil
        }
    }
}

extension KeptPolicy {
    /// What the pack is read from again.
    package var source: PolicySource { PolicySource(file: stamp.description, text: yaml, calendar: calendar) }

    init(_ source: PolicySource, _ stamp: PolicyStamp) {
        self.init(stamp: stamp, yaml: source.text, calendar: source.calendar)
    }

    init(_ adopted: PolicyAdopted) {
        self.init(stamp: adopted.policy, yaml: adopted.yaml, calendar: adopted.calendar)
    }
}

extension PolicyAdopted {
    init(_ kept: KeptPolicy) { self.init(policy: kept.stamp, yaml: kept.yaml, calendar: kept.calendar) }
}
