import Contracts
import Foundation
import Web

/// What of a customer's data somebody sees masked (M18). Who works on the case, or is asked to decide on it, sees what the
/// policy pack lets their roles see; who only looks sees none of it, on the page and through the API alike.
struct ContactMasks: Hashable, Sendable {
    let fields: Set<PersonalField>

    /// Who the customer is and how to reach them.
    static let contacts: Set<PersonalField> = [.name, .phone, .email, .address]

    static func of(_ order: WorkOrder, for visitor: Visitor) -> ContactMasks {
        let said = byPack(order.assignment.masks, visitor.identity.roles)
        guard isAtWork(order, visitor, asPackSays: order.assignment.masks != nil) else {
            return ContactMasks(fields: contacts.union(said))
        }
        return ContactMasks(fields: said)
    }

    /// By what came with the case for each role.
    private static func byPack(_ masks: [String: [String]]?, _ roles: Set<Role>) -> Set<PersonalField> {
        guard let masks else { return [] }
        let known = roles.compactMap { masks[$0.rawValue] }
        return PersonalField.masked(forRoles: known.map { Set($0.compactMap(PersonalField.init)) })
    }

    /// True for the department's handlers and heads, and for those whom the case names or asks for something now, such as
    /// management that has to sign; of cases from before the pack was asked, only for handlers and heads among these.
    private static func isAtWork(_ order: WorkOrder, _ visitor: Visitor, asPackSays: Bool) -> Bool {
        let handles = visitor.identity.has(any: [.handler, .head])
        if handles, visitor.isInsider { return true }
        guard asPackSays || handles else { return false }
        let name = visitor.identity.name
        return !visitor.actions(in: order).isEmpty || order.named.contains(name)
            || order.participants.contains { $0.person == name }
    }
}
