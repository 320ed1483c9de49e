import Contracts
import Cryptography
import Foundation
import Hummingbird
import HummingbirdCore
import Logging

/// What a handler knows about the request it answers, whoever sent it. Pages for customers and for everybody get this
/// one; pages for staff get `SignedInContext`.
package protocol PageContext: RequestContext {
    /// The shared facts of the request.
    var visit: Visit { get }
    /// Who is signed in, if anybody.
    var signedIn: Identity? { get }
    /// The body, when it has been read already.
    var readFields: Fields? { get }
}

/// The facts of one request.
package struct Visit: Sendable {
    package let site: Site
    /// Shown to people when something goes wrong, and in every log line of the request.
    package let requestID: String
    package var language: Language
    /// Who is signed in, by cookie or bearer token, if anybody.
    package let identity: Identity?
    /// True when a bearer token was sent that nobody has.
    package let hasBadToken: Bool
    /// The address of the peer, without port.
    package let remoteAddress: String
    /// The W3C trace context that messages caused by this request carry on.
    package let traceparent: String
    package let head: HTTPRequest
    package let uri: URI
}

/// The context of every request.
package struct WebContext: PageContext {
    package struct Source: RequestContextSource {
        package let logger: Logger
        package let visit: Visit
    }

    package var coreContext: CoreRequestContextStorage
    package var visit: Visit

    package init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        visit = source.visit
    }

    package var signedIn: Identity? { visit.identity }
    package var readFields: Fields? { nil }
    package var maxUploadSize: Int { visit.site.settings.bodyLimit }
}

/// The context of a request by somebody who has signed in. That there is one proves it.
package struct SignedInContext: ChildRequestContext, PageContext {
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let identity: Identity
    package var readFields: Fields?

    /// - Throws: `Problem` with 401 when nobody is signed in.
    package init(context: WebContext) throws {
        guard let identity = context.signedIn else { throw Problem.unauthenticated }
        coreContext = context.coreContext
        visit = context.visit
        self.identity = identity
    }

    package var signedIn: Identity? { identity }
    package var maxUploadSize: Int { visit.site.settings.bodyLimit }
}

extension PageContext {
    package var site: Site { visit.site }
    package var language: Language { visit.language }
    package var requestID: String { visit.requestID }
    package var now: Date { site.now() }

    /// A sentence in the reader's language.
    package func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.translations.text(Phrase(key, values), language)
    }

    package func text(_ phrase: Phrase) -> String { site.translations.text(phrase, language) }

    /// A value from the address's query.
    package func query(_ name: String) -> String? {
        (try? URLEncodedForm.parse(visit.uri.query ?? ""))?.first { $0.name == name }?.value
    }

    /// The ticket number in the path, under `{number}`.
    /// - Throws: `Problem` with 404 when it is not one.
    package func ticketNumber(_ parameter: String = "number") throws(Problem) -> TicketNumber {
        guard let text = parameters.get(parameter), let number = TicketNumber(text) else {
            throw .notFound(Phrase("problem.notFound.ticket"))
        }
        return number
    }

    /// Whether the answer should be a page: the browser says so, or the address is not one of the API's.
    package var wantsPage: Bool {
        let accepts = visit.head.headerFields[.accept] ?? "*/*"
        if accepts.contains("text/html") { return true }
        return !visit.uri.path.split(separator: "/").contains("api") && !accepts.contains("json")
    }
}
