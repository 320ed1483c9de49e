import Contracts
import Foundation

/// JSON that people give to commands: what is wrong is said with its place.
enum CommandJSON {
    /// - Parameter name: what the messages call the file, or a line of it.
    /// - Throws: `CommandFailure` that names the field, or the line and column of what is no JSON at all.
    static func read<Value: Decodable>(_ type: Value.Type, _ data: Data, named name: String) throws -> Value {
        if data.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            throw CommandFailure.refused("\(name) is empty: a complaint in JSON is expected")
        }
        do {
            return try ContractJSON.decode(type, from: data)
        } catch let error as DecodingError {
            throw CommandFailure.refused("\(name): \(words(error))")
        } catch {
            throw CommandFailure.refused("\(name) is not a complaint in JSON")
        }
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(place(context.codingPath)) is empty (null)"
        case .typeMismatch(let type, let context):
            context.codingPath.isEmpty
                ? "an object { … } is expected" : "\(place(context.codingPath)): expected \(expected(type))"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "not JSON\(detail(context))" : corrupted(context)
        @unknown default: "not a complaint in JSON"
        }
    }

    /// A text that is none of those that may stand there.
    private static func corrupted(_ context: DecodingError.Context) -> String {
        let place = place(context.codingPath)
        guard context.codingPath.last?.stringValue == "kind" else { return "\(place): \(context.debugDescription)" }
        return "\(place): expected one of \(ComplaintKind.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    /// Where it stops being JSON, as far as the reader says.
    private static func detail(_ context: DecodingError.Context) -> String {
        let told = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
        return told.map { ": \($0)" } ?? ""
    }

    /// `about.product`, `flags[2]`
    private static func place(_ path: [any CodingKey]) -> String {
        path.reduce("") { place, key in
            if let index = key.intValue { return "\(place)[\(index)]" }
            return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
        }
    }

    private static func expected(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Int.Type, is Double.Type, is Decimal.Type: "a number"
        case is [Any].Type: "a list"
        case is [String: Any].Type: "an object"
        default: "something else (\(type))"
        }
    }
}
