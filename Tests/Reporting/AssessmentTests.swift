import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Assessment (考核)")
struct AssessmentTests {
    /// Registered, dispatched, carried out and called back, by the wholesaler's pack.
    private static func course(
        _ n: Int, department: String = "logistics", owner: String = "li", late: Bool = false, satisfaction: Int,
        outcome: ClosingOutcome = .satisfied, recordedBy: String = "agent"
    ) throws -> SampleCourse {
        var course = try SampleCourse(n)
        var complaint = Sample.complaint()
        complaint.recordedBy = recordedBy
        let id = try Sample.department(department)
        course.then("intake/01", Sample.received(complaint))
        course.then("routing", Sample.accepted(severity: .general))
        var assigned = try Sample.assigned(department, at: SampleCourse.start, complaint: complaint)
        (assigned.owner, assigned.severity, assigned.deadlines) = (owner, .general, [])
        course.then("routing", assigned)
        course.then(
            "department/\(department)",
            SolutionImplemented(
                department: id, version: 1, outcome: "已补送", completedAt: SampleCourse.start, by: .staff(owner)),
            after: late ? 20 * 86_400 : 3600)
        course.then("callback", CallbackCompleted(solved: true, satisfaction: satisfaction, by: Sample.caller))
        course.then(
            "callback",
            ComplaintClosed(department: id, outcome: outcome, satisfaction: satisfaction, by: Sample.caller), after: 0)
        return course
    }

    private func report(
        _ fixture: ImprovementFixture, _ period: String = "2026-Q4"
    ) async throws -> [String: [String: [String: (Int, Int)]]] {
        let span = try #require(ReportPeriod.named(period, in: fixture.pack.timeZone))
        let report = try await fixture.store.assessment(
            span, name: period, pack: fixture.pack, titles: Titles(fixture.pack), at: fixture.clock.now()
        ) { $0 == "qian" ? "sales" : nil }
        let found = try #require(report)
        return Dictionary(
            uniqueKeysWithValues: found.indicators.map { indicator in
                (
                    indicator.id,
                    Dictionary(
                        uniqueKeysWithValues: indicator.subjects.map { subject in
                            (
                                subject.subject,
                                Dictionary(
                                    uniqueKeysWithValues: subject.lines.map { ($0.id ?? "-", ($0.part, $0.whole)) })
                            )
                        })
                )
            })
    }

    private func wholesaler() throws -> ImprovementFixture {
        try ImprovementFixture("wholesale-feedback", at: SampleCourse.start.addingTimeInterval(30 * 86_400))
    }

    @Test("W22 timely intake, completion in time and satisfaction, by employee and by department")
    func figures() async throws {
        let fixture = try wholesaler()
        try await fixture.tell(
            try Self.course(1, satisfaction: 5), try Self.course(2, owner: "wu", late: true, satisfaction: 2),
            try Self.course(3, department: "sales", owner: "zhao", satisfaction: 4, recordedBy: "qian"))
        let report = try await report(fixture)
        let intake = try #require(report["timely-intake"]?["employee"])
        #expect(intake["agent"]?.0 == 2 && intake["agent"]?.1 == 2)
        #expect(intake["qian"]?.1 == 1)
        // Who registers works in a department, and the figure is that department's too.
        #expect(report["timely-intake"]?["department"]?["sales"]?.1 == 1)
        let completion = try #require(report["on-time-completion"])
        #expect(completion["employee"]?["li"]?.0 == 1)
        #expect(completion["employee"]?["wu"]?.0 == 0 && completion["employee"]?["wu"]?.1 == 1)
        #expect(completion["department"]?["logistics"]?.0 == 1 && completion["department"]?["logistics"]?.1 == 2)
        #expect(completion["department"]?["sales"]?.0 == 1)
        let satisfaction = try #require(report["satisfaction"])
        #expect(satisfaction["department"]?["logistics"]?.0 == 1 && satisfaction["department"]?["logistics"]?.1 == 2)
        #expect(satisfaction["employee"]?["wu"]?.0 == 0)
    }

    @Test("W22 what the pack excludes counts for nobody, and it is said how many that are")
    func exclusion() async throws {
        let fixture = try wholesaler()
        try await fixture.tell(
            try Self.course(1, satisfaction: 5), try Self.course(2, satisfaction: 1, outcome: .explained),
            try .explained(3))
        let report = try await report(fixture)
        #expect(report["satisfaction"]?["employee"]?["li"]?.1 == 1)
        #expect(report["on-time-completion"]?["department"]?["logistics"]?.1 == 1)
        try await fixture.serve { (client: HTTPClient) async throws in
            let answer = try await client.as(.manager).get("/reporting/api/reports/assessment/2026-Q4")
            #expect(answer.json["excluded"] as? Int == 2)
        }
    }

    @Test(
        "W22 V12 a target is the least, or the most, that is asked for",
        arguments: [
            ("satisfied", 90, 9, 10, true), ("satisfied", 90, 8, 10, false), ("reworked", 5, 1, 20, true),
            ("reworked", 5, 2, 20, false), ("averageSatisfaction", 4, 40, 10, true),
            ("averageSatisfaction", 4, 39, 10, false),
        ])
    func targets(measure: String, target: Int, part: Int, whole: Int, meets: Bool) throws {
        var indicator = try #require(try wholesaler().pack.assessment?.indicators.first)
        indicator.measure = try #require(Indicator.Measure(rawValue: measure))
        indicator.target = target
        let line = indicator.line(AssessmentCount(part: part, whole: whole), of: .company, title: indicator.title)
        #expect(line.meetsTarget == meets)
        let nobodys = indicator.line(AssessmentCount(part: part, whole: whole), of: .employee, title: indicator.title)
        #expect(nobodys.meetsTarget == nil)
    }

    @Test("S16 the deputy's figures: same-day approval, told the same day, carried out in time, satisfaction")
    func sunshine() async throws {
        let fixture = try ImprovementFixture("sunshine-property")
        try await fixture.tell(try .closed(1, .general, satisfaction: 5))
        let report = try await report(fixture)
        #expect(Set(report.keys) == ["same-day-approval", "told-same-day", "completion", "satisfaction"])
        #expect(report["satisfaction"]?["department"]?["logistics"]?.0 == 1)
    }

    @Test("W22 the pages, the spreadsheet, and who may read them")
    func pages() async throws {
        let fixture = try wholesaler()
        try await fixture.tell(try Self.course(1, satisfaction: 5))
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = client.as(.manager)
            for period in ["2026-11", "2026-Q4", "2025-01"] {
                _ = try await manager.bothPages("/reporting/reports/assessment/\(period)")
            }
            let csv = try await manager.get("/reporting/api/reports/assessment/2026-Q4?format=csv")
            #expect(csv.text.contains("timely-intake"))
            #expect(try await manager.get("/reporting/reports/assessment/2026-Q5").status == 404)
            #expect(try await manager.get("/reporting/reports/assessment").status == 303)
            #expect(try await client.as(.agent).get("/reporting/reports/assessment/2026-11").status == 403)
            let page = try await client.as(.agent).get("/reporting/", headers: ["Accept": "text/html"])
            #expect(!page.text.contains("/reporting/reports/assessment"))
        }
    }
}
