import Foundation
import Procedure

extension ServiceFoundation {
    /// The packs that the service works by, of which a new version is taken while it runs.
    /// - Throws: `CannotStart` when there is none to work by.
    package mutating func policies(_ origin: PolicyKeeper.Origin) async throws -> PolicyKeeper {
        let keeper = try await PolicyKeeper.open(
            configuration.policyFile, origin, database, logger: context.logger)
        if origin != .hears { add(ReloadWatch { await keeper.look() }) }
        context.health.register("policy") { keeper.health }
        return keeper
    }
}

extension PolicyKeeper {
    /// Which version is in force, and why the file is not when it is not.
    var health: HealthStatus {
        let stamp = shelf.current.stamp
        guard let refusal = shelf.refusal else { return HealthStatus(.ok, "\(stamp)") }
        return .degraded("\(stamp) goes on; the file is refused: \(refusal)")
    }
}
