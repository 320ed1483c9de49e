import Foundation

/// The acceptance number (投诉受理编号) under which a complaint is known everywhere, for example `C20261121-01-000042`:
/// the day it was registered, the intake instance that gave it, and a counter of that day and instance. Rule M06.
public struct TicketNumber: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
    public let text: String

    /// Fails when `text` is not of the form `CyyyyMMdd-II-NNNNNN`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 9, parts[0].first == "C", parts[1].count == 2,
            (6...9).contains(parts[2].count),
            parts[0].dropFirst().allSatisfy(Self.isDigit), parts[2].allSatisfy(Self.isDigit),
            parts[1].allSatisfy({ Self.isDigit($0) || ("A"..."Z").contains($0) })
        else { return nil }
        self.text = text
    }

    /// The day in the number, as `yyyyMMdd`.
    public var day: String { String(text.dropFirst().prefix(8)) }

    public var description: String { text }

    public static func < (left: TicketNumber, right: TicketNumber) -> Bool { left.text < right.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = TicketNumber(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a ticket number (CyyyyMMdd-II-NNNNNN)")
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
