/// A condition in one line, as an author reads it: `all(amount atLeast 1000.00, not(flags contains media))`.
extension Condition: CustomStringConvertible {
    package var description: String {
        switch self {
        case .all(let conditions): "all(\(conditions.map(\.description).joined(separator: ", ")))"
        case .any(let conditions): "any(\(conditions.map(\.description).joined(separator: ", ")))"
        case .not(let condition): "not(\(condition))"
        case .test(let test): test.description
        }
    }
}

extension ConditionTest: CustomStringConvertible {
    package var description: String {
        let comparison: String =
            switch comparison {
            case .isOneOf(let values):
                values.count == 1 ? "is \(values[0])" : "isOneOf \(values.joined(separator: "|"))"
            case .isNoneOf(let values): "isNoneOf \(values.joined(separator: "|"))"
            case .atLeast(let bound): "atLeast \(shown(bound))"
            case .atMost(let bound): "atMost \(shown(bound))"
            case .above(let bound): "above \(shown(bound))"
            case .below(let bound): "below \(shown(bound))"
            case .contains(let words): "contains \(words.map(\.text).joined(separator: "|"))"
            case .containsAll(let words): "containsAll \(words.map(\.text).joined(separator: "|"))"
            case .lengthAtLeast(let length): "lengthAtLeast \(length)"
            case .isTrue(let wanted): "isTrue \(wanted)"
            case .exists(let wanted): "exists \(wanted)"
            }
        return "\(field.rawValue) \(comparison)"
    }

    private func shown(_ bound: Int) -> String {
        guard field.nature == .money else { return String(bound) }
        let cents = bound % 100
        return "\(bound / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
