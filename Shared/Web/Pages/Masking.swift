import Contracts

/// Personal data for eyes that need not see all of it (M18).
package enum Masking {
    /// The first three and the last four digits stay: `138****5678`. A short number shows its last two.
    package static func phone(_ text: String) -> String {
        let characters = Array(text)
        guard characters.count >= 8 else { return keep(characters, first: 0, last: min(2, characters.count / 2)) }
        return keep(characters, first: 3, last: 4)
    }

    /// The family name stays: `王**`; of a name in Latin letters, the first letter of each word.
    package static func name(_ text: String) -> String {
        let words = text.split(separator: " ")
        if words.count > 1 || text.unicodeScalars.allSatisfy({ $0.value < 0x250 }) {
            return words.map { keep(Array($0), first: 1, last: 0) }.joined(separator: " ")
        }
        return keep(Array(text), first: 1, last: 0)
    }

    /// The first letter and the domain stay: `l***@example.com`.
    package static func email(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return keep(Array(text), first: 1, last: 0) }
        return "\(text.prefix(1))***\(text[at...])"
    }

    /// The first six characters stay, which name the city: `北京市海淀区****`.
    package static func address(_ text: String) -> String {
        text.count <= 6 ? keep(Array(text), first: 2, last: 0) : "\(text.prefix(6))****"
    }

    private static func keep(_ characters: [Character], first: Int, last: Int) -> String {
        guard characters.count > first + last else {
            return String(characters.prefix(1)) + String(repeating: "*", count: max(0, characters.count - 1))
        }
        let hidden = String(repeating: "*", count: characters.count - first - last)
        return String(characters.prefix(first)) + hidden + String(characters.suffix(last))
    }
}

extension Complaint {
    /// The record with some of the customer's data masked.
    package func masked(_ fields: Set<PersonalField>) -> Complaint {
        var copy = self
        func mask(_ field: PersonalField, _ value: inout String?, _ hide: (String) -> String) {
            if fields.contains(field) { value = value.map(hide) }
        }
        mask(.name, &copy.complainant.name, Masking.name)
        mask(.phone, &copy.complainant.phone, Masking.phone)
        mask(.email, &copy.complainant.email, Masking.email)
        mask(.address, &copy.complainant.address, Masking.address)
        mask(.orderNumber, &copy.about.orderNumber, Masking.phone)
        return copy
    }
}
