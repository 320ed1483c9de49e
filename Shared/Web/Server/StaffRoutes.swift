import Cryptography
import Hummingbird

extension RouterMethods where Context == WebContext {
    /// Routes for members of staff with one of `roles`. Who is not signed in is sent to sign in (401 for programs); who
    /// lacks the role gets 403, which is logged; an unsafe method by cookie needs the form's CSRF token.
    package func staff(_ path: RouterPath = "", roles: Set<Role>) -> RouterGroup<SignedInContext> {
        group(path, context: SignedInContext.self).add(middleware: StaffGate(roles: roles))
    }
}

/// Lets through who has a role, and no request that another site made a browser send.
struct StaffGate: RouterMiddleware {
    let roles: Set<Role>

    func handle(
        _ request: Request, context: SignedInContext, next: (Request, SignedInContext) async throws -> Response
    ) async throws -> Response {
        guard context.identity.has(any: roles) else {
            context.logger.warning(
                "Refused: the role is missing",
                metadata: [
                    "user": "\(context.identity.name)", "path": "\(request.uri.path)",
                    "needs": "\(roles.map(\.rawValue).sorted().joined(separator: " "))",
                ])
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
        guard case .cookie(let session) = context.identity.proof, !request.method.isSafe else {
            return try await next(request, context)
        }
        var context = context
        let expected = context.site.keys.csrfToken(session: session)
        if let header = request.headers[.csrfToken] {
            try context.check(header, expected)
        } else {
            let fields = try await context.fields(of: request)
            try context.check(fields.typed("csrf"), expected)
            context.readFields = fields
        }
        return try await next(request, context)
    }
}

extension SignedInContext {
    fileprivate func check(_ token: String?, _ expected: String) throws(Problem) {
        guard let token, ConstantTime.equal(token, expected) else {
            logger.warning(
                "Refused: the form's token is missing or of another session", metadata: ["user": "\(identity.name)"])
            throw .forbidden(Phrase("problem.forbidden.csrf"))
        }
    }
}

extension HTTPRequest.Method {
    /// Methods that change nothing (RFC 9110 section 9.2.1).
    package var isSafe: Bool { self == .get || self == .head || self == .options || self == .trace }
}
