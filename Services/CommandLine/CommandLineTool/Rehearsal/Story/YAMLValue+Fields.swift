import Contracts
import Foundation
import Procedure
import Yams

extension YAMLValue {
    /// The fields of a request as JSON; a placeholder that is none is a problem.
    func jsonFields() -> [String: JSONTree]? {
        guard let table = table() else { return nil }
        var fields: [String: JSONTree] = [:]
        for (key, value) in table {
            guard let name = key.scalar("the name of a field"), let tree = value.json() else { return nil }
            fields[name] = tree
        }
        return fields
    }

    private func json() -> JSONTree? {
        switch node {
        case .mapping: return jsonFields().map { .object($0) }
        case .sequence(let sequence):
            let members = sequence.enumerated().compactMap { index, member in
                YAMLValue(node: member, path: "\(path)[\(index)]", file: file, log: log).json()
            }
            return members.count == sequence.count ? .array(members) : nil
        case .scalar(let scalar): return json(scalar)
        case .alias:
            report("expected a value, found an alias")
            return nil
        }
    }

    private func json(_ scalar: Node.Scalar) -> JSONTree? {
        let text = scalar.string
        if scalar.style == .plain {
            if text == "true" || text == "false" { return .bool(text == "true") }
            if let number = Int(text) { return .number(Decimal(number)) }
            if Double(text) != nil {
                report("put '\(text)' in quotes: amounts of money are text, and nothing else has decimals")
                return nil
            }
        }
        guard Placeholder.looksLikeOne(text), Placeholder(text) == nil else { return .text(text) }
        report("'\(text)' is no placeholder: write ${now}, ${in 3 working days} or ${ago 2 hours} and nothing besides")
        return nil
    }
}
