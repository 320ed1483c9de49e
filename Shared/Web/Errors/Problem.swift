import Contracts
import Foundation
import HTTPTypes

/// One wrong field of a request.
package struct FieldProblem: Sendable, Hashable {
    /// A JSON pointer (RFC 6901) into the body: `/complainant/phone`. Form fields have the same pointers.
    package var pointer: String
    package var phrase: Phrase

    package init(pointer: String, phrase: Phrase) {
        self.pointer = pointer
        self.phrase = phrase
    }
}

/// Why a request is not done, in terms that the person who asked can use. As `application/problem+json` (RFC 9457) for
/// programs, as a page for people. Throw it from any handler:
///
/// ```swift
/// throw Problem.conflict(Phrase("routing.problem.alreadyAssigned"))
/// ```
///
/// It never carries the description of an internal error.
package struct Problem: Error, Sendable, Hashable {
    package var status: HTTPResponse.Status
    /// Names the kind of problem for programs; the last word of `type`, and of the keys `problem.<kind>.title`, `.text`.
    package var kind: String
    /// What happened, beyond what the kind says.
    package var detail: Phrase?
    package var errors: [FieldProblem]
    package var headers: HTTPFields

    package init(
        _ status: HTTPResponse.Status, kind: String, detail: Phrase? = nil, errors: [FieldProblem] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }
}

extension Problem {
    /// 400: the body cannot be read at all.
    package static func malformed(_ detail: Phrase? = nil) -> Problem {
        Problem(.badRequest, kind: "malformed", detail: detail)
    }

    /// 401: sign in first.
    package static var unauthenticated: Problem {
        Problem(.unauthorized, kind: "unauthenticated", headers: [.wwwAuthenticate: "Bearer realm=\"redress\""])
    }

    /// 403: signed in, but without the role, the department or the form's token.
    package static func forbidden(_ detail: Phrase? = nil) -> Problem {
        Problem(.forbidden, kind: "forbidden", detail: detail)
    }

    /// 404: there is no such thing, or not for you.
    package static func notFound(_ detail: Phrase? = nil) -> Problem {
        Problem(.notFound, kind: "notFound", detail: detail)
    }

    /// 405: the address exists, the method does not.
    package static func methodNotAllowed(_ allowed: [String]) -> Problem {
        Problem(.methodNotAllowed, kind: "methodNotAllowed", headers: [.allow: allowed.joined(separator: ", ")])
    }

    /// 409: not in this state.
    package static func conflict(_ detail: Phrase? = nil) -> Problem {
        Problem(.conflict, kind: "conflict", detail: detail)
    }

    /// 413: the body has more than `limit` bytes.
    package static func tooLarge(limit: Int) -> Problem {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        return Problem(.contentTooLarge, kind: "tooLarge", detail: Phrase("problem.tooLarge.limit", ["limit": size]))
    }

    /// 415: a body of a kind that this address does not read.
    package static var unsupportedMediaType: Problem { Problem(.unsupportedMediaType, kind: "unsupportedMediaType") }

    /// 422: these fields are wrong.
    package static func invalid(_ errors: [FieldProblem], detail: Phrase? = nil) -> Problem {
        Problem(.unprocessableContent, kind: "invalid", detail: detail, errors: errors)
    }

    /// 429: too often; again in so many seconds.
    package static func tooMany(retryAfter: Int) -> Problem {
        Problem(
            .tooManyRequests, kind: "tooMany",
            detail: Phrase("problem.tooMany.wait", ["seconds": String(retryAfter)]),
            headers: [.retryAfter: String(retryAfter)])
    }

    /// 503: not now; again in so many seconds.
    package static func unavailable(retryAfter: Int) -> Problem {
        Problem(.serviceUnavailable, kind: "unavailable", headers: [.retryAfter: String(retryAfter)])
    }

    /// 500: our mistake. The person gets the request id and nothing else.
    package static var unexpected: Problem { Problem(.internalServerError, kind: "unexpected") }
}

extension HTTPField.Name {
    /// The standard field that swift-http-types does not name.
    package static var xRequestID: HTTPField.Name { fixed("X-Request-Id") }
    package static var retryAfter: HTTPField.Name { fixed("Retry-After") }
    package static var referrerPolicy: HTTPField.Name { fixed("Referrer-Policy") }
    package static var permissionsPolicy: HTTPField.Name { fixed("Permissions-Policy") }
    package static var csrfToken: HTTPField.Name { fixed("X-CSRF-Token") }
    package static var idempotencyKey: HTTPField.Name { fixed("Idempotency-Key") }
    package static var secFetchSite: HTTPField.Name { fixed("Sec-Fetch-Site") }
    package static var traceparent: HTTPField.Name { fixed("traceparent") }

    /// The names above are tokens, so the fallback is never taken.
    private static func fixed(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .userAgent }
}

/// A decoding error as one sentence that names the place, without Swift's own words.
package struct DecodingProblem {
    /// A JSON pointer.
    package let pointer: String
    package let sentence: String

    package init(_ error: DecodingError) {
        let (path, text): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "is missing")
            case .valueNotFound(_, let context): (context.codingPath, "is null")
            case .typeMismatch(_, let context): (context.codingPath, "is of another type")
            case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
            @unknown default: ([], "cannot be read")
            }
        let pointer = path.map { "/" + ($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
        self.pointer = pointer
        sentence = pointer.isEmpty ? text : "\(pointer): \(text)"
    }
}
