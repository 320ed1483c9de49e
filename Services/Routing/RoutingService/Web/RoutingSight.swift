import Contracts
import Foundation
import Procedure
import Web

/// What a member of staff sees at the triage desk (M18, W21).
struct RoutingSight: Sendable {
    let pack: PolicyPack
    let viewer: Viewer
    let roles: Set<StaffRole>

    init(pack: PolicyPack, identity: Identity) {
        self.pack = pack
        viewer = identity.viewer
        roles = Set(identity.roles.compactMap { StaffRole(rawValue: $0.rawValue) })
    }

    /// Whether a complaint is to be seen at all: a report of misconduct by nobody whom it is about, and like every
    /// confidential case only by those whom the pack names, and who are given it.
    func sees(_ record: ComplaintRecord) -> Bool { record.audience(by: pack)?.admits(viewer) ?? true }

    /// What of a customer's data is masked: as the pack says for the roles, and everything where it says nothing.
    var masks: Set<PersonalField> {
        guard pack.privacy != nil else { return Set(PersonalField.allCases).subtracting([.orderNumber]) }
        return pack.masks(for: roles)
    }
}

extension RoutingWeb {
    /// Refuses what is confidential as if it did not exist. A number that is not known passes: what is asked for then says so.
    /// - Throws: `Problem` with 404.
    func check(_ number: TicketNumber, _ context: SignedInContext) async throws {
        let sight = RoutingSight(pack: pack, identity: context.identity)
        let record = try await store.database.read { db in try ComplaintTable.find(number, in: db) }
        if let record, !sight.sees(record) { throw Problem.notFound(Phrase("problem.notFound.ticket")) }
    }

    func sight(_ context: SignedInContext) -> RoutingSight { RoutingSight(pack: pack, identity: context.identity) }
}
