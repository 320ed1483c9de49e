import Foundation

/// JSON of any shape: an answer that is shown whole, whatever a later version of a service adds to it.
enum JSONTree: Codable, Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Decimal)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// The tree as an indented outline, simple values before nested ones; what is empty is left out.
    var outline: String { lines(indent: "").joined(separator: "\n") }

    /// A simple value as text; absent for what has parts.
    var scalar: String? {
        switch self {
        case .null: ""
        case .flag(let value): value ? "yes" : "no"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .list, .object: nil
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
        case .list(let values):
            return values.flatMap { value in
                if let scalar = value.scalar { return ["\(indent)- \(scalar)"] }
                // The first line of an item gets the dash; its other lines stand below it.
                var lines = value.lines(indent: indent + "  ")
                if let first = lines.first { lines[0] = indent + "- " + first.dropFirst(indent.count + 2) }
                return lines
            }
        case .null, .flag, .number, .text: return [indent + (scalar ?? "")]
        }
    }

    private var isEmpty: Bool {
        switch self {
        case .list(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .null: true
        case .flag, .number, .text: false
        }
    }
}
