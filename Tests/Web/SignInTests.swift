import Cryptography
import Foundation
import Synchronization
import TestSupport
import Testing
import Web

@Suite struct SignInTests {
    private static let judgement = "/routing/api/complaints/C20261121-01-000001/judgement"

    @Test("Who is not signed in is sent to sign in; a program is told 401")
    func anonymous() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let page = try await client.get("/routing/?state=open", headers: ["Accept": "text/html"])
            #expect(page.status == 303)
            #expect(page["location"] == "/signin?next=%2Frouting%2F%3Fstate%3Dopen")
            let api = try await client.post(Self.judgement, json: "{}")
            #expect(api.status == 401)
            #expect(api["www-authenticate"]?.hasPrefix("Bearer") == true)
        }
    }

    @Test("Signing in leads on to where one wanted to go, and the cookie opens the page")
    func signIn() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let form = [("name", "coordinator"), ("password", TestStaff.password), ("next", "/routing/?a=1")]
            let answer = try await client.post("/signin", form: form)
            #expect(answer.status == 303)
            #expect(answer["location"] == "/routing/?a=1")
            let header = try #require(answer.headers.first { $0.name == "set-cookie" }?.value)
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
                #expect(header.contains(attribute))
            }
            var staff = client
            staff.cookies[SessionKeys.cookieName] = answer.cookie(SessionKeys.cookieName)
            #expect(try await staff.get("/routing/").text == "hello coordinator")
        }
    }

    @Test(
        "Only addresses within the service are led on to",
        arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/signin", "/a\tb", ""])
    func openRedirect(next: String) async throws {
        let test = try TestSite()
        let answer = try await withServer(test.site, routes: TestSite.addRoutes) { client in
            try await client.post(
                "/signin", form: [("name", "agent"), ("password", TestStaff.password), ("next", next)])
        }
        #expect(answer["location"] == "/routing/")
    }

    @Test("Signing out needs the session's token; a page of nowhere in particular signs nobody in")
    func signOut() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let staff = try await client.signedIn(as: .coordinator)
            let page = try await staff.get("/routing/form")
            #expect(page.text.contains("action=\"/signout\"><input type=\"hidden\" name=\"csrf\""))
            #expect(try await staff.post("/signout", form: []).status == 403)
            #expect(try await staff.post("/signout", form: [("csrf", "guessed")]).status == 403)
            let out = try await staff.post("/signout", form: [("csrf", try #require(page.hidden("csrf")))])
            #expect(out.status == 303)
            #expect(out.headers.contains { $0.name == "set-cookie" && $0.value.contains("Max-Age=0") })
            let form = [("name", "coordinator"), ("password", TestStaff.password)]
            for header in [["Sec-Fetch-Site": "cross-site"], ["Origin": "null"]] {
                #expect(try await client.post("/signin", form: form, headers: header).status == 403)
            }
        }
    }

    @Test("A role that is missing is 403, for a page and for a program")
    func role() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let agent = try await client.signedIn(as: .agent)
            let page = try await agent.get("/routing/", headers: ["Accept": "text/html"])
            #expect(page.status == 403)
            #expect(page.text.contains("您的角色不能使用此功能"))
            var program = client
            program.token = "agent-token"
            let api = try await program.post(Self.judgement, json: "{}")
            #expect(api.status == 403)
            #expect(api["content-type"]?.hasPrefix("application/problem+json") == true)
        }
    }

    @Test("A bearer token opens what its role may, and a wrong one nothing, whatever cookie comes with it")
    func bearer() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            var program = try await client.signedIn(as: .coordinator)
            program.token = "coordinator-token"
            let answer = try await program.post(
                Self.judgement, json: #"{"verdict": "valid", "reason": "属实", "about": {"amount": "12.50"}}"#)
            #expect(answer.text == #"["C20261121-01-000001","valid","属实","12.50"]"#)
            program.token = "coordinator-toke"
            #expect(try await program.get("/routing/").status == 401)
        }
    }

    @Test("An unsafe method by cookie needs the token of the form, in the form or in a header")
    func csrf() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let staff = try await client.signedIn(as: .coordinator)
            let token = try await staff.get("/routing/token").text
            let fields = [("verdict", "valid"), ("reason", "ok")]
            #expect(try await staff.post(Self.judgement, form: fields).status == 403)
            #expect(try await staff.post(Self.judgement, form: fields + [("csrf", "x")]).status == 403)
            #expect(try await staff.post(Self.judgement, json: #"{"verdict":"valid","reason":"ok"}"#).status == 403)
            #expect(try await staff.post(Self.judgement, form: fields + [("csrf", token)]).status == 200)
            let byHeader = try await staff.post(
                Self.judgement, json: #"{"verdict":"valid","reason":"ok"}"#, headers: ["X-CSRF-Token": token])
            #expect(byHeader.status == 200)
            let other = try await client.signedIn(as: .coordinator)
            #expect(try await other.post(Self.judgement, form: fields + [("csrf", token)]).status == 403)
        }
    }

    @Test("Every wrong field is named at once, in the reader's language")
    func wrongFields() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            var program = client
            program.token = "coordinator-token"
            let answer = try await program.post(
                Self.judgement, json: #"{"verdict": "perhaps", "about": {"amount": 12.5}}"#,
                headers: ["Accept-Language": "en"])
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/verdict", "/reason", "/about/amount"])
            #expect(answer.text.contains("Please fill this in."))
            let path = "/routing/api/complaints/nonsense/judgement"
            #expect(try await program.post(path, json: "{}").status == 404)
        }
    }

    @Test("Guessing is slowed down by name, and told how long to wait")
    func throttling() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        let test = try TestSite(realNow: { clock.withLock { $0 } })
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let wrong = [("name", "agent"), ("password", "guess")]
            for _ in 0..<5 { #expect(try await client.post("/signin", form: wrong).status == 422) }
            let refused = try await client.post("/signin", form: wrong)
            #expect(refused.status == 429)
            #expect(refused["retry-after"] == "60")
            let right = [("name", "agent"), ("password", TestStaff.password)]
            #expect(try await client.post("/signin", form: right).status == 429)
            clock.withLock { $0 += 61 }
            #expect(try await client.post("/signin", form: right).status == 303)
            // A success costs nothing.
            #expect(try await client.post("/signin", form: right).status == 303)
        }
    }

    @Test("A session ends with its time, with the person and with the password")
    func sessionsEnd() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        let test = try TestSite(realNow: { clock.withLock { $0 } })
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let staff = try await client.signedIn(as: .coordinator)
            #expect(try await staff.get("/routing/").status == 200)
            clock.withLock { $0 += 12 * 3600 + 1 }
            #expect(try await staff.get("/routing/").status == 303)
            let again = try await client.signedIn(as: .coordinator)
            #expect(try await again.get("/routing/").status == 200)
            try test.staff.write(StaffDirectory.Contents(users: [try TestStaff.user(.coordinator)]))
            #expect(try await again.get("/routing/").status == 303)
            let third = try await client.signedIn(as: .coordinator)
            try test.staff.write(StaffDirectory.Contents(users: [try TestStaff.user(.agent)]))
            #expect(try await third.get("/routing/").status == 303)
        }
    }

    @Test("A cookie that was changed is nobody's")
    func forged() throws {
        let keys = SessionKeys(secret: SecureRandom.bytes(32))
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let session = keys.session(for: try TestStaff.user(.agent), now: now)
        let cookie = keys.cookie(for: session)
        #expect(keys.session(cookie: cookie, now: now) == session)
        let forged = cookie.replacingOccurrences(of: Base64URL.text("agent".utf8), with: Base64URL.text("boss".utf8))
        #expect(forged != cookie)
        #expect(keys.session(cookie: forged, now: now) == nil)
        #expect(SessionKeys(secret: SecureRandom.bytes(32)).session(cookie: cookie, now: now) == nil)
        #expect(keys.session(cookie: "", now: now) == nil)
        #expect(keys.session(cookie: cookie, now: session.expires) == nil)
    }

    @Test("A users file that became unreadable leaves the old one in force")
    func brokenFile() throws {
        let folder = try TemporaryFolder()
        let staff = try TestStaff(folder: folder.url)
        let directory = try StaffDirectory(file: URL(fileURLWithPath: staff.usersFile), logger: .init(label: "test"))
        #expect(directory.user(named: "agent") != nil)
        try "{".write(toFile: staff.usersFile, atomically: true, encoding: .utf8)
        #expect(directory.user(named: "agent") != nil)
        #expect(throws: SiteFailure.self) {
            try StaffDirectory(file: URL(fileURLWithPath: staff.usersFile), logger: .init(label: "test"))
        }
    }
}
