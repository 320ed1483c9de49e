import Contracts
import Foundation

/// Hides personal data from those who need the complaint but not the person. Rule M18.
///
/// The complainant's fields keep as much as tells two people apart on the telephone (李**, 138****5678); in free text
/// the same values are hidden, and so is whatever looks like a telephone number, an identity number or an e-mail address.
struct Masking: Sendable {
    private let names: [String]

    init(_ complainant: Complainant) {
        names = [complainant.name, complainant.phone, complainant.email, complainant.address].compactMap { $0 }
            .filter { $0.count > 1 }.sorted { $0.count > $1.count }
    }

    /// 李雷 → 李*
    static func name(_ name: String) -> String {
        String(name.prefix(1)) + String(repeating: "*", count: max(1, min(name.count - 1, 4)))
    }

    /// 13812345678 → 138****5678
    static func number(_ number: String) -> String {
        guard number.count >= 8 else { return String(repeating: "*", count: number.count) }
        return number.prefix(3) + String(repeating: "*", count: number.count - 7) + number.suffix(4)
    }

    /// li.lei@example.com → l***@example.com
    static func email(_ email: String) -> String {
        guard let at = email.lastIndex(of: "@") else { return name(email) }
        return email.prefix(1) + "***" + email[at...]
    }

    static func address(_ address: String) -> String { address.prefix(2) + "***" }

    static func complainant(_ complainant: Complainant) -> Complainant {
        Complainant(
            name: complainant.name.map(name), phone: complainant.phone.map(number),
            email: complainant.email.map(email), address: complainant.address.map(address))
    }

    /// Free text with everything personal hidden that can be recognised.
    func text(_ text: String) -> String {
        let known = names.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
        return Self.patterns(known)
    }

    private static func patterns(_ text: String) -> String {
        let address = /[A-Za-z0-9_.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/
        let mailHidden = text.replacing(address) { email(String($0.output)) }
        return mailHidden.replacing(/C?\+?[0-9][0-9 \-]{5,20}[0-9Xx]/) { match in
            let found = String(match.output)
            return isPersonal(found) ? number(found) : found
        }
    }

    /// A run of digits that is neither the number of a ticket nor a date.
    private static func isPersonal(_ found: String) -> Bool {
        guard !found.hasPrefix("C"), found.filter(\.isNumber).count >= 7 else { return false }
        return found.prefixMatch(of: /(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}/) == nil
    }
}

extension Masking {
    /// Any JSON of the record: the complainant's fields by their names, every other text as free text. Numbers of tickets,
    /// times and ids are kept.
    func json(_ value: JSONTree, key: String? = nil) -> JSONTree {
        switch value {
        case .object(let members):
            let isComplainant = key == "complainant"
            return .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, member in
                        (name, isComplainant ? field(name, member) : json(member, key: name))
                    }))
        case .array(let elements): return .array(elements.map { json($0, key: key) })
        case .text(let text) where key == "orderNumber": return .text(Self.number(text))
        case .text(let text): return .text(isIdentifier(key) ? text : self.text(text))
        case .number, .bool, .null: return value
        }
    }

    private func field(_ name: String, _ value: JSONTree) -> JSONTree {
        guard case .text(let text) = value else { return value }
        switch name {
        case "phone": return .text(Self.number(text))
        case "email": return .text(Self.email(text))
        case "address": return .text(Self.address(text))
        default: return .text(Self.name(text))
        }
    }

    private func isIdentifier(_ key: String?) -> Bool {
        guard let key else { return false }
        return key.hasSuffix("At") || key.hasSuffix("By") || Self.identifiers.contains(key)
    }

    private static let identifiers: Set<String> = [
        "number", "id", "correlationID", "causationID", "time", "sha256", "into", "members", "completionDue", "amount",
        "compensation", "compensationLimit", "source", "traceparent",
    ]
}
