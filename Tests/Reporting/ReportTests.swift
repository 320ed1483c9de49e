import Contracts
import Foundation
import Logging
import Persistence
import TestSupport
import Testing

@testable import ReportingService

@Suite("The monthly report (客户投诉月报)")
struct ReportTests {
    private let folder: TemporaryFolder
    private let store: ReportingStore
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_795_180_000))
    private let timeZone: TimeZone

    init() throws {
        folder = try TemporaryFolder()
        timeZone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        store = try ReportingStore.temporary(folder, clock: clock)
    }

    private func report(_ month: String, _ courses: [SampleCourse]) async throws -> MonthlyReport {
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        for course in courses { _ = try await handler.handle(try course.wire()) }
        let period = try #require(ReportPeriod.month(month, in: timeZone))
        let figures = try await store.figures(period, at: clock.now())
        return MonthlyReport(month: month, period: period, figures: figures, titles: Titles(), at: clock.now())
    }

    @Test func countsTheMonth() async throws {
        var open = try SampleCourse(3)
        open.then("intake/01", Sample.received())
        var withdrawn = try SampleCourse(4)
        withdrawn.then("intake/01", Sample.received())
        withdrawn.then("intake/01", ComplaintWithdrawn(by: .customer))
        let report = try await report(
            "2026-11", [try .eventful(1), try .explained(2), open, withdrawn])
        #expect(report.totals.received == 4)
        #expect(report.totals.closed == 2)
        #expect(report.totals.withdrawn == 1)
        #expect(report.totals.openAtStart == 0)
        #expect(report.totals.openAtEnd == 1)
        #expect(report.totals.excluded == 1)
        #expect(report.totals.returns == 1)
        #expect(report.totals.reworks == 1)
        #expect(report.totals.declines == 1)
        #expect(report.satisfaction.average == 5)
        #expect(report.satisfaction.distribution == [0, 0, 0, 0, 1])
        #expect(report.byChannel.map(\.id) == ["hotline", "web"])
        #expect(report.byOutcome.map(\.id) == ["satisfied", "explained"])
        #expect(report.byCategory.last?.cumulativeShare == 1)
    }

    /// Unreasonable complaints count in no department's assessment, and it is seen that they do not.
    @Test func unreasonableComplaintsAreExcludedVisibly() async throws {
        var course = try SampleCourse(5)
        let lead = try Sample.department()
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted())
        course.then("routing", try Sample.assigned(at: SampleCourse.start), after: 0)
        course.then(
            "department/logistics", CaseReturned(department: lead, assignment: 1, reason: "无理", by: .staff("l")))
        course.then("routing", ComplaintRejected(round: 2, reason: "无理诉求", by: .staff("z")))
        course.then("callback", ExplanationAccepted(round: 2, by: .customer))
        course.then("callback", ComplaintClosed(department: lead, outcome: .explained, satisfaction: 1, by: .customer))
        let report = try await report("2026-11", [try .eventful(1), course])
        let line = try #require(report.departments.first { $0.id == "logistics" })
        #expect(line.closed == 2)
        #expect(line.assessed == 1)
        #expect(line.excluded == 1)
        #expect(line.satisfaction == 5)
        #expect(line.missed == 0)
        #expect(line.met > 0)
    }

    /// 2026-11-30 16:30 UTC is in December in Shanghai.
    @Test func monthsBeginAtLocalMidnight() async throws {
        let justBefore = try #require(RFC3339.date("2026-11-30T23:50:00+08:00"))
        let report = try await report("2026-11", [try .eventful(1, start: justBefore)])
        #expect(report.totals.received == 1)
        #expect(report.totals.closed == 0)
        let december = try await self.report("2026-12", [])
        #expect(december.totals.received == 0)
        #expect(december.totals.closed == 1)
    }

    @Test func percentilesAreValuesThatOccurred() async throws {
        let courses = try (1...10).map { try SampleCourse.explained($0, start: SampleCourse.start) }
        let report = try await report("2026-11", courses)
        #expect(report.handling == HandlingFigure(average: 180, median: 180, p90: 180, longest: 180))
    }

    @Test(arguments: ["2026-13", "2026-1", "2026-00", "1999-12", "november", "2026-11-01", ""])
    func whatIsNoMonthIsNoPeriod(text: String) {
        #expect(ReportPeriod.month(text, in: timeZone) == nil)
    }

    @Test func daysFollowTheTimeZoneThroughADayOf25Hours() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let october = try #require(ReportPeriod.month("2026-10", in: berlin))
        #expect(october.days.count == 31)
        #expect(october.days[24].firstDay == "2026-10-25")
        #expect(october.days[24].end.timeIntervalSince(october.days[24].start) == 25 * 3600)
    }

    @Test func theSpreadsheetBeginsWithAByteOrderMarkAndQuotes() async throws {
        let report = try await report("2026-11", [try .eventful(1)])
        let data = CSV.data(report.rows(language: "en"))
        #expect(data.prefix(3) == Data([0xEF, 0xBB, 0xBF]))
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("total,2026-11,,received,1\r\n"))
        #expect(text.hasSuffix("\r\n"))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
        ("two\r\nlines", "\"two\r\nlines\""),
        ("=1+1", "'=1+1"), ("-3", "-3"), ("@cmd", "'@cmd"),
    ])
    func fieldsAreQuotedAndHarmless(value: String, field: String) {
        #expect(CSV.field(value) == field)
    }

    @Test func theDashboardCountsOpenComplaintsByAge() async throws {
        var open = try SampleCourse(3)
        open.then("intake/01", Sample.received())
        _ = try await report("2026-11", [open])
        let later = SampleCourse.start.addingTimeInterval(2 * 86_400)
        let ages = try await store.openByAge(at: later)
        #expect(ages.first { $0.state == .registered }?.counts == [0, 1, 0, 0, 0])
        let days = try await store.days(ReportPeriod.days(3, until: later, in: timeZone))
        #expect(days.map(\.received).reduce(0, +) == 1)
    }
}
