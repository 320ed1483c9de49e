import Cryptography
import Foundation
import Hummingbird

/// `/signin` and `/signout`, in every service.
struct SignInPages {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/signin") { request, context in
            try form(context, next: context.query("next"))
        }
        router.post("/signin") { request, context in try await signIn(request, context) }
        router.post("/signout") { request, context in
            try refuseOtherSites(request)
            try await checkToken(request, context)
            var response = Response.redirect(to: "/signin")
            response.setCookie(site.cookie(SessionKeys.cookieName, "", maxAge: 0))
            return response
        }
    }

    private func form(
        _ context: WebContext, next: String?, name: String = "", error: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var data: [String: Any] = ["next": localPath(next) ?? "", "name": name]
        data["error"] = error
        return try context.page("signin", data, status: status)
    }

    private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        try refuseOtherSites(request)
        var fields = try await context.fields(of: request, limit: 16 * 1024)
        let next = fields.typed("next")
        let name = fields.text("name", required: true) ?? ""
        // Not through `text`: a password may begin or end with a space.
        let password = fields.typed("password") ?? ""
        if let wait = takeAttempt(name, context) {
            context.logger.warning("Sign-in refused: too many attempts", metadata: ["user": "\(name)"])
            var response = try form(
                context, next: next, name: name,
                error: context.text("signin.tooMany", ["seconds": String(wait)]), status: .tooManyRequests)
            response.headers[.retryAfter] = String(wait)
            return response
        }
        let user = site.staff.user(named: name)
        guard try await site.verifier.verify(password, against: user.flatMap { PasswordHash($0.password) }), let user
        else {
            context.logger.warning(
                "Sign-in failed", metadata: ["user": "\(name)", "from": "\(context.visit.remoteAddress)"])
            return try form(
                context, next: next, name: name, error: context.text("signin.wrong"), status: .unprocessableContent)
        }
        giveBackAttempt(name, context)
        context.logger.info("Signed in", metadata: ["user": "\(name)"])
        let session = site.keys.session(for: user, now: site.realNow())
        var response = Response.redirect(to: localPath(next) ?? site.settings.home)
        response.setCookie(
            site.cookie(SessionKeys.cookieName, site.keys.cookie(for: session), maxAge: SessionKeys.lifetime))
        return response
    }

    /// Seconds to wait, when this name or this address has failed too often.
    private func takeAttempt(_ name: String, _ context: WebContext) -> Int? {
        let now = site.realNow()
        if let wait = site.signInsByAddress.take(context.visit.remoteAddress, now: now) { return wait }
        return site.signInsByName.take(name, now: now)
    }

    private func giveBackAttempt(_ name: String, _ context: WebContext) {
        let now = site.realNow()
        site.signInsByAddress.giveBack(context.visit.remoteAddress, now: now)
        site.signInsByName.giveBack(name, now: now)
    }

    /// Nobody is signed in or out by a page of another site. Browsers say where a form comes from; before somebody has signed
    /// in there is no session that a token could belong to.
    private func refuseOtherSites(_ request: Request) throws(Problem) {
        let isFromElsewhere = request.headers[.secFetchSite] == "cross-site" || request.headers[.origin] == "null"
        if isFromElsewhere { throw .forbidden(Phrase("problem.forbidden.csrf")) }
    }

    /// Signing out is a form of the session like all others.
    private func checkToken(_ request: Request, _ context: WebContext) async throws {
        guard case .cookie(let session) = context.signedIn?.proof else { return }
        let fields = try await context.fields(of: request, limit: 16 * 1024)
        guard let token = fields.typed("csrf"), ConstantTime.equal(token, site.keys.csrfToken(session: session)) else {
            throw Problem.forbidden(Phrase("problem.forbidden.csrf"))
        }
    }

    /// An address within this service, and nothing else: `//elsewhere` and `/\elsewhere` lead away.
    private func localPath(_ next: String?) -> String? {
        guard let next, next.first == "/", !next.hasPrefix("//"), !next.contains("\\"),
            next.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f }),
            !next.hasPrefix("/signin"), !next.hasPrefix("/signout")
        else { return nil }
        return next
    }
}
