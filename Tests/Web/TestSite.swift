import Cryptography
import Foundation
import Hummingbird
import Logging
import TestSupport
import Web

/// A site with staff, for tests that talk to it.
struct TestSite {
    let folder: TemporaryFolder
    let staff: TestStaff
    let site: Site

    init(
        bodyLimit: Int = 1 << 20, now: @escaping @Sendable () -> Date = { Date() },
        realNow: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        folder = try TemporaryFolder()
        staff = try TestStaff(folder: folder.url)
        site = try Site(
            .test(service: "routing", home: "/routing/", staff: staff, bodyLimit: bodyLimit), logger: .quiet,
            verifier: PasswordVerifier(decoyCost: PasswordHash.Cost(logN: 4, r: 1, p: 1)), now: now, realNow: realNow)
    }

    /// Routes of every kind that tests ask for.
    static func addRoutes(to routes: Router<WebContext>) {
        let desk = routes.staff("/routing", roles: [.coordinator])
        desk.get { _, context in "hello \(context.identity.name)" }
        desk.get("form") { _, context in try context.page("signin", ["next": "", "name": ""]) }
        desk.get("token") { _, context in
            guard case .cookie(let session) = context.identity.proof else { return "" }
            return context.site.keys.csrfToken(session: session)
        }
        desk.post("api/complaints/{number}/judgement") { request, context in
            let number = try context.ticketNumber()
            var fields = try await context.fields(of: request)
            let verdict = fields.choice("verdict", of: ["valid", "invalid"])
            let reason = fields.text("reason", required: true, most: 20)
            let amount = fields.money("about.amount")
            try fields.check()
            return try context.json([number.text, verdict ?? "", reason ?? "", amount?.text ?? ""])
        }
        routes.post("/open/echo") { request, context in
            var fields = try await context.fields(of: request)
            let text = fields.text("text", required: true, most: 5_000_000)
            let files = fields.files("evidence").map { "\($0.name) \($0.mediaType) \($0.bytes.count)" }
            try fields.check()
            return try context.json([text ?? ""] + files)
        }
        routes.get("/open/broken") { _, _ -> String in throw InternalMistake(secret: "password=hunter2") }
        routes.get("/open/flash") { _, context in
            context.redirect(to: "/signin", flash: Phrase("signin.wrong"))
        }
        routes.get("/open/new") { _, _ in "new" }
        routes.post("/open/{id}") { _, _ in "id" }
    }

    struct InternalMistake: Error { var secret: String }
}
