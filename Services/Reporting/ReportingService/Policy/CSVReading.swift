import Foundation

/// Reads comma-separated values as RFC 4180 writes them, with or without byte order mark, and remembers the lines, so that
/// whoever made the file finds what is wrong.
struct CSVTable: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        /// Where it begins, counting from 1.
        var line: Int
        var fields: [String]
    }

    /// What makes a file no table.
    enum Fault: Error, Hashable {
        case notUTF8
        /// A quotation mark that nothing closes, and the line on which it stands.
        case openQuote(line: Int)
        case empty
    }

    /// The names of the columns, in small letters.
    var header: [String]
    /// Without empty lines.
    var rows: [Row]

    /// - Throws: `Fault`.
    init(_ data: Data) throws(Fault) {
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data[...]
        guard let text = String(data: Data(bytes), encoding: .utf8) else { throw .notUTF8 }
        var rows = try Self.rows(Array(text.unicodeScalars))
        rows.removeAll { $0.fields.allSatisfy { $0.trimmingCharacters(in: .whitespaces).isEmpty } }
        guard !rows.isEmpty else { throw .empty }
        header = rows.removeFirst().fields.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        self.rows = rows
    }

    private static func rows(_ scalars: [Unicode.Scalar]) throws(Fault) -> [Row] {
        var scanner = Scanner(scalars)
        var rows: [Row] = []
        while !scanner.isAtEnd { rows.append(try scanner.row()) }
        return rows
    }

    private struct Scanner {
        let scalars: [Unicode.Scalar]
        var index = 0
        var line = 1

        init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

        var isAtEnd: Bool { index >= scalars.count }
        private var next: Unicode.Scalar? { isAtEnd ? nil : scalars[index] }

        mutating func row() throws(Fault) -> Row {
            var row = Row(line: line, fields: [])
            while true {
                row.fields.append(try field())
                if next == "," {
                    index += 1
                    continue
                }
                endLine()
                return row
            }
        }

        private mutating func endLine() {
            if next == "\r" { index += 1 }
            if next == "\n" { index += 1 }
            line += 1
        }

        private mutating func field() throws(Fault) -> String {
            var field = String.UnicodeScalarView()
            guard next == "\"" else {
                while let scalar = next, scalar != ",", scalar != "\n", scalar != "\r" {
                    field.append(scalar)
                    index += 1
                }
                return String(field)
            }
            let start = line
            index += 1
            while let scalar = next {
                index += 1
                if scalar == "\"" {
                    guard next == "\"" else { return String(field) }
                    index += 1
                }
                if scalar == "\n" { line += 1 }
                field.append(scalar)
            }
            throw .openQuote(line: start)
        }
    }
}
