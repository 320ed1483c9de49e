import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Reports to management")
struct ManagementReportTests {
    private func months(_ counts: [Int]) -> [Trend.Month] {
        counts.enumerated().map { Trend.Month(month: "2026-\($0.offset + 1)", received: $0.element) }
    }

    struct Forecast: Sendable {
        var counts: [Int]
        var method: Trend.Method
        var forecast: Double?
        var deviation: Double?
    }

    static let forecasts: [Forecast] = [
        Forecast(counts: [], method: .tooLittle), Forecast(counts: [0, 0, 7], method: .tooLittle),
        Forecast(counts: [0, 4, 8], method: .mean, forecast: 6, deviation: 2),
        Forecast(counts: [9, 1, 2, 3], method: .mean, forecast: 2, deviation: 0.7),
        Forecast(counts: [1, 2, 3, 4, 5, 6], method: .line, forecast: 7, deviation: 0),
        Forecast(counts: [90, 10, 8, 6, 4, 2, 0], method: .line, forecast: 0, deviation: 0),
        Forecast(counts: [5, 5, 5, 5, 5, 5], method: .line, forecast: 5, deviation: 0),
    ]

    @Test(
        "W15 the forecast: a straight line with six months, a mean with fewer, nothing with too little",
        arguments: forecasts)
    func forecast(expected: Forecast) {
        let trend = Trend(months(expected.counts), next: "2026-12")
        #expect(trend.method == expected.method)
        #expect(trend.forecast == expected.forecast)
        #expect(trend.deviation == expected.deviation)
    }

    @Test("W13 W15 the monthly report holds what the pack lists: causes, improvement, forecast")
    func monthly() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback", at: SampleCourse.start.addingTimeInterval(86_400))
        try await fixture.tell(try .eventful(1), try .closed(2, .major))
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = client.as(.manager)
            let order = #"{"month": "2026-11", "department": "logistics", "measure": "出库前双人复核"}"#
            #expect(try await manager.post("/reporting/api/measures", json: order).status == 200)
            let answer = try await manager.get("/reporting/api/reports/monthly/2026-11")
            let parts = try #require(answer.json["parts"] as? [String: Any])
            #expect(parts["rule"] as? String == "monthly")
            let causes = try #require(parts["causes"] as? [[String: Any]])
            #expect(causes.first?["cause"] as? String == "复核缺失")
            let improvements = try #require(parts["improvements"] as? [String: Any])
            #expect((improvements["measures"] as? [Any])?.count == 1)
            #expect(improvements["needed"] as? Int == 2)
            #expect((parts["trend"] as? [String: Any])?["method"] as? String == "tooLittle")
            #expect(answer.json["to"] as? String != nil, "the counted figures keep their fields")
            for page in try await manager.bothPages("/reporting/reports/monthly/2026-11") {
                #expect(page.text.contains("复核缺失") && page.text.contains("出库前双人复核"))
            }
        }
    }

    @Test("W14 W15 the quarterly report: by department, improvement, deadlines, forecast, to whom and by when")
    func quarterly() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback", at: SampleCourse.start.addingTimeInterval(86_400))
        try await fixture.tell(try .eventful(1))
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = client.as(.manager)
            let answer = try await manager.get("/reporting/api/reports/quarterly/2026-Q4")
            #expect((answer.json["departments"] as? [[String: Any]])?.first?["id"] as? String == "logistics")
            let parts = try #require(answer.json["parts"] as? [String: Any])
            #expect(parts["contents"] as? [String] == ["overview", "departments", "improvements", "clocks", "trend"])
            #expect((parts["to"] as? [Any])?.count == 5)
            let due = try #require((parts["dueAt"] as? String).flatMap { RFC3339.date($0) })
            #expect(ReportPeriod.dayText(of: due, in: fixture.pack.timeZone).hasPrefix("2027-01"))
            for page in try await manager.bothPages("/reporting/reports/quarterly/2026-Q4") {
                // What the pack does not list is not there.
                #expect(!page.text.contains("复核缺失"))
            }
            #expect(try await manager.get("/reporting/reports/quarterly/2026-11").status == 404)
            #expect(try await manager.get("/reporting/reports/quarterly").status == 303)
        }
        #expect(ReportPeriod.quarterText(of: SampleCourse.start, in: fixture.pack.timeZone) == "2026-Q4")
    }

    @Test("V11 the dealer's monthly report counts early warnings, and leads to the setting of measures")
    func warnings() async throws {
        let fixture = try ImprovementFixture("dealer-aftersales", at: SampleCourse.start.addingTimeInterval(86_400))
        var complaint = Sample.complaint()
        complaint.kind = .warning
        try await fixture.tell(try .closed(1, .general, complaint: complaint))
        try await fixture.serve { (client: HTTPClient) async throws in
            let answer = try await client.as(.manager).get("/reporting/api/reports/monthly/2026-11")
            let parts = try #require(answer.json["parts"] as? [String: Any])
            #expect((parts["warnings"] as? [String: Any])?["received"] as? Int == 1)
            for page in try await client.as(.manager).bothPages("/reporting/reports/monthly/2026-11") {
                #expect(page.text.contains("/reporting/measures?new=1&amp;month=2026-11"))
            }
        }
    }

    @Test("K18 S14 the reports of the other packs hold the cases that were published")
    func cases() async throws {
        let fixture = try ImprovementFixture("kangyu-medical") { $0.cases[0].approver = "manager-program" }
        try await fixture.tell(try .closed(1, .major))
        let text = CaseText(title: "漏发", background: "b", cause: "c", handling: "h", lesson: "l")
        _ = try await fixture.store.write(text, submits: true, to: 1, by: "li")
        _ = try await fixture.store.approveCase(1, by: "manager-program", pack: fixture.pack)
        try await fixture.serve { (client: HTTPClient) async throws in
            for page in try await client.as(.agent).bothPages("/reporting/reports/monthly/2026-11") {
                #expect(page.text.contains("漏发"))
            }
            #expect(try await client.as(.agent).get("/reporting/reports/quarterly/2026-Q4").status == 404)
        }
    }
}
