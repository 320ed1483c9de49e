import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import ReportingService

@Suite("Every clock of the pack in the reports")
struct PackClockTests {
    private func report(_ fixture: ImprovementFixture) async throws -> MonthlyReport {
        let period = try #require(ReportPeriod.month("2026-11", in: fixture.pack.timeZone))
        return MonthlyReport(
            month: "2026-11", period: period, figures: try await fixture.store.figures(period, at: fixture.clock.now()),
            titles: Titles(fixture.pack), at: fixture.clock.now())
    }

    @Test("W22 K18 a report names every clock of the pack, and counts those that were kept without a word")
    func everyClock() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback", at: SampleCourse.start.addingTimeInterval(86_400))
        try await fixture.tell(try .eventful(1))
        let report = try await report(fixture)
        #expect(Array(report.onTime.map(\.clock).prefix(fixture.pack.clocks.count)) == fixture.pack.clocks.map(\.id))
        let register = try #require(report.onTime.first { $0.clock == "register" })
        #expect(register.met == 1 && register.missed == 0)
        #expect(report.onTime.filter { $0.met + $0.missed > 0 }.count >= 4)
    }

    /// A run that was stopped early counts when it was stopped, not when it would have been due.
    @Test("W22 the overview counts what was kept already, whenever it would have been due")
    func decided() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback", at: SampleCourse.start.addingTimeInterval(3600))
        try await fixture.tell(try .eventful(1))
        let today = ReportPeriod.days(1, until: fixture.clock.now(), in: fixture.pack.timeZone)
        let figures = try await fixture.store.figures(today, at: fixture.clock.now())
        #expect(figures.clocks.reduce(0) { $0 + $1.met } >= 4)
    }

    @Test("W18 what waits for the customer has so much longer")
    func waiting() throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        let paused = try #require(fixture.pack.clocks.first { !$0.pauses.isEmpty && $0.starts == "case.assigned" })
        var course = try SampleCourse(1)
        let id = try Sample.department()
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted(severity: .general))
        var assigned = try Sample.assigned(at: SampleCourse.start)
        assigned.deadlines = []
        course.then("routing", assigned)
        let before = try #require(
            TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        course.then(
            "department/logistics",
            InformationRequested(department: id, request: 1, question: "哪一箱？", by: .staff("li")))
        course.then(
            "callback", InformationProvided(department: id, request: 1, answer: "第二箱", by: .customer),
            after: 5 * 86_400)
        let after = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        let dueBefore = try #require(before.clocks.first { $0.clock == paused.id }?.dueAt)
        let dueAfter = try #require(after.clocks.first { $0.clock == paused.id }?.dueAt)
        #expect(dueAfter > dueBefore)
    }

    @Test("K15 the time of talking with a dissatisfied customer runs from the first call to the second")
    func soothing() throws {
        let fixture = try ImprovementFixture("kangyu-medical")
        var course = try SampleCourse(1)
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted(severity: .general))
        course.then(
            "callback", CallbackCompleted(solved: false, satisfaction: 1, soothes: true, by: Sample.caller))
        let first = try #require(course.steps.last?.time)
        var summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        #expect(summary.clocks.filter { $0.clock == "soothing" }.map(\.startedAt) == [first])
        course.then("callback", CallbackCompleted(solved: false, satisfaction: 1, by: Sample.caller))
        let second = try #require(course.steps.last?.time)
        summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        #expect(summary.clocks.filter { $0.clock == "soothing" }.map(\.stoppedAt) == [second])
    }

    /// A department gives a case back (退单): after ten minutes, or after its time had run out.
    @Test("W22 a return keeps no clock, and excuses none that had run out", arguments: [(600.0, 0), (100_000.0, 1)])
    func returned(after seconds: TimeInterval, missed: Int) async throws {
        let start = SampleCourse.start
        let fixture = try ImprovementFixture("wholesale-feedback", at: start.addingTimeInterval(20 * 86_400))
        var course = try SampleCourse(1)
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted(severity: .general))
        var assigned = try Sample.assigned(at: start)
        assigned.deadlines = []
        course.then("routing", assigned)
        let lead = try Sample.department()
        course.then(
            "department/logistics", CaseReturned(department: lead, assignment: 1, reason: "不归我们", by: .staff("li")),
            after: seconds)
        assigned.assignment = 2
        course.then("routing", assigned)
        course.then("department/logistics", CaseAcknowledged(department: lead, assignment: 2, by: .staff("li")))
        try await fixture.tell(course)
        let summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        let verdicts = summary.clocks.filter { $0.clock == "sign-off" }.map { $0.verdict(at: fixture.clock.now()) }
        #expect(verdicts == [missed == 1 ? .missed : .void, .met])
        let stored = try #require(try await fixture.store.details(of: course.number)).summary
        #expect(stored.clocks == summary.clocks.sorted { ($0.startedAt, $0.clock) < ($1.startedAt, $1.clock) })
        let signed = try #require(try await report(fixture).onTime.first { $0.clock == "sign-off" })
        #expect(signed.met == 1 && signed.missed == missed)
        let month = try #require(ReportPeriod.month("2026-11", in: fixture.pack.timeZone))
        let assessment = try #require(
            try await fixture.store.assessment(
                month, name: "2026-11", pack: fixture.pack, titles: Titles(fixture.pack), at: fixture.clock.now()
            ) { _ in nil })
        for indicator in assessment.indicators where indicator.clock == "sign-off" {
            for line in indicator.subjects.flatMap(\.lines) {
                #expect(line.part == 1 && line.whole == 1 + missed)
            }
        }
    }

    @Test("What a deadline of a message says of a run that is known is not another run")
    func oneRun() throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        var course = try SampleCourse(1)
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted(severity: .general))
        let start = SampleCourse.start.addingTimeInterval(180)
        var assigned = try Sample.assigned(at: start)
        let deadlines = fixture.pack.deadlines(startedBy: "case.assigned", at: start, severity: .general)
        assigned.deadlines = deadlines
        course.then("routing", assigned)
        for deadline in deadlines {
            course.then("routing", DeadlineMissed(department: try Sample.department(), deadline: deadline))
        }
        let summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        let clocks = summary.clocks.map(\.clock)
        #expect(Set(clocks).count == clocks.count, "\(clocks)")
    }
}
