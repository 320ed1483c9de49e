import Contracts
import Cryptography
import Foundation
import Hummingbird
import Runtime
import TestSupport
import Testing
import Web

@Suite struct PagesTests {
    @Test("Both languages say the same things, and every sentence that is asked for exists")
    func translations() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = folder.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Shared/Web")
        #expect(try TranslationCheck.problems(of: TestSite().site, sources: [sources]).isEmpty)
    }

    @Test("Every problem has its words in both languages")
    func problemWords() throws {
        let site = try TestSite().site
        let problems: [Problem] = [
            .malformed(), .unauthenticated, .forbidden(), .notFound(), .methodNotAllowed([]), .conflict(),
            .tooLarge(limit: 1), .unsupportedMediaType, .invalid([]), .tooMany(retryAfter: 1),
            .unavailable(retryAfter: 1), .unexpected,
        ]
        for problem in problems {
            #expect(site.translations.has("problem.\(problem.kind).title"))
            #expect(site.translations.has("problem.\(problem.kind).text"))
        }
        for role in Role.allCases { #expect(site.translations.has("role.\(role.rawValue)")) }
        for area in Area.allCases { #expect(site.translations.has("navigation.\(area.rawValue)")) }
    }

    @Test("A missing translation is an error in a strict site, and is seen in another")
    func missingTranslation() throws {
        let folder = try TemporaryFolder()
        try "a: {b: 甲}".write(toFile: folder.path("zh-Hans.yaml"), atomically: true, encoding: .utf8)
        try "a: {c: C}".write(toFile: folder.path("en.yaml"), atomically: true, encoding: .utf8)
        let translations = try Translations(folders: [folder.url])
        #expect(translations.lopsided == ["a.b", "a.c"])
        #expect(translations.text(Phrase("a.c"), .zhHans) == "⟦a.c⟧")
        #expect(!translations.has("a.b"))
        #expect(throws: TranslationProblem.self) { try Translations(folders: [folder.url, folder.url]) }
    }

    @Test(
        "Markup is escaped scalar by scalar: an accent does not hide a quotation mark",
        arguments: [
            ("<b>", "&lt;b&gt;"), ("\"\u{301} onclick=x", "&quot;\u{301} onclick=x"),
            ("<\u{308}script", "&lt;\u{308}script"),
            ("a&b'c", "a&amp;b&#39;c"), ("你好", "你好"),
        ])
    func escaping(text: String, escaped: String) throws {
        #expect(ScalarHTML().escapeText(text).unicodeScalars.elementsEqual(escaped.unicodeScalars))
        let folder = try TemporaryFolder()
        try "<i title=\"{{x}}\">{{>inner}}".write(
            toFile: folder.path("outer.mustache"), atomically: true, encoding: .utf8)
        try "{{x}}".write(toFile: folder.path("inner.mustache"), atomically: true, encoding: .utf8)
        let html = try Templates(folders: [folder.url]).render("outer", ["x": text])
        #expect(html.unicodeScalars.elementsEqual("<i title=\"\(escaped)\">\(escaped)".unicodeScalars))
    }

    @Test("What was typed into the sign-in form comes back as text, not as markup")
    func typedMarkup() async throws {
        let test = try TestSite()
        try await withServer(test.site) { client in
            let answer = try await client.post(
                "/signin", form: [("name", "\"><script>alert(1)</script>"), ("password", "x")])
            #expect(answer.status == 422)
            #expect(!answer.text.contains("<script>alert"))
            #expect(answer.text.contains("&quot;&gt;&lt;script&gt;"))
        }
    }

    @Test("The navigation shows what the roles may see, and a handler's own department alone")
    func navigation() throws {
        var settings = SiteSettings.test(service: "reporting", home: "/reporting/")
        settings.sites.departments = [
            DepartmentSite(id: try #require(DepartmentID("logistics")), address: settings.sites.intake),
            DepartmentSite(
                id: try #require(DepartmentID("sales")), address: settings.sites.intake,
                title: LocalizedText(zhHans: "销售部", en: "Sales")),
        ]
        let navigation = Navigation(settings)
        func titles(_ roles: Set<Role>, _ department: String? = nil) -> [String] {
            navigation.items(for: Identity(name: "x", roles: roles, department: department, proof: .bearer))
                .map { $0.department?.en ?? $0.titleKey }
        }
        #expect(navigation.items(for: nil).isEmpty)
        #expect(titles([.operator]) == ["navigation.reporting", "navigation.operations"])
        #expect(
            titles([.handler], "logistics") == ["navigation.mine", "navigation.departments", "navigation.reporting"])
        #expect(
            titles([.manager])
                == [
                    "navigation.mine", "navigation.routing", "logistics", "Sales", "navigation.reporting",
                    "navigation.operations",
                ])
        let manager = Identity(name: "x", roles: [.manager], proof: .bearer)
        #expect(navigation.items(for: manager).filter(\.isHere).map(\.titleKey) == ["navigation.reporting"])
        let mine = Navigation(settings, at: "/reporting/mine").items(for: manager).filter(\.isHere)
        #expect(mine.map(\.titleKey) == ["navigation.mine"])
    }

    @Test("V02 Early warnings are in the navigation of those who write them down, where the pack has them")
    func warnings() throws {
        var settings = SiteSettings.test(service: "departments", home: "/departments/service/")
        func titles(_ role: Role, at path: String = "") -> [String] {
            Navigation(settings, at: path).items(for: Identity(name: "x", roles: [role], proof: .bearer))
                .filter { path.isEmpty || $0.isHere }.map(\.titleKey)
        }
        #expect(!titles(.handler).contains("navigation.warnings"))
        settings.sites.warnings = ["agent", "handler"]
        #expect(titles(.handler).contains("navigation.warnings"))
        #expect(!titles(.supervisor).contains("navigation.warnings"))
        #expect(titles(.handler, at: "/intake/warnings") == ["navigation.warnings"])
        #expect(titles(.handler, at: "/routing/warnings") == ["navigation.warnings"])
    }

    @Test("A refused form keeps what was typed and says at the field what is wrong")
    func refusedForm() async throws {
        let test = try TestSite()
        var fields = Fields(form: [("a.phone", "12<"), ("kind", "x"), ("ticks", "b"), ("other", "")])
        _ = fields.text("a.phone", least: 8)
        fields.refuse("elsewhere", "validation.required")
        let refused = fields
        let addForm: (Router<WebContext>) -> Void = { routes in
            routes.get("/form") { _, context in
                var form = FormView(context, fields: refused)
                form.add(FormField("a.phone", "Phone", .line("tel"), required: true, hint: "Digits"))
                form.add(FormField("kind", "Kind", .select([.init("x", "X"), .init("y", "Y")])))
                form.add(FormField("ticks", "Ticks", .ticks([.init("a", "A"), .init("b", "B")])))
                let phone = (form.data["a"] as? [String: Any])?["phone"] as? [String: Any]
                let options = (form.data["kind"] as? [String: Any])?["isSelect"] as? [String: Any]
                #expect((options?["options"] as? [[String: Any]])?.map { $0["chosen"] as? Bool } == [true, false])
                #expect((form.data["errors"] as? [[String: Any]])?.count == 2)
                return try context.site.templates.render("field", phone ?? [:])
            }
        }
        let answer = try await withServer(test.site, routes: addForm) { client in try await client.get("/form").text }
        #expect(answer.contains(#"value="12&lt;""#))
        #expect(answer.contains(#"aria-invalid="true""#))
        #expect(answer.contains(#"aria-describedby="f-a-phone-hint f-a-phone-error""#))
        #expect(answer.contains(#"id="f-a-phone-error">至少 8 个字符。"#))
    }
}
