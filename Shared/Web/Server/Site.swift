import Foundation
import Hummingbird
import Logging
import Runtime

/// Everything that the pages and the API of one service share: translations, templates, sign-in, assets, links to the
/// other services. One is made at start and lives as long as the process.
///
/// # How a service is written on it
///
/// ```swift
/// let site = try Site(SiteSettings(configuration.common, service: "routing", home: "/routing/"),
///                     bundle: .module, context: context)
/// let web = site.application { routes in
///     // Pages and API for staff: signed in, one of the roles, CSRF token checked on every unsafe method.
///     let desk = routes.staff("/routing", roles: [.coordinator, .manager])
///     desk.get { request, context in                                  // context: SignedInContext
///         try context.page("triage", ["complaints": rows])            // Web/Templates/triage.mustache
///     }
///     desk.post("api/complaints/{number}/judgement") { request, context in
///         let number = try context.ticketNumber()                     // 404 when it is not one
///         var fields = try await context.fields(of: request)          // JSON or form, the same names
///         let verdict = fields.choice("verdict", of: Verdict.self)
///         let reason = fields.text("reason", required: true, most: 2000)
///         try fields.check()                                          // 422 that names every wrong field
///         guard let verdict, let reason else { throw Problem.unexpected }
///         try await store.judge(number, verdict, reason, by: context.identity.actor)
///         return try context.json(Answer(…))
///     }
///     // Pages for customers: nobody is signed in; check number and code yourself.
///     routes.get("/callback/track/{number}") { request, context in … } // context: WebContext
/// }
/// return [database, relay, consumer, web]                             // it is a `Service`
/// ```
///
/// - A handler refuses by throwing a `Problem`; a program gets `application/problem+json`, a browser gets a page.
///   Any other error is logged under the request's id and answered with 500.
/// - A form page that is refused is shown again with what was typed: build it with `FormView`, catch the `Problem`.
/// - Templates start with `{{<layout}}` and fill `{{$title}}` and `{{$main}}`; sentences are `{{t.some.key}}` from
///   `Web/Strings/zh-Hans.yaml` and `en.yaml`; every form of staff holds `{{>csrf}}`.
/// - After a successful form: `context.redirect(to: "/routing/", flash: Phrase("routing.judged"))`.
/// - `/healthz`, `/readyz`, `/metrics`, `/signin`, `/signout` and `/assets/…` are there already.
package final class Site: Sendable {
    package let settings: SiteSettings
    package let translations: Translations
    package let templates: Templates
    package let keys: SessionKeys
    package let staff: StaffDirectory
    package let verifier: PasswordVerifier
    package let assets: AssetStore
    package let health: HealthRegistry
    package let metrics: PrometheusRegistry
    package let logger: Logger
    /// The product's time, which may run faster than the real one: for deadlines and everything that is recorded.
    package let now: @Sendable () -> Date
    /// The real time: for sessions and for limiting attempts.
    package let realNow: @Sendable () -> Date
    /// Failed sign-ins for each name, and for each address.
    let signInsByName = AttemptLimiter(capacity: 5, refillEvery: 60)
    let signInsByAddress = AttemptLimiter(capacity: 30, refillEvery: 10)

    /// - Parameter bundle: the service's `Bundle.module`, which holds the folders `Templates` and `Strings`.
    /// - Throws: `SiteFailure` when a file that the settings name cannot be used.
    package convenience init(_ settings: SiteSettings, bundle: Bundle, context: ServiceContext) throws {
        try self.init(
            settings, bundles: [bundle], health: context.health, metrics: context.metrics, logger: context.logger,
            now: { context.time.now() })
    }

    /// The parts one by one, for tests.
    package init(
        _ settings: SiteSettings, bundles: [Bundle] = [], health: HealthRegistry = HealthRegistry(),
        metrics: PrometheusRegistry = PrometheusRegistry(), logger: Logger = Logger(label: "web"),
        verifier: PasswordVerifier = PasswordVerifier(), now: @escaping @Sendable () -> Date = { Date() },
        realNow: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let folders = ([Bundle.module] + bundles).compactMap(\.resourceURL)
        do {
            translations = try Translations(folders: folders.map { $0.appendingPathComponent("Strings") })
            templates = try Templates(folders: folders.map { $0.appendingPathComponent("Templates") })
        } catch let problem as TranslationProblem {
            throw SiteFailure("translations: \(problem)")
        } catch let problem as TemplateProblem {
            throw SiteFailure("templates: \(problem)")
        }
        assets = try AssetStore(
            own: folders[0].appendingPathComponent("Assets"), bootstrap: URL(fileURLWithPath: settings.bootstrapFolder))
        staff = try StaffDirectory(file: settings.usersFile.map { URL(fileURLWithPath: $0) }, logger: logger)
        if let secretFile = settings.secretFile {
            keys = try SessionKeys(file: URL(fileURLWithPath: secretFile))
        } else {
            logger.notice("signin.secretFile is not set: sessions end with this process and serve it alone")
            keys = SessionKeys(secret: SecretOfThisProcess.bytes)
        }
        self.settings = settings
        self.verifier = verifier
        self.health = health
        self.metrics = metrics
        self.logger = logger
        self.now = now
        self.realNow = realNow
    }
}
