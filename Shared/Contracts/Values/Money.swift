import Foundation

/// An amount of money as decimal text, for example `"199.00"`: never a floating point number. The currency is the
/// policy pack's. At most 12 digits before the point and 2 after it; never negative.
public struct Money: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
    public let text: String

    /// Fails when `text` is not a decimal number in plain digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDigit: (Character) -> Bool = { ("0"..."9").contains($0) }
        guard (1...2).contains(parts.count), (1...12).contains(parts[0].count), parts[0].allSatisfy(isDigit),
            parts.count == 1 || ((1...2).contains(parts[1].count) && parts[1].allSatisfy(isDigit))
        else { return nil }
        self.text = text
    }

    /// The amount in hundredths (分), for comparing and adding.
    public var hundredths: Int {
        let parts = text.split(separator: ".")
        let fraction = parts.count == 2 ? String(parts[1]).padding(toLength: 2, withPad: "0", startingAt: 0) : "00"
        return (Int(parts[0]) ?? 0) * 100 + (Int(fraction) ?? 0)
    }

    public var description: String { text }

    public static func == (left: Money, right: Money) -> Bool { left.hundredths == right.hundredths }
    public static func < (left: Money, right: Money) -> Bool { left.hundredths < right.hundredths }
    public func hash(into hasher: inout Hasher) { hasher.combine(hundredths) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let money = Money(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an amount of money such as \"199.00\"")
        }
        self = money
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
