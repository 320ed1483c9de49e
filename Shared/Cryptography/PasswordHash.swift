import CCrypto
import Foundation

/// A password as it is stored: scrypt (RFC 7914) in a string that carries its own parameters,
/// `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`, both in base64 without padding.
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    /// How much work and memory one guess costs.
    package struct Cost: Hashable, Sendable {
        /// The logarithm to base 2 of scrypt's N; memory is 128 · N · r bytes.
        package var logN: Int
        package var r: Int
        package var p: Int

        package init(logN: Int, r: Int, p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// N = 2^15, r = 8, p = 1: 32 MiB and some 100 ms for one guess.
        package static let standard = Cost(logN: 15, r: 8, p: 1)

        /// What a stored hash may ask for: enough for any sensible choice, too little to exhaust the machine.
        fileprivate var isAllowed: Bool { (1...20).contains(logN) && (1...32).contains(r) && (1...16).contains(p) }
    }

    package let cost: Cost
    package let salt: [UInt8]
    package let hash: [UInt8]

    /// Hashes `password` with a fresh random salt. Takes as long as `cost` says: keep it off event loops.
    /// - Throws: `CryptographyError` when there is not enough memory, or the cost is out of bounds.
    package init(password: String, cost: Cost = .standard) throws(CryptographyError) {
        let salt = SecureRandom.bytes(16)
        self.cost = cost
        self.salt = salt
        hash = try Self.derive(password: Array(password.utf8), salt: salt, cost: cost, length: 32)
    }

    /// Reads a stored hash; fails when it is not of the form above.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            let salt = Base64.bytes(String(parts[3])), let hash = Base64.bytes(String(parts[4])),
            salt.count >= 8, hash.count >= 16
        else { return nil }
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    package var description: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(Base64.text(salt))$\(Base64.text(hash))"
    }

    /// Whether this is the hash of `password`. Takes as long as the cost says: keep it off event loops.
    /// - Throws: `CryptographyError` when there is not enough memory.
    package func verify(_ password: String) throws(CryptographyError) -> Bool {
        let candidate = try Self.derive(
            password: Array(password.utf8), salt: salt, cost: cost, length: hash.count)
        return ConstantTime.equal(candidate, hash)
    }

    /// scrypt itself.
    package static func derive(
        password: [UInt8], salt: [UInt8], cost: Cost, length: Int
    ) throws(CryptographyError) -> [UInt8] {
        guard cost.isAllowed, length > 0 else { throw CryptographyError(operation: "scrypt") }
        var key = [UInt8](repeating: 0, count: length)
        let n = UInt64(1) << UInt64(cost.logN)
        // libcrypto counts its own tables too; its default limit is just below what the standard cost needs.
        let memory = 128 * (n + UInt64(cost.p) + 2) * UInt64(cost.r) + 1 << 20
        let result = password.withUnsafeBytes { bytes in
            EVP_PBE_scrypt(
                bytes.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count, n, UInt64(cost.r),
                UInt64(cost.p), memory, &key, length)
        }
        guard result == 1 else { throw CryptographyError(operation: "scrypt") }
        return key
    }

    private static func cost(_ text: Substring) -> Cost? {
        let values = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        guard values.count == 3, values.allSatisfy({ $0.count == 2 }), values.map(\.[0]) == ["ln", "r", "p"],
            let logN = Int(values[0][1]), let r = Int(values[1][1]), let p = Int(values[2][1])
        else { return nil }
        let cost = Cost(logN: logN, r: r, p: p)
        return cost.isAllowed ? cost : nil
    }
}

/// libcrypto could not do what it was asked to.
package struct CryptographyError: Error, Hashable {
    package var operation: String
}
