import Cryptography
import Foundation

/// What a session cookie says: who signed in, and until when. Nothing in it is secret; all of it is signed.
package struct Session: Sendable, Hashable {
    /// Random; CSRF tokens are bound to it.
    package var id: String
    package var name: String
    package var expires: Date
    /// Changes with the person's password, so that a new password ends every older session.
    package var passwordMark: String
}

/// The secret that all services of an installation share (`signin.secretFile`), and what it signs. Because cookies
/// do not know ports and every service has the same secret, one sign-in serves them all.
package struct SessionKeys: Sendable {
    package static let cookieName = "redress_session"
    /// How long a sign-in lasts, in seconds.
    package static let lifetime = 12 * 60 * 60

    private let sessionKey: [UInt8]
    private let csrfKey: [UInt8]
    private let flashKey: [UInt8]
    private let markKey: [UInt8]

    package init(secret: [UInt8]) {
        // One key for each purpose, so that what is signed for one never passes for another.
        sessionKey = HMACSHA256.code(for: Array("session".utf8), key: secret)
        csrfKey = HMACSHA256.code(for: Array("csrf".utf8), key: secret)
        flashKey = HMACSHA256.code(for: Array("flash".utf8), key: secret)
        markKey = HMACSHA256.code(for: Array("mark".utf8), key: secret)
    }

    /// Reads the secret: at least 32 bytes in hexadecimal.
    /// - Throws: `SiteFailure` that names the key and never the secret.
    package init(file: URL) throws(SiteFailure) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw SiteFailure("signin.secretFile: \(file.path): cannot be read")
        }
        guard let secret = Hex.bytes(text.trimmingCharacters(in: .whitespacesAndNewlines)), secret.count >= 32 else {
            throw SiteFailure("signin.secretFile: \(file.path): not 32 bytes or more in hexadecimal")
        }
        self.init(secret: secret)
    }

    /// A new session for somebody who has just proved who they are.
    package func session(for user: StaffDirectory.User, now: Date) -> Session {
        Session(
            id: SecureRandom.token(bytes: 18), name: user.name,
            expires: now.addingTimeInterval(Double(Self.lifetime)), passwordMark: mark(user))
    }

    /// The cookie's value.
    package func cookie(for session: Session) -> String {
        let fields = [
            session.id, Base64URL.text(session.name.utf8), String(Int(session.expires.timeIntervalSince1970)),
            session.passwordMark,
        ]
        let text = fields.joined(separator: ".")
        return "\(text).\(sign(text, key: sessionKey))"
    }

    /// The session in a cookie; absent when it is not ours or is over.
    package func session(cookie: String, now: Date) -> Session? {
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5,
            ConstantTime.equal(sign(parts[0..<4].joined(separator: "."), key: sessionKey), parts[4]),
            let name = Base64URL.bytes(parts[1]).flatMap({ String(bytes: $0, encoding: .utf8) }),
            let expires = Int(parts[2]).map({ Date(timeIntervalSince1970: Double($0)) }), expires > now
        else { return nil }
        return Session(id: parts[0], name: name, expires: expires, passwordMark: parts[3])
    }

    /// Whether the session was begun with the password that the person has now.
    package func isCurrent(_ session: Session, for user: StaffDirectory.User) -> Bool {
        ConstantTime.equal(session.passwordMark, mark(user))
    }

    /// The token that forms of a session carry.
    package func csrfToken(session: String) -> String { sign(session, key: csrfKey) }

    /// Text that comes back from the browser as it was sent, or not at all.
    package func sealed(_ text: String) -> String {
        let body = Base64URL.text(text.utf8)
        return "\(body).\(sign(body, key: flashKey))"
    }

    package func opened(_ sealed: String) -> String? {
        let parts = sealed.split(separator: ".").map(String.init)
        guard parts.count == 2, ConstantTime.equal(sign(parts[0], key: flashKey), parts[1]) else { return nil }
        return Base64URL.bytes(parts[0]).flatMap { String(bytes: $0, encoding: .utf8) }
    }

    private func sign(_ text: String, key: [UInt8]) -> String {
        Base64URL.text(HMACSHA256.code(for: Array(text.utf8), key: key))
    }

    private func mark(_ user: StaffDirectory.User) -> String { String(sign(user.password, key: markKey).prefix(11)) }
}
