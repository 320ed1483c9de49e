import Contracts
import Foundation
import Hummingbird
import Logging
import Persistence
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

/// The pages and the API, over a real connection.
@Suite("Reporting's pages and API")
struct PageTests {
    private let folder: TemporaryFolder
    private let staff: TestStaff
    private let store: ReportingStore
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_795_180_000))
    private let number: TicketNumber
    private let explained: TicketNumber

    init() async throws {
        folder = try TemporaryFolder()
        staff = try TestStaff(folder: folder.url)
        store = try ReportingStore.temporary(folder, clock: clock)
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        let courses = try [SampleCourse.eventful(1), SampleCourse.explained(2)]
        var open = try SampleCourse(3)
        open.then("intake/01", Sample.received())
        for course in courses + [open] { _ = try await handler.handle(try course.wire()) }
        (number, explained) = (courses[0].number, courses[1].number)
    }

    private static func procedure(_ zone: TimeZone) -> DocumentedProcedure {
        func step(_ number: String, _ zhHans: String, _ en: String, _ events: [String]) -> ProcedureStep {
            ProcedureStep(
                number: number, title: LocalizedText(zhHans: zhHans, en: en),
                by: LocalizedText(zhHans: "客户", en: "Customer"), events: events)
        }
        return DocumentedProcedure(
            document: LocalizedText(zhHans: "日常客户投诉处理流程", en: "Daily complaint handling"),
            steps: [
                step("1.0", "客户提出投诉", "The customer complains", ["complaint.heard"]),
                step("4.1", "是否同意", "Does the customer agree?", ["solution.accepted", "solution.declined"]),
                step("12.0", "文件归档", "Archived", [ProcedureStep.archived]),
            ], timeZone: zone)
    }

    private func serve<Result: Sendable>(
        as role: Role?, _ work: @Sendable (HTTPClient) async throws -> Result
    ) async throws -> Result {
        let clock = clock
        let site = try Site(
            .test(service: "reporting", home: "/reporting/", staff: staff), bundles: [ReportingDesk.bundle],
            now: { clock.now() })
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let desk = ReportingDesk(store: store, packs: TicketPacks(titles: Titles(), procedure: Self.procedure(zone)))
        let routes: (Router<WebContext>) -> Void = { desk.addRoutes(to: $0) }
        return try await withServer(site, routes: routes) { client in
            var client = client
            client.token = role.map { "\($0.rawValue)-token" }
            return try await work(client)
        }
    }

    @Test(arguments: [
        "/reporting/", "/reporting/?days=7", "/reporting/tickets", "/reporting/tickets?q=%E9%80%80%E6%AC%BE&state=open",
        "/reporting/tickets/C20261121-01-000001", "/reporting/tickets/C20261121-01-000002",
        "/reporting/reports/monthly/2026-11", "/reporting/reports/monthly/2026-10",
    ])
    func everyPageIsThereInBothLanguages(path: String) async throws {
        try await serve(as: .manager) { client in
            for language in ["zh-Hans", "en"] {
                let address = path + (path.contains("?") ? "&" : "?") + "lang=\(language)"
                let page = try await client.get(address, headers: ["Accept": "text/html"])
                #expect(page.status == 200, "\(address)")
                #expect(page.text.contains("<html lang=\"\(language)\">"))
                #expect(!page.text.contains("⟦"))
            }
        }
    }

    @Test func everyTextIsThereInBothLanguages() throws {
        let site = try Site(
            .test(service: "reporting", home: "/reporting/", staff: staff), bundles: [ReportingDesk.bundle])
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Services/Reporting/ReportingService/Web")
        #expect(try TranslationCheck.problems(of: site, sources: [folder]).isEmpty)
        // Keys that are put together from a stored word.
        let words =
            TicketState.allCases.map { "state.\($0.rawValue)" } + ComplaintKind.allCases.map { "kind.\($0.rawValue)" }
            + TicketEvent.kinds.map { "event.\($0.type.noun)-\($0.type.verb)" }
            + CaseRole.allCases.map { "role.\($0.rawValue)" }
            + CancellationReason.allCases.map { "cancelled.\($0.rawValue)" } + (1...5).map { "score.\($0)" }
        for word in words { #expect(site.translations.has("reporting.\(word)"), "\(word)") }
    }

    @Test func nobodyReadsWithoutSigningIn() async throws {
        try await serve(as: nil) { client in
            for path in ["api/tickets/\(number)", "api/reports/monthly/2026-11"] {
                let answer = try await client.get("/reporting/\(path)")
                #expect(answer.status == 401)
            }
        }
    }

    @Test(arguments: [Role.manager, .supervisor, .coordinator])
    func someRolesSeeTheWholeRecord(role: Role) async throws {
        let answer = try await serve(as: role) { try await $0.get("/reporting/api/tickets/\(number)") }
        #expect(answer.status == 200)
        #expect(answer.json["isMasked"] as? Bool == false)
        #expect(answer.text.contains("13812345678"))
        #expect(answer.text.contains("王小明"))
        #expect((answer.json["events"] as? [Any])?.count == 21)
    }

    @Test(arguments: [Role.operator, .agent, .caller, .head, .handler])
    func othersDoNotSeeThePerson(role: Role) async throws {
        try await serve(as: role) { client in
            for path in ["api/tickets/\(number)", "tickets/\(number)", "api/tickets", "tickets"] {
                let answer = try await client.get("/reporting/\(path)")
                #expect(answer.status == 200)
                for secret in ["13812345678", "王小明", "xiaoming@example.com", "中关村", "JD20261120001"] {
                    #expect(!answer.text.contains(secret), "\(path) shows \(secret)")
                }
                #expect(answer.text.contains(number.text))
            }
            let answer = try await client.get("/reporting/api/tickets/\(number)")
            #expect(answer.json["isMasked"] as? Bool == true)
            // What the complaint is about stays readable, and so do dates.
            #expect(answer.text.contains("下单三箱苹果只收到两箱"))
            #expect(answer.text.contains("2026-11-25"))
        }
    }

    /// Handlers and heads of the department that has the complaint have spoken with the customer anyway.
    @Test func aDepartmentSeesItsOwnCustomers() async throws {
        try await serve(as: nil) { client in
            let head = try await client.signedIn(as: .head)
            let own = try await head.get("/reporting/api/tickets/\(number)")
            #expect(own.text.contains("13812345678"))
            let other = try await head.get("/reporting/api/tickets/\(explained)")
            #expect(!other.text.contains("13812345678"))
        }
    }

    /// The document's own numbers and words are on the page and in the answer.
    @Test func theDocumentsStepsAreOnTheTicket() async throws {
        try await serve(as: .manager) { client in
            let page = try await client.get(
                "/reporting/tickets/\(number)?lang=zh-Hans", headers: ["Accept": "text/html"])
            #expect(page.text.contains("<td>4.1</td><td>是否同意</td><td>客户</td>"))
            #expect(page.text.contains("客户不同意方案"))
            let answer = try await client.get("/reporting/api/tickets/\(number)?lang=en")
            let steps = try #require(answer.json["steps"] as? [[String: Any]])
            #expect(steps.compactMap { $0["step"] as? String } == ["1.0", "4.1", "12.0"])
            let answers = try #require(steps[1]["happened"] as? [[String: Any]])
            #expect(answers.compactMap { $0["event"] as? String }.first == "solution.declined")
            let ids = (answer.json["events"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
            for answer in answers { #expect(ids.contains(answer["id"] as? String ?? "")) }
            #expect(answer.json["timeZone"] as? String == "Asia/Shanghai")
        }
    }

    @Test("W22 what a department gave back in time is shown as not counted, and not as kept")
    func whatWasGivenBackIsNotCounted() async throws {
        try await serve(as: .manager) { client in
            let answer = try await client.get("/reporting/api/tickets/\(number)")
            let clocks = try #require(answer.json["clocks"] as? [[String: Any]])
            let verdicts = clocks.compactMap { $0["verdict"] as? String }
            #expect(verdicts.contains("void") && verdicts.contains("met"))
            for (language, words) in [("zh-Hans", "已取消，不计"), ("en", "cancelled, not counted")] {
                let page = try await client.get(
                    "/reporting/tickets/\(number)?lang=\(language)", headers: ["Accept": "text/html"])
                func count(_ part: String) -> Int { page.text.components(separatedBy: part).count - 1 }
                #expect(count(words) == verdicts.filter { $0 == "void" }.count)
                #expect(count("deadline-void") == count(words))
                #expect(count("deadline-met") == verdicts.filter { $0 == "met" }.count)
            }
        }
    }

    @Test func theTrackingCodeIsNobodysBusiness() async throws {
        let answer = try await serve(as: .manager) { try await $0.get("/reporting/api/tickets/\(number)") }
        #expect(!answer.text.contains("trackingCodeHash"))
    }

    @Test func theMonthsReportAsJSONAndAsASpreadsheet() async throws {
        try await serve(as: .manager) { client in
            let report = try await client.get("/reporting/api/reports/monthly/2026-11")
            #expect(report.status == 200)
            let totals = try #require(report.json["totals"] as? [String: Any])
            #expect(totals["received"] as? Int == 3)
            #expect(totals["closed"] as? Int == 2)
            #expect(totals["openAtEnd"] as? Int == 1)
            let csv = try await client.get("/reporting/api/reports/monthly/2026-11?format=csv")
            #expect(csv["content-type"]?.hasPrefix("text/csv") == true)
            #expect(csv.body.prefix(3) == Data([0xEF, 0xBB, 0xBF]))
        }
    }

    @Test(arguments: [
        ("/reporting/api/tickets?state=nonsense", ["/state"]), ("/reporting/api/tickets?from=2026-02-30", ["/from"]),
        ("/reporting/api/tickets?after=x&severity=huge", ["/severity", "/after"]),
        ("/reporting/api/tickets?department=A%20B&ageFrom=-1", ["/department", "/ageFrom"]),
        ("/reporting/api/tickets?overdue=perhaps", ["/overdue"]),
        ("/reporting/api/reports/monthly/2026-11?format=xml", ["/format"]),
    ])
    func wrongFiltersAreNamed(path: String, pointers: [String]) async throws {
        let answer = try await serve(as: .manager) { try await $0.get(path) }
        #expect(answer.status == 422)
        #expect(answer.pointers == pointers)
    }

    @Test(arguments: [
        "/reporting/api/tickets/C20261121-01-000099", "/reporting/api/tickets/nonsense",
        "/reporting/api/reports/monthly/2026-13", "/reporting/reports/monthly/now", "/reporting/nowhere",
    ])
    func whatIsNotThereIs404(path: String) async throws {
        let answer = try await serve(as: .manager) { try await $0.get(path) }
        #expect(answer.status == 404)
    }

    @Test func nothingCanBeChanged() async throws {
        let status = try await serve(as: .manager) { client in
            try await client.post("/reporting/api/tickets/\(number)", json: "{}").status
        }
        #expect(status == 405)
    }

    @Test(arguments: [
        ("state=closed", 2), ("state=open", 1), ("channel=web", 1), ("department=logistics", 1),
        ("severity=important", 1),
        ("outcome=explained", 1), ("q=%E9%80%80%E6%AC%BE", 3), ("q=13812345678", 3),
        ("from=2026-11-20&to=2026-11-20", 3),
        ("to=2026-11-19", 0), ("closedFrom=2026-11-20&closedTo=2026-11-20", 2), ("ageFrom=1", 0), ("ageTo=1", 3),
        ("overdue=1", 0), ("category=-", 2), ("category=delivery", 1),
    ])
    func filters(query: String, count: Int) async throws {
        let answer = try await serve(as: .manager) { try await $0.get("/reporting/api/tickets?\(query)") }
        #expect((answer.json["tickets"] as? [Any])?.count == count, "\(answer.text)")
    }
}
