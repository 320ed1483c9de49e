import Contracts
import Foundation
import Procedure
import Testing

@testable import CommandLineTool

@Suite("redress policy due")
struct PolicyDueTests {
    private func lines() throws -> DueLines {
        DueLines(calendar: try CalendarFile.load(Self.calendar, timeZone: "Asia/Shanghai"))
    }

    private static let calendar = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "compose/calendars/cn-office.yaml").path()

    @Test("A line is answered with the due time and its explanation")
    func answer() throws {
        let line = #"{"start": "2026-09-30T17:00:00+08:00", "within": "3 working days"}"#
        let answer = try #require(try lines().answer(line, number: 1)).get()
        #expect(RFC3339.text(answer.due) == "2026-10-10T10:00:00.000Z")
        #expect(answer.explanation.en.contains("National Day 2026-10-01–2026-10-07 not counted"))
    }

    @Test("Pauses are given back")
    func pauses() throws {
        let line = """
            {"start": "2026-11-17T10:00:00+08:00", "within": "2 working hours",
             "pauses": [["2026-11-17T11:00:00+08:00", "2026-11-17T14:00:00+08:00"]]}
            """
        let answer = try #require(try lines().answer(line, number: 1)).get()
        #expect(RFC3339.text(answer.due) == "2026-11-17T07:00:00.000Z")
    }

    static let wrong: [(String, String?)] = [
        ("nonsense", nil), ("[1]", nil), (#"{"within": "1 hour"}"#, "start"),
        (#"{"start": "2026-11-17", "within": "1 hour"}"#, "start"), (#"{"start": 5, "within": "1 hour"}"#, "start"),
        (#"{"start": "2026-11-17T10:00:00Z"}"#, "within"),
        (#"{"start": "2026-11-17T10:00:00Z", "within": "3 weeks"}"#, "within"),
        (#"{"start": "2026-11-17T10:00:00Z", "within": "1 hour", "pause": []}"#, "pause"),
        (#"{"start": "2026-11-17T10:00:00Z", "within": "1 hour", "pauses": "lunch"}"#, "pauses"),
        (#"{"start": "2026-11-17T10:00:00Z", "within": "1 hour", "pauses": [["2026-11-17T10:00:00Z"]]}"#, "pauses[0]"),
        (
            #"{"start":"2026-11-17T10:00:00Z","within":"1 hour","pauses":[["2026-11-17T10:00:00Z","soon"]]}"#,
            "pauses[0][1]"
        ),
        (
            #"{"start":"2026-11-17T10:00:00Z","within":"1 hour","pauses":[["2026-11-17T10:00:00Z","2026-11-16T10:00:00Z"]]}"#,
            "pauses[0]"
        ),
    ]

    @Test("A line that is wrong names itself and its field", arguments: wrong)
    func problems(line: String, field: String?) throws {
        guard case .failure(let problem)? = try lines().answer(line, number: 7) else {
            Issue.record("\(line) was answered")
            return
        }
        #expect(problem.line == 7)
        #expect(problem.field == field)
        #expect(problem.description.hasPrefix("line 7: " + (field.map { "\($0): " } ?? "")))
    }

    @Test("An unknown calendar or time zone is refused")
    func unknown() {
        #expect(throws: CommandFailure.self) { try CalendarFile.load("nowhere", timeZone: "Asia/Shanghai") }
        #expect(throws: (any Error).self) { try CalendarFile.load(Self.calendar, timeZone: "Asia/Nowhere") }
    }
}
