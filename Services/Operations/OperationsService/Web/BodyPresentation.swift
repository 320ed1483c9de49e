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
        var result = ""
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() { result += "\n" + String(repeating: "  ", count: depth) }
        for character in json.unicodeScalars {
            if isInString {
                result.unicodeScalars.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInString = false
                }
                continue
            }
            switch character {
            case " ", "\n", "\r", "\t": break
            case "\"":
                isInString = true
                result.unicodeScalars.append(character)
            case "{", "[":
                result.unicodeScalars.append(character)
                depth += 1
                breakLine()
            case "}", "]":
                depth = max(0, depth - 1)
                breakLine()
                result.unicodeScalars.append(character)
            case ",":
                result += ","
                breakLine()
            case ":": result += ": "
            default: result.unicodeScalars.append(character)
            }
        }
        return result
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
