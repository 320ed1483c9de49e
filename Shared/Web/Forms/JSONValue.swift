import Foundation

/// JSON of any shape, as it was sent.
package enum JSONValue: Sendable, Hashable, Decodable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The same with every text in it changed, the names of members left as they are.
    func mappingTexts(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let elements): .array(elements.map { $0.mappingTexts(change) })
        case .object(let members): .object(members.mapValues { $0.mappingTexts(change) })
        case .null, .bool, .integer, .number: self
        }
    }

    /// Reads a body.
    /// - Throws: `Problem` with 400 that says where the JSON is wrong.
    package static func parse(_ data: Data) throws(Problem) -> JSONValue {
        do {
            return try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw .malformed(place(in: data).map { Phrase("problem.malformed.jsonAt", $0) } ?? plain)
        }
    }

    private static let plain = Phrase("problem.malformed.json")

    /// Where the parser stops, in lines and columns from 1. `JSONDecoder` does not tell; the older parser does, in words
    /// that end with the number of the byte. Words of another form only mean that no place is told.
    private static func place(in data: Data) -> [String: String]? {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return nil
        } catch {
            let words = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
            guard let match = words.firstMatch(of: /around character (\d+)/), let offset = Int(match.1) else {
                return nil
            }
            let before = String(decoding: data.prefix(offset), as: UTF8.self)
            let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
            return ["line": String(lines.count), "column": String((lines.last?.count ?? 0) + 1)]
        }
    }
}
