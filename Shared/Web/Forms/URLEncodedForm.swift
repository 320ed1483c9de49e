import Foundation

/// `application/x-www-form-urlencoded`, kept in order and with repeated names (a list of tick boxes sends its name once
/// for each tick), which is why it is not decoded into a structure.
package enum URLEncodedForm {
    /// - Throws: `Problem` with 400 when a percent sign is not followed by two digits, or the bytes are not UTF-8.
    package static func parse(_ text: String) throws(Problem) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0]), let value = decode(parts.count == 2 ? parts[1] : "") else {
                throw .malformed(Phrase("problem.malformed.form"))
            }
            fields.append((name, value))
        }
        return fields
    }

    /// Percent-encodes a value for a query.
    package static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static func decode(_ text: Substring) -> String? {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
