import Logging

/// Keeps secrets out of the log, whatever a caller passes: values under telling names, and passwords within addresses.
enum Redaction {
    static let hidden = "(hidden)"

    private static let tellingWords = ["password", "secret", "token", "authorization", "cookie", "trackingcode"]

    static func isSecret(key: String) -> Bool {
        let key = key.lowercased().filter { $0 != "-" && $0 != "_" }
        return tellingWords.contains { key.contains($0) }
    }

    static func scrub(_ value: Logger.MetadataValue) -> Logger.MetadataValue {
        switch value {
        case .string(let text): .string(scrub(text))
        case .stringConvertible(let value): .string(scrub(value.description))
        case .array(let values): .array(values.map(scrub))
        case .dictionary(let values): .dictionary(scrub(values))
        }
    }

    static func scrub(_ metadata: Logger.Metadata) -> Logger.Metadata {
        Dictionary(
            uniqueKeysWithValues: metadata.map { ($0.key, isSecret(key: $0.key) ? .string(hidden) : scrub($0.value)) })
    }

    /// `amqp://name:password@host` becomes `amqp://name:(hidden)@host`.
    static func scrub(_ text: String) -> String {
        guard var searched = text.firstRange(of: "://") else { return text }
        var result = ""
        var rest = text[...]
        while true {
            result += rest[..<searched.upperBound]
            rest = rest[searched.upperBound...]
            let authority = rest.prefix { !" /?#\"'<>\n\t".contains($0) }
            if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
                result += authority[...colon] + hidden
                rest = rest[at...]
            }
            guard let next = rest.firstRange(of: "://") else { return result + rest }
            searched = next
        }
    }
}
