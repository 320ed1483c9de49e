import Contracts
import Foundation
import Logging

/// One log event, ready to be written in either format.
struct LogLine {
    let time: Date
    let level: Logger.Level
    let service: String
    let label: String
    let message: String
    let metadata: [(key: String, value: Logger.MetadataValue)]

    func text(_ format: LogFormat) -> String {
        switch format {
        case .text: forPeople
        case .json: forMachines
        }
    }

    /// `2026-11-21T09:30:00.000Z info     intake: Accepted ticket=C20261121-01-000001`
    private var forPeople: String {
        let level = level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let fields = metadata.map { " \($0.key)=\(Self.quotedIfNeeded(Self.plain($0.value)))" }.joined()
        return "\(RFC3339.text(time)) \(level) \(label): \(Self.onOneLine(message))\(fields)\n"
    }

    private var forMachines: String {
        var fields: [(String, String)] = [
            ("time", Self.jsonText(RFC3339.text(time))), ("level", Self.jsonText(level.rawValue)),
            ("service", Self.jsonText(service)), ("label", Self.jsonText(label)), ("message", Self.jsonText(message)),
        ]
        if !metadata.isEmpty { fields.append(("metadata", Self.object(metadata))) }
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
    }

    /// Metadata as it is read by a person; nested values keep Swift's form.
    private static func plain(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): text
        case .stringConvertible(let value): value.description
        case .array, .dictionary: value.description
        }
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): jsonText(text)
        case .stringConvertible(let value): jsonText(value.description)
        case .array(let values): "[" + values.map(json).joined(separator: ",") + "]"
        case .dictionary(let values): object(values.sorted { $0.key < $1.key })
        }
    }

    private static func object(_ members: [(key: String, value: Logger.MetadataValue)]) -> String {
        "{" + members.map { "\(jsonText($0.key)):\(json($0.value))" }.joined(separator: ",") + "}"
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        let isPlain = !text.isEmpty && !text.contains { $0.isWhitespace || $0 == "\"" || $0 == "=" }
        return isPlain ? text : jsonText(text)
    }

    /// A line stays one line, so that nothing a customer wrote can look like an event of ours.
    private static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return text }
        return text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
    }

    /// A JSON string with its quotes; control characters are escaped.
    static func jsonText(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u" + String(format: "%04x", scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
