import Contracts
import Foundation

/// How single fields are read. Each returns nothing when the field is absent or wrong; when it is wrong, or absent
/// though it is required, the problem is noted.
extension Fields {
    /// A text without the white space around it; absent when it is empty.
    /// - Parameters:
    ///   - most: characters at most.
    ///   - least: characters at least.
    package mutating func text(_ name: String, required: Bool = false, most: Int = 200, least: Int = 1) -> String? {
        guard let text = bareText(name, required: required) else { return nil }
        if text.unicodeScalars.contains(where: Self.isControl) {
            refuse(name, "validation.control")
        } else if text.count > most {
            refuse(name, Phrase("validation.tooLong", ["limit": String(most), "count": String(text.count)]))
        } else if text.count < least {
            refuse(name, Phrase("validation.tooShort", ["limit": String(least)]))
        } else {
            return text
        }
        return nil
    }

    /// What somebody is called, or signs with: a text in which a name can be. One letter, or a row of digits, names nobody.
    package mutating func personName(_ name: String, required: Bool = false, most: Int = 100) -> String? {
        guard let text = text(name, required: required, most: most) else { return nil }
        if !text.contains(where: \.isNewline), text.count(where: \.isLetter) >= 2 { return text }
        refuse(name, "validation.notName")
        return nil
    }

    /// One of a closed set of words.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of: Choice.Type = Choice.self, required: Bool = true
    ) -> Choice? where Choice.RawValue == String {
        choice(name, of: Choice.allCases.map(\.rawValue), required: required).flatMap { Choice(rawValue: $0) }
    }

    /// One of the words that `choices` lists.
    package mutating func choice(_ name: String, of choices: [String], required: Bool = true) -> String? {
        guard let text = text(name, required: required) else { return nil }
        if choices.contains(text) { return text }
        refuse(name, Phrase("validation.notOneOf", ["choices": choices.joined(separator: ", ")]))
        return nil
    }

    /// A whole number; in JSON a number, in a form its digits.
    package mutating func integer(_ name: String, in range: ClosedRange<Int>, required: Bool = false) -> Int? {
        var number: Int?
        switch value(name) {
        case nil, .null: break
        case .integer(let value): number = value
        case .string(let text) where isForm:
            let digits = text.trimmingCharacters(in: .whitespaces)
            number = Int(digits)
            if number == nil, !digits.isEmpty {
                refuse(name, "validation.notInteger")
                return nil
            }
        default:
            refuse(name, "validation.notInteger")
            return nil
        }
        guard let number else {
            if required { refuse(name, "validation.required") }
            return nil
        }
        if range.contains(number) { return number }
        refuse(
            name, Phrase("validation.outOfRange", ["least": "\(range.lowerBound)", "most": "\(range.upperBound)"]))
        return nil
    }

    /// An amount of money: decimal text, never a JSON number.
    package mutating func money(_ name: String, required: Bool = false) -> Money? {
        guard let text = text(name, required: required, most: 40) else { return nil }
        if let money = Money(text) { return money }
        refuse(name, "validation.notMoney")
        return nil
    }

    /// A time in RFC 3339; from a form also what `<input type="datetime-local">` sends, which means `timeZone`.
    package mutating func time(_ name: String, required: Bool = false, timeZone: TimeZone) -> Date? {
        guard let text = text(name, required: required, most: 60) else { return nil }
        if let date = RFC3339.date(text) { return date }
        if isForm, let date = LocalTime.date(text, timeZone: timeZone) { return date }
        refuse(name, isForm ? "validation.notTimeInForm" : "validation.notTime")
        return nil
    }

    /// Yes or no: a JSON boolean, or a tick box, which is only sent when it is ticked.
    package mutating func flag(_ name: String) -> Bool? {
        switch value(name) {
        case nil, .null: return isForm ? false : nil
        case .bool(let flag): return flag
        case .string(let text) where isForm: return ["1", "on", "true", "yes"].contains(text)
        default:
            refuse(name, "validation.notFlag")
            return nil
        }
    }

    /// A list of texts: a JSON array, or a form field that is sent several times.
    package mutating func texts(_ name: String, most: Int = 20, mostCharacters: Int = 60) -> [String] {
        let values: [JSONValue]
        switch value(name) {
        case nil, .null: values = []
        case .string where isForm: values = allTyped(name).filter { !$0.isEmpty }.map { .string($0) }
        case .array(let array): values = array
        default:
            refuse(name, "validation.notList")
            return []
        }
        if values.count > most { refuse(name, Phrase("validation.tooMany", ["limit": String(most)])) }
        var texts: [String] = []
        for (index, value) in values.prefix(most).enumerated() {
            if case .string(let text) = value, !text.isEmpty, text.count <= mostCharacters,
                !text.unicodeScalars.contains(where: Self.isControl)
            {
                texts.append(text)
            } else {
                refuse("\(name).\(index)", "validation.notText")
            }
        }
        return texts
    }

    /// The paths of the objects in a JSON array (`evidence.0`, `evidence.1`); none for a form.
    package mutating func objects(_ name: String, most: Int) -> [String] {
        switch value(name) {
        case nil, .null: return []
        case .array(let array):
            if array.count > most { refuse(name, Phrase("validation.tooMany", ["limit": String(most)])) }
            return array.prefix(most).enumerated().compactMap { index, value in
                if case .object = value { return "\(name).\(index)" }
                refuse("\(name).\(index)", "validation.notObject")
                return nil
            }
        case .string where isForm: return []
        default:
            refuse(name, "validation.notList")
            return []
        }
    }

    private mutating func bareText(_ name: String, required: Bool) -> String? {
        switch value(name) {
        case nil, .null: break
        case .string(let text):
            let bare = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if !bare.isEmpty { return bare }
        default:
            refuse(name, "validation.notText")
            return nil
        }
        if required { refuse(name, "validation.required") }
        return nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F: true
        // What turns the direction of writing around makes staff read something else than what was sent.
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// Times as `<input type="datetime-local">` writes them: `2026-11-21T17:30`, with or without seconds.
package enum LocalTime {
    package static func date(_ text: String, timeZone: TimeZone) -> Date? {
        for pattern in ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"] {
            if let date = formatter(pattern, timeZone).date(from: text) { return date }
        }
        return nil
    }

    package static func text(_ date: Date, timeZone: TimeZone) -> String {
        formatter("yyyy-MM-dd'T'HH:mm", timeZone).string(from: date)
    }

    private static func formatter(_ pattern: String, _ timeZone: TimeZone) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = timeZone
        formatter.dateFormat = pattern
        formatter.isLenient = false
        return formatter
    }
}
