import Contracts
import Foundation
import Yams

/// Typed values: each reader says what it expected when the value is something else.
extension YAMLValue {
    package func text() -> String? {
        guard let text = scalar("text") else { return nil }
        guard node.tag == Tag(.str) || node.scalar?.style == .plain && node.tag == Tag(.timestamp) else {
            report("expected text, found '\(text)': put it in quotes if it is meant as text")
            return nil
        }
        return text
    }

    package func integer(in range: ClosedRange<Int>) -> Int? {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = scalar(expected) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            report("expected \(expected), found '\(text)'")
            return nil
        }
        return number
    }

    package func boolean() -> Bool? {
        guard let text = scalar("true or false") else { return nil }
        guard text == "true" || text == "false", node.scalar?.style == .plain else {
            report("expected true or false, found '\(text)'")
            return nil
        }
        return text == "true"
    }

    func money() -> Money? {
        guard let text = scalar("an amount of money such as 199.00") else { return nil }
        guard let money = Money(text) else {
            report("expected an amount of money such as 199.00, found '\(text)'")
            return nil
        }
        return money
    }

    package func localized() -> LocalizedText? {
        guard let mapping = mapping(["zh-Hans", "en"]) else { return nil }
        let chinese = mapping.required("zh-Hans")?.text()
        let english = mapping.required("en")?.text()
        guard let chinese, let english else { return nil }
        return LocalizedText(zhHans: chinese, en: english)
    }

    /// One of the values of an enum, written as its raw value.
    package func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        let known = type.allCases.map(\.rawValue)
        guard let text = scalar("one of \(known.joined(separator: ", "))") else { return nil }
        guard let choice = type.init(rawValue: text) else {
            report("expected one of \(known.joined(separator: ", ")), found '\(text)'")
            return nil
        }
        return choice
    }

    /// A new id: lower-case letters, digits and hyphens. Declares it.
    func identifier(of kind: LoadingLog.Kind) -> String? {
        guard let id = plainIdentifier() else { return nil }
        log.declare(kind, id, at: self)
        return id
    }

    /// An id that need not be unique within the pack.
    func plainIdentifier() -> String? {
        guard let text = scalar("an id") else { return nil }
        guard DepartmentID(text) != nil else {
            report("'\(text)' is not an id: lower-case letters, digits and single hyphens, at most 40 characters")
            return nil
        }
        return text
    }

    /// The id of something declared elsewhere in the pack.
    func reference(to kinds: LoadingLog.Kind...) -> String? {
        let expected = "the id of a \(kinds.map(\.rawValue).joined(separator: " or "))"
        guard let id = scalar(expected) else { return nil }
        log.refer(to: kinds, id, at: self)
        return id
    }

    /// A department, an escalation target or a party outside.
    func recipient() -> String? { reference(to: .department, .escalation, .outside) }

    func department() -> DepartmentID? { reference(to: .department).flatMap(DepartmentID.init) }

    func timeZone() -> TimeZone? {
        guard let name = text() else { return nil }
        guard let zone = TimeZone(identifier: name), TimeZone.knownTimeZoneIdentifiers.contains(name) || name == "UTC"
        else {
            report("'\(name)' is not a time zone such as Asia/Shanghai")
            return nil
        }
        return zone
    }

    package func allowance() -> Allowance? {
        guard let text = scalar("a time such as '3 working days'") else { return nil }
        guard let allowance = Allowance(text) else {
            report(
                "'\(text)' is not a time: write '30 minutes', '2 hours', '4 working hours', '3 working days' or "
                    + "'same day'")
            return nil
        }
        return allowance
    }
}
