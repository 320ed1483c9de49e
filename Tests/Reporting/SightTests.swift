import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

@Suite("Who sees confidential tickets")
struct SightTests {
    private static func report(concerned: [String]) throws -> SampleCourse {
        var complaint = Sample.complaint()
        complaint.complainant = Complainant()
        complaint.protected = ProtectedReport(concerned: concerned)
        complaint.narrative = "处理人员泄露客户信息"
        var course = try SampleCourse(7)
        course.then("intake/01", Sample.received(complaint))
        return course
    }

    @Test(
        "W21 M18 a report of misconduct is on no list and no page of whom it concerns, nor of roles that are not named")
    func misconduct() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        let privacy = try #require(fixture.pack.privacy)
        let named = try #require(privacy.protected?.opens).union(privacy.confidential?.roles ?? [])
        try await fixture.tell(try Self.report(concerned: ["manager-program"]), try .closed(8, .general))
        try await fixture.serve { (client: HTTPClient) async throws in
            for role in Role.allCases {
                let isNamed = StaffRole(rawValue: role.rawValue).map(named.contains) ?? false
                let sees = isNamed && role != .manager
                let ticket = "/reporting/api/tickets/C20261121-01-000007"
                let (json, page) = (
                    try await client.as(role).get(ticket),
                    try await client.as(role).get("/reporting/tickets/C20261121-01-000007")
                )
                #expect(json.status == (sees ? 200 : 404), "\(role)")
                #expect(page.status == (sees ? 200 : 404), "\(role)")
                let list = try await client.as(role).get("/reporting/api/tickets")
                #expect(list.text.contains("C20261121-01-000007") == sees, "\(role)")
                #expect(list.text.contains("C20261121-01-000008"), "\(role)")
            }
        }
    }

    @Test("W21 a pack without terms of privacy restricts nothing")
    func unrestricted() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback") { $0.privacy = nil }
        try await fixture.tell(try .closed(8, .general))
        let list = try await fixture.serve { try await $0.as(.operator).get("/reporting/api/tickets") }
        #expect(list.text.contains("C20261121-01-000008"))
    }

    @Test("W20 the supervision group finds the way to its inspections, and nobody else")
    func wayToInspections() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        let without = try ImprovementFixture("wholesale-feedback") { $0.supervision = nil }
        for (fixture, isThere) in [(fixture, true), (without, false)] {
            try await fixture.serve { (client: HTTPClient) async throws in
                for role in [Role.supervisor, .manager, .handler] {
                    let page = try await client.as(role).get("/reporting/tickets", headers: ["Accept": "text/html"])
                    #expect(page.status == 200)
                    let isShown = page.text.contains("/routing/supervision/samples")
                    #expect(isShown == (isThere && role == .supervisor), "\(role)")
                }
            }
        }
    }
}
