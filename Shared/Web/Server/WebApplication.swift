import Foundation
import Hummingbird
import Logging
import NIOCore
import Runtime
import ServiceLifecycle

extension Site {
    /// The HTTP server of a service: a `Service` for the service group.
    /// - Parameters:
    ///   - onRunning: told the port once the server listens; for tests, which let the system choose one.
    ///   - routes: adds the service's own.
    package func application(
        onRunning: @escaping @Sendable (Int) -> Void = { _ in }, routes: (Router<WebContext>) throws -> Void
    ) rethrows -> WebApplication {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: FrameworkErrors())
        SystemRoutes(site: self).add(to: router)
        SignInPages(site: self).add(to: router)
        try routes(router)
        router.answerOtherMethods()
        let responder = SiteResponder(site: self, router: router.buildResponder())
        return WebApplication(site: self, responder: responder, onRunning: onRunning)
    }
}

/// The HTTP server of a service. It stops accepting connections when the group shuts down, and finishes the requests
/// that have begun.
package struct WebApplication: Service {
    let site: Site
    /// Answers requests; tests may call it without a server.
    package let responder: SiteResponder
    let onRunning: @Sendable (Int) -> Void

    package func run() async throws {
        let settings = site.settings
        var logger = site.logger
        // The server's own chatter is ours at a lower level: the access log says what happens.
        logger.logLevel = max(logger.logLevel, .notice)
        let application = Application(
            responder: RespondingWith(responder: responder, logger: site.logger),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), backlog: 1024),
            onServerRunning: { [onRunning] channel in onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EADDRNOTAVAIL {
            throw CannotStart(
                "http.host and http.port name \(settings.host):\(settings.port), which "
                    + (error.errnoCode == EADDRINUSE ? "another process uses" : "this machine does not have"),
                exitCode: 69)
        }
    }
}

/// Gives requests the service's logger instead of the server's quieter one.
private struct RespondingWith: HTTPResponder {
    let responder: SiteResponder
    let logger: Logger

    func respond(to request: Request, context: Connection) async throws -> Response {
        var context = context
        context.logger = logger
        return try await responder.respond(to: request, context: context)
    }
}

/// The router answers the framework's own errors by itself, with an empty body, before anybody else sees them. As
/// problems they get through to `ErrorAnswer`.
private struct FrameworkErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            switch error.status {
            case .notFound: throw Problem.notFound()
            case .contentTooLarge: throw Problem.tooLarge(limit: context.site.settings.bodyLimit)
            case let status where status.kind == .clientError: throw Problem.malformed()
            default: throw error
            }
        }
    }
}

extension Router {
    /// Answers 405 with `Allow`, and `OPTIONS`, at every address that has a route for another method. Without this the
    /// router would answer 404 there.
    func answerOtherMethods() {
        var methods: [String: (path: RouterPath, allowed: Set<HTTPRequest.Method>)] = [:]
        for route in routes {
            methods[route.path.description, default: (route.path, [])].allowed.insert(route.method)
        }
        for (path, declared) in methods.values {
            let heads: Set<HTTPRequest.Method> = declared.contains(.get) ? [.head, .options] : [.options]
            let allowed = declared.union(heads).map(\.rawValue).sorted()
            for method in HTTPRequest.Method.standard where !declared.contains(method) {
                // HEAD is made from GET when the router is built.
                if method == .head, declared.contains(.get) { continue }
                on(path, method: method) { _, _ -> Response in
                    guard method == .options else { throw Problem.methodNotAllowed(allowed) }
                    return Response(status: .noContent, headers: [.allow: allowed.joined(separator: ", ")])
                }
            }
        }
    }
}
