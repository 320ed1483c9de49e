import Contracts

extension JSONTree {
    /// The tree as an indented outline, simple values before nested ones; what is empty is left out.
    var outline: String { lines(indent: "").joined(separator: "\n") }

    /// A simple value as text; absent for what has parts.
    private var scalar: String? {
        switch self {
        case .null: ""
        case .bool(let value): value ? "yes" : "no"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .array, .object: nil
        }
    }

    private func lines(indent: String) -> [String] {
        switch self {
        case .object(let members):
            let simple = members.filter { $0.value.scalar.map { !$0.isEmpty } ?? false }
            let width = simple.keys.map(TextTable.width).max() ?? 0
            let first = simple.sorted { $0.key < $1.key }.map { key, value in
                indent + key + String(repeating: " ", count: width - TextTable.width(key) + 2) + (value.scalar ?? "")
            }
            let nested = members.filter { $0.value.scalar == nil && !$0.value.isEmpty }.sorted { $0.key < $1.key }
            return first + nested.flatMap { ["\(indent)\($0.key)"] + $0.value.lines(indent: indent + "  ") }
        case .array(let values):
            return values.flatMap { value in
                if let scalar = value.scalar { return ["\(indent)- \(scalar)"] }
                // The first line of an item gets the dash; its other lines stand below it.
                var lines = value.lines(indent: indent + "  ")
                if let first = lines.first { lines[0] = indent + "- " + first.dropFirst(indent.count + 2) }
                return lines
            }
        case .null, .bool, .number, .text: return [indent + (scalar ?? "")]
        }
    }

    private var isEmpty: Bool {
        switch self {
        case .array(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .null: true
        case .bool, .number, .text: false
        }
    }
}
