import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Rectification notices on the ticket and in the reports")
struct RectificationTests {
    private static let head = Actor.staff("supervision.head")

    /// A closed complaint, about which a notice is missed, answered, sent back and answered in time.
    private static func course() throws -> SampleCourse {
        var course = try SampleCourse.closed(8, .general)
        let id = try Sample.department()
        let ordered = try #require(course.steps.last).time + 3600
        let words = LocalizedText(zhHans: "整改", en: "Rectification")
        let deadline = Deadline(
            clock: "rectification", title: words, startedAt: ordered, dueAt: ordered + 86_400, explanation: words,
            stops: ["rectification.answered"])
        course.then(
            "routing",
            RectificationOrdered(
                department: id, finding: "没有进度记录", dueAt: deadline.dueAt, by: head, notice: 1, deadline: deadline),
            after: 3600)
        course.then("routing", DeadlineMissed(department: id, deadline: deadline), after: 86_400)
        course.then("department/logistics", answered(id, "已补记", round: 1), after: 3600)
        course.then(
            "routing",
            RectificationReturned(
                department: id, notice: 1, round: 1, reason: "未说明原因", dueAt: ordered + 10 * 86_400, by: head))
        course.then("department/logistics", answered(id, "已培训全员", round: 2), after: 3600)
        course.then(
            "routing", RectificationClosed(department: id, notice: 1, round: 2, comment: "复查有效", by: head))
        return course
    }

    private static func answered(_ id: DepartmentID, _ answer: String, round: Int) -> RectificationAnswered {
        RectificationAnswered(department: id, notice: 1, round: round, answer: answer, by: .staff("logistics.head"))
    }

    @Test("W20 W22 the time of a notice is kept beside the complaint's own clocks, also after its end, round by round")
    func runs() throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        let course = try Self.course()
        let summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        #expect(summary.state == .closed)
        let runs = summary.clocks.filter { $0.clock == "rectification" }
        #expect(runs.map { $0.verdict(at: SampleCourse.start + 30 * 86_400) } == [.missed, .met])
        #expect(runs.allSatisfy { $0.department?.text == "logistics" && $0.notice == 1 && $0.employee == nil })
        // The end of the complaint stops its own clocks alone.
        var open = try #require(runs.first)
        open.stoppedAt = nil
        #expect(!open.isStopped(by: "complaint.closed") && !open.isStopped(by: "rectification.answered"))
    }

    @Test("W20 a second notice has a time of its own while the first one's runs, and each answer stops its own")
    func notices() throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        var course = try SampleCourse.closed(8, .general)
        let id = try Sample.department()
        for notice in 1...2 {
            let start = try #require(course.steps.last).time + 60
            let words = LocalizedText(zhHans: "整改", en: "Rectification")
            let deadline = Deadline(
                clock: "rectification", title: words, startedAt: start, dueAt: start + 86_400, explanation: words)
            course.then(
                "routing",
                RectificationOrdered(
                    department: id, finding: "x", dueAt: deadline.dueAt, by: Self.head, notice: notice,
                    deadline: deadline))
        }
        course.then(
            "department/logistics",
            RectificationAnswered(department: id, notice: 2, round: 1, answer: "y", by: .staff("logistics.head")))
        let summary = try #require(TicketSummary.fold(try course.recorded(), number: course.number, by: fixture.pack))
        let runs = summary.clocks.filter { $0.clock == "rectification" }
        #expect(runs.map(\.notice) == [1, 2] && runs.map { $0.stoppedAt == nil } == [true, false])
    }

    @Test("W20 the ticket tells the whole course of a notice, at the document's step, in both languages")
    func words() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        let course = try Self.course()
        try await fixture.tell(course)
        let details = try #require(try await fixture.store.details(of: course.number))
        #expect(details.summary.clocks.filter { $0.notice == 1 }.count == 2)
        let pages = try await fixture.serve {
            try await $0.as(.supervisor).bothPages("/reporting/tickets/\(course.number)")
        }
        for (page, titles) in zip(
            pages,
            [
                ["整改通知", "整改答复", "整改答复退回", "整改完成"],
                [
                    "Rectification ordered", "Rectification answered", "Answer to a rectification sent back",
                    "Rectification accepted",
                ],
            ])
        {
            #expect(page.status == 200)
            for text in titles + ["没有进度记录", "已补记", "未说明原因", "已培训全员", "复查有效"] {
                #expect(page.text.contains(text), "\(text)")
            }
        }
    }
}
