import Foundation

/// Comma-separated values as RFC 4180 writes them, with the byte order mark by which spreadsheets recognise UTF-8.
enum CSV {
    static func data(_ rows: [[String]]) -> Data {
        let lines = rows.map { $0.map(field).joined(separator: ",") + "\r\n" }
        return Data("\u{FEFF}".utf8) + Data(lines.joined().utf8)
    }

    /// A value that a spreadsheet would run as a formula is kept as text by an apostrophe before it.
    static func field(_ value: String) -> String {
        let safe = value.first.map { "=+-@\t\r".contains($0) } == true && Double(value) == nil ? "'" + value : value
        // By scalars: a carriage return and a line feed make one character.
        let needsQuotes = safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : safe
    }
}
