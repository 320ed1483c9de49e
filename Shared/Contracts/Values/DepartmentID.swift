import Foundation

/// The short name of a department (责任部门) in a policy pack, in queue names and in addresses: lower-case letters,
/// digits and single hyphens, at most 40 characters, for example `product-quality`.
public struct DepartmentID: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
    public let text: String

    /// Fails when `text` has a character that a queue name or a routing key could not carry.
    public init?(_ text: String) {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isAllowed: (Character) -> Bool = { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        guard text.count <= 40, words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAllowed) }) else { return nil }
        self.text = text
    }

    public var description: String { text }

    public static func < (left: DepartmentID, right: DepartmentID) -> Bool { left.text < right.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = DepartmentID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a department id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
