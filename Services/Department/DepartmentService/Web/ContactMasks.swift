import Contracts
import Foundation
import Web

/// What of a customer's data somebody sees masked (M18). Who works on the case, or is asked to decide on it, sees what the
/// policy pack lets their roles see; who only looks sees none of it, on the page and through the API alike.
struct ContactMasks: Hashable, Sendable {
    /// `name`, `phone`, `email`, `address`, `orderNumber`.
    let fields: Set<String>

    private static let contacts: Set<String> = ["name", "phone", "email", "address"]

    static func of(_ order: WorkOrder, for visitor: Visitor) -> ContactMasks {
        let said = byPack(order.assignment.masks, visitor.identity.roles)
        guard isAtWork(order, visitor, asPackSays: order.assignment.masks != nil) else {
            return ContactMasks(fields: contacts.union(said))
        }
        return ContactMasks(fields: said)
    }

    /// By the decision that came with the case for each role: of several roles the one that sees most decides.
    private static func byPack(_ masks: [String: [String]]?, _ roles: Set<Role>) -> Set<String> {
        guard let masks else { return [] }
        let known = roles.compactMap { masks[$0.rawValue] }.map(Set.init)
        guard let first = known.first else { return contacts.union(["orderNumber"]) }
        return known.dropFirst().reduce(first) { $0.intersection($1) }
    }

    /// True for handlers and heads, and for those whom the case names or asks for something, such as management that has to
    /// sign; of cases from before the pack was asked, only for the former.
    private static func isAtWork(_ order: WorkOrder, _ visitor: Visitor, asPackSays: Bool) -> Bool {
        if visitor.identity.has(any: [.handler, .head]) { return true }
        guard asPackSays else { return false }
        let name = visitor.identity.name
        return !visitor.actions(in: order).isEmpty || order.named.contains(name)
            || order.participants.contains { $0.person == name }
    }

    func applied(to complaint: Complaint) -> Complaint {
        var copy = complaint
        func mask(_ field: String, _ value: inout String?, _ hide: (String) -> String) {
            if fields.contains(field) { value = value.map(hide) }
        }
        mask("name", &copy.complainant.name, Masking.name)
        mask("phone", &copy.complainant.phone, Masking.phone)
        mask("email", &copy.complainant.email, Masking.email)
        mask("address", &copy.complainant.address, Masking.address)
        mask("orderNumber", &copy.about.orderNumber, Masking.phone)
        return copy
    }
}
