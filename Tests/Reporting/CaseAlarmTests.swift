import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

/// The time within which a case has to be written, as messages tell of it.
@Suite("Alarms of cases")
struct CaseAlarmTests {
    private func sunshine() async throws -> (fixture: ImprovementFixture, watch: CaseWatch, due: Date) {
        let fixture = try ImprovementFixture("sunshine-property") { $0.cases[0].approver = "manager-program" }
        try await fixture.tell(try .closed(1, .major))
        let file = try #require(try await fixture.store.cases(CaseFilter()).first)
        let watch = CaseWatch(store: fixture.store, time: fixture.clock, logger: .quiet)
        return (fixture, watch, try #require(file.dueAt))
    }

    @Test("S13 K17 writing a case up warns at the pack's shares, and is missed when its time is over, each said once")
    func course() async throws {
        let (fixture, watch, due) = try await sunshine()
        #expect(fixture.pack.clock("case-analysis")?.warnings == [50, 80])
        var expected = ["case.nominated"]
        try await watch.look()
        #expect(try await fixture.said() == expected)
        while let next = try await fixture.store.nextCaseAlarm() {
            fixture.clock.advance(by: next.timeIntervalSince(fixture.clock.now()) - 1)
            try await watch.look()
            #expect(try await fixture.said() == expected)
            fixture.clock.advance(by: 1)
            expected.append(next == due ? "deadline.missed" : "deadline.approaching")
            try await watch.look()
            try await watch.look()
            #expect(try await fixture.said() == expected)
        }
        #expect(expected == ["case.nominated", "deadline.approaching", "deadline.approaching", "deadline.missed"])
        let trail = try #require(try await fixture.store.caseFile(1)).trail
        #expect(trail.map(\.step) == ["nominated", "overdue"])
        try await fixture.serve { (client: HTTPClient) async throws in
            _ = try await client.as(.manager).bothPages("/reporting/cases/1")
        }
    }

    @Test("S13 of what rang while Reporting was down only the last is news")
    func outage() async throws {
        let (fixture, watch, due) = try await sunshine()
        fixture.clock.advance(by: due.timeIntervalSince(fixture.clock.now()) + 3600)
        try await watch.look()
        #expect(try await fixture.said() == ["case.nominated", "deadline.missed"])
        #expect(try await fixture.store.nextCaseAlarm() == nil)
    }

    @Test("S13 a published case is never said to be late")
    func published() async throws {
        let (fixture, watch, due) = try await sunshine()
        let text = CaseText(title: "漏水", background: "b", cause: "c", handling: "h", lesson: "l")
        _ = try await fixture.store.write(text, submits: true, to: 1, by: "writer")
        _ = try await fixture.store.approveCase(1, by: "manager-program", pack: fixture.pack)
        fixture.clock.advance(by: due.timeIntervalSince(fixture.clock.now()) + 3600)
        try await watch.look()
        #expect(try await fixture.said() == ["case.nominated", "case.published"])
    }
}
