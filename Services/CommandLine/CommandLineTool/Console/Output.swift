import ArgumentParser
import Contracts
import Foundation

/// How a command prints what it found.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON, for scripts.")
    var json = false

    /// Prints a value as JSON, or as the text made of it.
    func show<Value: Encodable>(_ value: Value, text: (Value) -> String) throws {
        print(json ? String(decoding: try JSONText.data(value), as: UTF8.self) : text(value))
    }
}

/// JSON as this tool prints it: one document, indented, times as RFC 3339.
enum JSONText {
    static func data(_ value: some Encodable) throws -> Data {
        let compact = try ContractJSON.encode(value)
        let object = try JSONSerialization.jsonObject(with: compact, options: [.fragmentsAllowed])
        return try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
    }
}

/// Columns of text under their headings, each as wide as its widest cell. Chinese letters count as two.
struct TextTable {
    private let rows: [[String]]

    init(headings: [String], rows: [[String]]) { self.rows = [headings] + rows }

    var text: String {
        let widths = rows.reduce(into: [Int](repeating: 0, count: rows.first?.count ?? 0)) { widths, row in
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], Self.width(cell)) }
        }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[index] - Self.width(cell) + 2)
            }.joined()
        }.joined(separator: "\n")
    }

    /// How many columns of a terminal a text takes.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
