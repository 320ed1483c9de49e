import Contracts
import Foundation
import Procedure
import Web

/// Hides the customer's personal data in a whole ticket from those who need the complaint but not the person (M18).
///
/// Of those who need the person, the policy pack says which fields they see masked all the same.
///
/// The complainant's fields keep as much as tells two people apart on the telephone (王**, 138****5678). In free text the
/// same values are hidden, and so is whatever looks like a telephone number, an identity number or an e-mail address.
struct RecordMasking: Sendable {
    private let hidden: [String]
    private let fields: Set<PersonalField>

    /// - Parameter fields: what is hidden.
    init(_ complainant: Complainant, fields: Set<PersonalField> = Set(PersonalField.allCases)) {
        self.fields = fields
        let values: [(PersonalField, String?)] = [
            (.name, complainant.name), (.phone, complainant.phone), (.email, complainant.email),
            (.address, complainant.address),
        ]
        // The longest first: an address may hold the name.
        hidden = values.filter { fields.contains($0.0) }.compactMap(\.1)
            .filter { $0.count > 1 }.sorted { $0.count > $1.count }
    }

    /// Free text with everything personal hidden that can be recognised.
    func text(_ text: String) -> String {
        let known = hidden.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
        let mailHidden =
            fields.contains(.email) ? PersonalText.replacingEmails(in: known, by: Masking.email) : known
        return fields.contains(.phone) ? PersonalText.replacingNumbers(in: mailHidden, by: Masking.phone) : mailHidden
    }

    /// Any JSON of a ticket: the complainant's fields by their names, every other text as free text. Numbers of tickets,
    /// times and ids are kept.
    func json(_ value: JSONTree, key: String? = nil) -> JSONTree {
        switch value {
        case .object(let members):
            let isComplainant = key == "complainant"
            let masked = members.map { name, member in
                (name, isComplainant ? field(name, member) : json(member, key: name))
            }
            return .object(Dictionary(uniqueKeysWithValues: masked))
        case .array(let elements): return .array(elements.map { json($0, key: key) })
        case .text(let text) where key == "orderNumber":
            return .text(fields.contains(.orderNumber) ? Masking.phone(text) : text)
        case .text(let text): return .text(Self.isIdentifier(key) ? text : self.text(text))
        case .number, .bool, .null: return value
        }
    }

    /// Anything that is written as JSON, masked.
    func masked<Value: Codable>(_ value: Value) throws -> Value {
        let tree = try ContractJSON.decode(JSONTree.self, from: ContractJSON.encode(value))
        return try ContractJSON.decode(Value.self, from: ContractJSON.encode(json(tree)))
    }

    static func name(_ name: String?) -> String? { name.map(Masking.name) }

    /// The complainant's name as the reader sees it.
    func shown(name: String?) -> String? { fields.contains(.name) ? Self.name(name) : name }

    private func field(_ name: String, _ value: JSONTree) -> JSONTree {
        guard case .text(let text) = value else { return value }
        if let field = PersonalField(rawValue: name), !fields.contains(field) { return value }
        switch name {
        case "phone": return .text(Masking.phone(text))
        case "email": return .text(Masking.email(text))
        case "address": return .text(Masking.address(text))
        default: return .text(Masking.name(text))
        }
    }

    private static func isIdentifier(_ key: String?) -> Bool {
        guard let key else { return false }
        return key.hasSuffix("At") || key.hasSuffix("By") || identifiers.contains(key)
    }

    private static let identifiers: Set<String> = [
        "number", "id", "correlationID", "causationID", "time", "sha256", "into", "members", "completionDue", "amount",
        "compensation", "compensationLimit", "source", "traceparent", "moments",
    ]
}
