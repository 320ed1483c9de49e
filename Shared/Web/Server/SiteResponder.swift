import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore
import NIOHTTP1

/// What is known about a request before it is looked at.
package struct Connection: InitializableFromSource, Sendable {
    package var logger: Logger
    package var remoteAddress: String

    package init(source: ApplicationRequestContextSource) {
        logger = source.logger
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    package init(logger: Logger, remoteAddress: String) {
        self.logger = logger
        self.remoteAddress = remoteAddress
    }
}

/// Around all routes: finds out who asks, turns errors into answers, adds the headers that every answer has, measures
/// and logs.
package struct SiteResponder: HTTPResponder {
    package typealias Context = Connection

    let site: Site
    let router: RouterResponder<WebContext>

    package func respond(to request: Request, context connection: Connection) async throws -> Response {
        let began = ContinuousClock.now
        let visit = Visit(request, remoteAddress: connection.remoteAddress, site: site)
        var logger = connection.logger
        logger[metadataKey: "hb.request.id"] = nil
        logger[metadataKey: "request"] = "\(visit.requestID)"
        let context = WebContext(source: WebContext.Source(logger: logger, visit: visit))
        var response: Response
        do {
            response = try await router.respond(to: request, context: context)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            response = ErrorAnswer(context).response(to: await named(error, request, context))
        }
        complete(&response, visit, request)
        report(request, response, context, took: ContinuousClock.now - began)
        return response
    }

    /// The router knows no route for a method that it has never heard of, and says that there is nothing. Where the address
    /// takes other methods, that is what is wrong.
    private func named(_ error: any Error, _ request: Request, _ context: WebContext) async -> any Error {
        guard !request.method.isStandard, (error as? Problem)?.status == .notFound else { return error }
        var head = request.head
        head.method = .options
        let probe = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        guard let answer = try? await router.respond(to: probe, context: context), let allow = answer.headers[.allow]
        else { return error }
        return Problem.methodNotAllowed(allow.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }

    private func complete(_ response: inout Response, _ visit: Visit, _ request: Request) {
        response.headers[.xRequestID] = visit.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        if site.settings.secureCookies { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = site.contentSecurityPolicy
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if let asked = request.uri.queryParameters.get("lang").flatMap({ Language(tag: $0) }) {
            response.setCookie(site.cookie(Visit.languageCookie, asked.tag, maxAge: 31_536_000))
        }
    }

    /// One log line and one measurement for each request. The query is left out of both: it may hold a tracking code.
    private func report(_ request: Request, _ response: Response, _ context: WebContext, took: Duration) {
        let route = context.endpointPath ?? "NotFound"
        let nanoseconds = took.components.seconds * 1_000_000_000 + took.components.attoseconds / 1_000_000_000
        Metrics.Timer(
            label: "http.request",
            dimensions: [
                ("method", request.method.isStandard ? request.method.rawValue : "other"), ("route", route),
                ("status", "\(response.status.code)"),
            ]
        ).recordNanoseconds(nanoseconds)
        let isQuiet = route.hasPrefix("/assets") || ["/healthz", "/readyz", "/metrics"].contains(route)
        context.logger.log(
            level: isQuiet ? .debug : .info, "Answered",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path.prefix(200))",
                "status": "\(response.status.code)", "ms": "\(nanoseconds / 1_000_000)",
                "user": "\(context.signedIn?.name ?? "-")",
            ])
    }
}

extension Site {
    /// Nothing from elsewhere, no framing, no inline scripts. Forms may lead to the other services: the customer's page
    /// in one posts supplements to another.
    var contentSecurityPolicy: String {
        let sites = settings.sites
        let others =
            ([sites.intake, sites.routing, sites.callback, sites.reporting, sites.operations]
            + sites.departments.map(\.address)).map(\.absoluteString)
        return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self' \(others.joined(separator: " ")); base-uri 'none'; frame-ancestors 'none'"
    }

    /// A cookie of ours: for all services, not for scripts, not from other sites.
    package func cookie(_ name: String, _ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: settings.secureCookies, httpOnly: true,
            sameSite: .lax)
    }
}

extension HTTPRequest.Method {
    static let standard: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
    var isStandard: Bool { Self.standard.contains(self) }
}
