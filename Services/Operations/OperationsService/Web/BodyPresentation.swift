import Foundation

/// A body as people can read it: indented JSON when it is JSON, text when it is text, otherwise bytes in hexadecimal.
/// Never more than a page can hold.
struct BodyPresentation: Hashable, Sendable {
    enum Form: String, Hashable, Sendable {
        case empty, json, text, hex
    }

    static let textLimit = 64 * 1024
    static let hexLimit = 4 * 1024

    let form: Form
    let text: String
    /// Bytes that are not shown.
    let omitted: Int

    init(_ body: Data) {
        if body.isEmpty {
            (form, text, omitted) = (.empty, "", 0)
        } else if let whole = Self.readable(body) {
            let isJSON = (try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)) != nil
            let shown = whole.utf8.prefix(Self.textLimit)
            omitted = body.count - shown.count
            form = isJSON ? .json : .text
            let cut = String(decoding: shown, as: UTF8.self)
            text = isJSON ? Self.indented(cut) : cut
        } else {
            let shown = body.prefix(Self.hexLimit)
            (form, text, omitted) = (.hex, Self.hexadecimal(shown), body.count - shown.count)
        }
    }

    /// The bytes as text, if that is what they are: UTF-8 without control characters.
    private static func readable(_ body: Data) -> String? {
        guard let text = String(data: body, encoding: .utf8) else { return nil }
        let isControl: (Unicode.Scalar) -> Bool = { $0.value < 0x20 && !["\n", "\r", "\t"].contains($0) }
        return text.unicodeScalars.contains(where: isControl) ? nil : text
    }

    /// JSON with line breaks and indents. Only white space changes: numbers, escapes and the order of keys stay as sent.
    static func indented(_ json: String) -> String {
        var writer = Indenter()
        for scalar in json.unicodeScalars { writer.take(scalar) }
        return writer.result
    }

    /// Sixteen bytes a line: offset, bytes, and what of them is printable ASCII.
    static func hexadecimal(_ bytes: Data) -> String {
        let all = Array(bytes)
        return stride(from: 0, to: all.count, by: 16).map { start in
            let line = all[start..<min(start + 16, all.count)]
            let hex = line.map { padded(String($0, radix: 16), 2) }.joined(separator: " ")
            let ascii = line.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            return
                "\(padded(String(start, radix: 16), 6))  \(hex.padding(toLength: 47, withPad: " ", startingAt: 0))  \(ascii)"
        }.joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

/// Breaks JSON into lines, scalar by scalar.
private struct Indenter {
    var result = ""
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// A bracket was opened and nothing has come since: if it is closed at once, it stays on its line.
    private var isFresh = false

    mutating func take(_ scalar: Unicode.Scalar) {
        guard !isInString else { return takeInString(scalar) }
        switch scalar {
        case " ", "\n", "\r", "\t": return
        case "}", "]":
            depth = max(0, depth - 1)
            if !isFresh { breakLine() }
            isFresh = false
            result.unicodeScalars.append(scalar)
            return
        default: break
        }
        if isFresh { breakLine() }
        isFresh = scalar == "{" || scalar == "["
        if isFresh { depth += 1 }
        isInString = scalar == "\""
        result.unicodeScalars.append(scalar)
        if scalar == "," { breakLine() }
        if scalar == ":" { result += " " }
    }

    private mutating func takeInString(_ scalar: Unicode.Scalar) {
        result.unicodeScalars.append(scalar)
        if isEscaped {
            isEscaped = false
        } else if scalar == "\\" {
            isEscaped = true
        } else if scalar == "\"" {
            isInString = false
        }
    }

    private mutating func breakLine() { result += "\n" + String(repeating: "  ", count: depth) }
}
