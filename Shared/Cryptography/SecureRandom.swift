import CCrypto
import Foundation

/// Randomness from the operating system, for keys, salts, session ids and tracking codes.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A text that nobody can guess, safe in addresses and headers.
    /// - Parameter bytes: how much randomness it holds.
    package static func token(bytes count: Int = 32) -> String { Base64URL.text(bytes(count)) }

    /// A text of `count` characters, each drawn evenly from `alphabet`; empty when the alphabet is.
    package static func text(_ count: Int, from alphabet: [Character]) -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
}

/// Comparison that takes equally long wherever the first difference is, so that a secret cannot be guessed byte by byte.
package enum ConstantTime {
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    package static func equal(_ left: String, _ right: String) -> Bool { equal(Array(left.utf8), Array(right.utf8)) }
}
