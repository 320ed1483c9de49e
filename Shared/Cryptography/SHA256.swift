import CCrypto
import Foundation

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The 32 bytes of the digest.
    package static func digest(_ data: some DataProtocol) -> [UInt8] {
        let message = Array(data)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = CCrypto.SHA256(message, message.count, &digest)
        return digest
    }

    /// The digest in lower-case hexadecimal: how evidence and tokens are named.
    package static func hex(_ data: some DataProtocol) -> String { Hex.text(digest(data)) }

    /// The digest of a text's UTF-8 bytes in lower-case hexadecimal.
    package static func hex(_ text: String) -> String { hex(Array(text.utf8)) }
}

/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    /// The 32 bytes that only a holder of `key` can compute for `message`.
    package static func code(for message: some DataProtocol, key: some DataProtocol) -> [UInt8] {
        let key = Array(key)
        let message = Array(message)
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var length: UInt32 = 0
        _ = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
        return code
    }
}
