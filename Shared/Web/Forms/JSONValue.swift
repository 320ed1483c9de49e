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

    /// Reads a body.
    /// - Throws: `Problem` with 400 that says where the JSON is wrong.
    package static func parse(_ data: Data) throws(Problem) -> JSONValue {
        do {
            return try JSONDecoder().decode(JSONValue.self, from: data)
        } catch let DecodingError.dataCorrupted(context) {
            throw .malformed(place(context.underlyingError).map { Phrase("problem.malformed.jsonAt", $0) } ?? plain)
        } catch {
            throw .malformed(plain)
        }
    }

    private static let plain = Phrase("problem.malformed.json")

    /// Where the parser stopped. Foundation has the place in an error whose type it keeps to itself; its description is
    /// read for line and column alone, and a description of another form only means that no place is told.
    private static func place(_ error: (any Error)?) -> [String: String]? {
        guard let error, let match = String(reflecting: error).firstMatch(of: /line:? (\d+),? column:? (\d+)/) else {
            return nil
        }
        return ["line": String(match.1), "column": String(match.2)]
    }
}
