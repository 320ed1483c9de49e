import Cryptography
import Foundation
import Hummingbird

extension Visit {
    /// Finds out who asks, and in which language.
    init(_ request: Request, remoteAddress: String, site: Site) {
        let cookies = request.cookies
        let query = (try? URLEncodedForm.parse(request.uri.query ?? "")) ?? []
        let bearer = Self.bearerToken(request)
        let byToken = bearer.flatMap { Self.identity(token: $0, site: site) }
        self.site = site
        requestID = SecureRandom.text(12, from: Self.idAlphabet)
        language = Language.choose(
            query: query.first { $0.name == "lang" }?.value, cookie: cookies[Self.languageCookie]?.value,
            acceptLanguage: request.headers[.acceptLanguage])
        identity =
            bearer != nil
            ? byToken : cookies[SessionKeys.cookieName].flatMap { Self.identity(cookie: $0.value, site: site) }
        hasBadToken = bearer != nil && byToken == nil
        self.remoteAddress = remoteAddress
        traceparent = TraceContext.continued(request.headers[.traceparent])
        head = request.head
        uri = request.uri
    }

    package static let languageCookie = "redress_language"
    /// Letters and digits that are not mistaken for each other when they are read out.
    private static let idAlphabet = Array("23456789abcdefghjkmnpqrstuvwxyz")

    private static func bearerToken(_ request: Request) -> String? {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return header.dropFirst("bearer ".count).trimmingCharacters(in: .whitespaces)
    }

    private static func identity(token: String, site: Site) -> Identity? {
        site.staff.token(token).map {
            Identity(name: $0.name, roles: [$0.role], department: $0.department, proof: .bearer)
        }
    }

    private static func identity(cookie: String, site: Site) -> Identity? {
        guard let session = site.keys.session(cookie: cookie, now: site.realNow()),
            let user = site.staff.user(named: session.name), site.keys.isCurrent(session, for: user)
        else { return nil }
        return Identity(
            name: user.name, roles: user.roles, department: user.department, proof: .cookie(session: session.id))
    }
}

/// W3C Trace Context, as far as a service needs it: the trace goes on, with a span of its own.
package enum TraceContext {
    /// The `traceparent` for what this request causes: in the trace of `header` when that is valid, else in a new one.
    package static func continued(_ header: String?) -> String {
        let span = Hex.text(SecureRandom.bytes(8))
        if let parts = header?.split(separator: "-", omittingEmptySubsequences: false), parts.count == 4,
            parts[0] == "00", isHex(parts[1], 32), isHex(parts[2], 16), isHex(parts[3], 2)
        {
            return "00-\(parts[1])-\(span)-\(parts[3])"
        }
        return "00-\(Hex.text(SecureRandom.bytes(16)))-\(span)-01"
    }

    private static func isHex(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count && text.contains { $0 != "0" } || count == 2 && text.utf8.count == 2
            ? text.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) } : false
    }
}
