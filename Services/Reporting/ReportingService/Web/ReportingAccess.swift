import Contracts
import Procedure
import Web

/// Who may read what. Every member of staff may read reports and tickets; who the customer is, is for those who need it
/// (M18): management, supervision and coordination for every complaint, a department's own people for its complaints.
enum ReportingAccess {
    static let readers = Set(Role.allCases)
    /// Who may write a case up (K17): everybody who handles complaints.
    static let writers: Set<Role> = [.agent, .coordinator, .handler, .head, .caller, .supervisor, .manager]
    /// Who may make a case of a complaint that the pack did not nominate (S13).
    static let nominators: Set<Role> = [.coordinator, .supervisor, .manager]
    /// Who sets corrective measures from a report (V11), and takes surveys in (W23).
    static let setters: Set<Role> = [.coordinator, .supervisor, .manager]
    /// Who reads how people and departments did (W22).
    static let assessors: Set<Role> = [.coordinator, .head, .supervisor, .manager]
    private static let everywhere: Set<Role> = [.manager, .supervisor, .coordinator]
    private static let ofTheDepartment: Set<Role> = [.head, .handler]

    static func seesPersons(_ identity: Identity) -> Bool { identity.has(any: everywhere) }

    static func seesPerson(_ identity: Identity, of summary: TicketSummary) -> Bool {
        if seesPersons(identity) { return true }
        guard let own = identity.department, let department = summary.department else { return false }
        return identity.has(any: ofTheDepartment) && own == department.text
    }

    /// What of the customer's data is masked: everything for who does not need the person, and for the others what the pack
    /// that the complaint was judged under says for their roles.
    static func masks(_ identity: Identity, of summary: TicketSummary, by pack: PolicyPack?) -> Set<PersonalField> {
        guard seesPerson(identity, of: summary) else { return Set(PersonalField.allCases) }
        return byPack(identity, pack)
    }

    /// Whether complaints are found by the customer's data: only where none of them is masked.
    static func searchesPersons(_ identity: Identity, by pack: PolicyPack?) -> Bool {
        seesPersons(identity) && byPack(identity, pack).isEmpty
    }

    private static func byPack(_ identity: Identity, _ pack: PolicyPack?) -> Set<PersonalField> {
        pack?.masks(for: Set(identity.roles.compactMap { StaffRole(rawValue: $0.rawValue) })) ?? []
    }
}
