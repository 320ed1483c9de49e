import Contracts
import Cryptography

/// The code that the customer gets with the number, and needs to see or say anything about the complaint.
package enum TrackingCode {
    /// Ten characters of an alphabet without those that are mistaken for each other: 49 bits, which nobody guesses
    /// against a limit of attempts.
    package static func fresh() -> String { SecureRandom.text(10, from: alphabet) }

    package static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// What other services learn of it: SHA-256 of `number:code` in hexadecimal.
    package static func hash(_ code: String, of number: TicketNumber) -> String {
        SHA256.hex("\(number.text):\(normalized(code))")
    }

    /// Whether `code` is the one whose hash this is.
    package static func matches(_ code: String, of number: TicketNumber, hash: String) -> Bool {
        ConstantTime.equal(self.hash(code, of: number), hash)
    }

    /// People type small letters and spaces.
    package static func normalized(_ code: String) -> String {
        code.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    }
}
