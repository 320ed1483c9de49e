import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Satisfaction surveys (满意度调查)")
struct SurveyTests {
    private static let path = "/reporting/api/surveys"
    private let zone: TimeZone

    init() throws {
        zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
    }

    private func read(_ text: String) -> Result<[SurveyAnswer], SurveyFaults> {
        SurveyFile.read(Data(text.utf8), today: "2026-11-21", timeZone: zone)
    }

    @Test("W23 columns in any order, quotes, line ends and the byte order mark are read")
    func reading() throws {
        let answers = try read(
            "\u{FEFF}score,comment,date,question\r\n5,\"好,\n很\"\"好\"\"\",2026-11-01,态度\r\n\r\n3,,2026-11-02,\r\n"
        ).get()
        #expect(
            answers == [
                SurveyAnswer(day: "2026-11-01", question: "态度", score: 5, comment: "好,\n很\"好\""),
                SurveyAnswer(day: "2026-11-02", score: 3),
            ])
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let faults: [SurveyFault]
        var testDescription: String { text.replacingOccurrences(of: "\n", with: "⏎") }
    }

    static let wrong: [Wrong] = [
        Wrong(text: "", faults: [SurveyFault(kind: .empty, line: 1)]),
        Wrong(text: "date,score\n", faults: [SurveyFault(kind: .noAnswers, line: 1)]),
        Wrong(text: "date\n2026-11-01", faults: [SurveyFault(kind: .missingColumn, line: 1, column: "score")]),
        Wrong(
            text: "date,score,name\n2026-11-01,5,王",
            faults: [SurveyFault(kind: .unknownColumn, line: 1, column: "name")]),
        Wrong(
            text: "date,score,score\n2026-11-01,5,5",
            faults: [SurveyFault(kind: .twiceColumn, line: 1, column: "score")]),
        Wrong(
            text: "date,score\n2026-11-01,5\n2026-02-30,6\n2026-11-22,x",
            faults: [
                SurveyFault(kind: .day, line: 3, column: "date"), SurveyFault(kind: .score, line: 3, column: "score"),
                SurveyFault(kind: .future, line: 4, column: "date"),
                SurveyFault(kind: .score, line: 4, column: "score"),
            ]),
        Wrong(text: "date,score\n2026-11-01,5,x", faults: [SurveyFault(kind: .columns, line: 2)]),
        Wrong(
            text: "date,score,comment\n2026-11-01,5,\"two\nlines\"\n2026-11-01,0,",
            faults: [SurveyFault(kind: .score, line: 4, column: "score")]),
        Wrong(text: "date,score\n2026-11-01,\"5", faults: [SurveyFault(kind: .openQuote, line: 2)]),
    ]

    @Test("W23 what is wrong is named by line and column", arguments: wrong)
    func faults(wrong: Wrong) {
        #expect(read(wrong.text) == .failure(SurveyFaults(wrong.faults)))
    }

    @Test("W23 every kind of fault has its sentence")
    func sentences() throws {
        let folder = try TemporaryFolder()
        let site = try Site(
            .test(service: "reporting", home: "/reporting/", staff: try TestStaff(folder: folder.url)),
            bundles: [ReportingDesk.bundle])
        for kind in SurveyFault.Kind.allCases {
            #expect(site.translations.has("reporting.survey.fault.\(kind.rawValue)"), "\(kind)")
        }
        for column in SurveyFile.columns {
            #expect(site.translations.has("reporting.survey.column.\(column)"), "\(column)")
        }
    }

    private static func body(_ subject: String, _ csv: String, party: String? = nil) throws -> String {
        var object = ["subject": subject, "csv": csv]
        object["conductedBy"] = party
        return String(decoding: try JSONEncoder().encode(object), as: UTF8.self)
    }

    @Test(
        "W23 a file with one wrong line imports nothing; a right one is compared with callbacks and the survey before")
    func taking() async throws {
        let fixture = try ImprovementFixture(
            "wholesale-feedback", at: SampleCourse.start.addingTimeInterval(3 * 86_400))
        try await fixture.tell(try .closed(1, .general, satisfaction: 3))
        let day = ReportPeriod.dayText(of: SampleCourse.start, in: zone)
        try await fixture.serve { (client: HTTPClient) async throws in
            let supervisor = client.as(.supervisor)
            let wrong = try Self.body("satisfaction.0", "date,score\n\(day),5\n\(day),9")
            let refused = try await supervisor.post(Self.path, json: wrong)
            #expect(refused.status == 422)
            #expect(refused.pointers == ["/file"])
            #expect(refused.text.contains("3") && refused.text.contains("score"))
            #expect((try await supervisor.get(Self.path).json["surveys"] as? [Any])?.isEmpty == true)

            let before = try Self.body("satisfaction.0", "date,score\n2026-05-01,4\n2026-05-02,4")
            #expect(try await supervisor.post(Self.path, json: before).status == 200)
            let right = try Self.body(
                "satisfaction.0", "date,score,question,comment\n\(day),5,态度,打 13812345678 找我\n\(day),4,时效,",
                party: "零点调查")
            #expect(try await supervisor.post(Self.path, json: right).status == 200)
            let survey = try await client.as(.agent).get(Self.path + "/2")
            #expect(survey.json["conductedBy"] as? String == "零点调查")
            #expect(!survey.text.contains("13812345678"))
            let comparison = try #require(survey.json["comparison"] as? [String: Any])
            #expect(comparison["callbackAverage"] as? Double == 3)
            #expect(comparison["againstCallback"] as? Double == 1.5)
            #expect(comparison["previous"] as? Int == 1)
            #expect(comparison["againstPrevious"] as? Double == 0.5)
            for path in ["/reporting/surveys", "/reporting/surveys/2"] { _ = try await supervisor.bothPages(path) }
            #expect(try await client.as(.handler).post(Self.path, json: right).status == 403)
        }
    }

    @Test("S17 each subject is surveyed for itself, by the company alone, and is overdue after a year")
    func subjects() async throws {
        let fixture = try ImprovementFixture("sunshine-property")
        try await fixture.tell(try .closed(1, .general))
        func overdue() async throws -> [Bool] {
            let standing = try await fixture.store.surveyStanding()
            return SurveySchedule(pack: fixture.pack)
                .due(last: standing.last, begin: standing.begin, at: fixture.clock.now()).map(\.isOverdue)
        }
        #expect(try await overdue() == [false, false])
        fixture.clock.advance(by: 366 * 86_400)
        #expect(try await overdue() == [true, true])
        try await fixture.serve { (client: HTTPClient) async throws in
            let page = try await client.as(.agent).get("/reporting/surveys", headers: ["Accept": "text/html"])
            #expect(page.text.contains("deadline-overdue"))
            let csv = "date,score\n2027-11-01,4"
            let party = try Self.body("satisfaction.0", csv, party: "第三方")
            #expect(try await client.as(.manager).post(Self.path, json: party).pointers == ["/conductedBy"])
            let own = try Self.body("satisfaction.0", csv)
            #expect(try await client.as(.manager).post(Self.path, json: own).status == 200)
        }
        #expect(try await overdue() == [false, true])
    }

    @Test("W23 a file is taken from a form too, and what was chosen stays when it is refused")
    func form() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = try await client.signedIn(as: .manager)
            let csrf = try #require(try await manager.get("/reporting/surveys").hidden("csrf"))
            func send(_ csv: String) async throws -> HTTPAnswer {
                let parts = [("csrf", csrf), ("subject", "satisfaction.1"), ("conductedBy", "")].map {
                    "--x\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
                }
                let file =
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                    + "Content-Type: text/csv\r\n\r\n\(csv)\r\n--x--\r\n"
                return try await manager.send(
                    "POST", "/reporting/surveys?lang=en",
                    headers: ["Content-Type": "multipart/form-data; boundary=x", "Accept": "text/html"],
                    body: Data((parts.joined() + file).utf8))
            }
            let refused = try await send("date,score\n2026-11-01,7")
            #expect(refused.status == 422)
            #expect(refused.text.contains("Line 2, column score"))
            #expect(refused.text.contains("value=\"satisfaction.1\" checked"))
            #expect(try await send("date,score\n2026-11-01,4").status == 303)
        }
    }
}
