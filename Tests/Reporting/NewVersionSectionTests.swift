import Contracts
import Foundation
import Procedure
import TestSupport
import Testing
import Web

@testable import ReportingService

/// Sections of Reporting while the pack changes under it.
@Suite("Sections by the pack in force")
struct NewVersionSectionTests {
    @Test("A section that a new version brings is there with the next page")
    func brought() async throws {
        let fixture = try ImprovementFixture("service-standard")
        let cases = try ShippedPacks.load("kangyu-medical").cases
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = client.as(.manager)
            #expect(try await manager.get("/reporting/cases").status == 404)
            fixture.shelf.take(fixture.pack.successor { $0.cases = cases })
            _ = try await manager.bothPages("/reporting/cases")
            #expect(try await manager.get("/reporting/", headers: html).text.contains("/reporting/cases"))
        }
    }

    @Test("W19 What was kept under an earlier version stays, when a new version gives the section up")
    func kept() async throws {
        let fixture = try ImprovementFixture("wholesale-feedback")
        try await fixture.serve { (client: HTTPClient) async throws in
            let agent = client.as(.agent)
            let made = try await agent.post("/reporting/api/suggestions", json: #"{"text": "回访时先查看上次的答复"}"#)
            #expect(made.status == 200, "\(made.text)")
            fixture.shelf.take(fixture.pack.successor { $0.suggestions = nil })
            let list = try await agent.get("/reporting/api/suggestions")
            #expect(list.status == 200)
            #expect(list.text.contains("回访时先查看上次的答复"))
        }
    }

    @Test("V11 A measure that is set under a new version is due by its terms")
    func terms() async throws {
        let fixture = try ImprovementFixture("dealer-aftersales")
        let department = try #require(fixture.pack.departments.first?.id.text)
        let measure = #"{"department": "\#(department)", "measure": "每周复查一次", "month": "2026-11"}"#
        try await fixture.serve { (client: HTTPClient) async throws in
            let manager = client.as(.manager)
            let first = try await manager.post("/reporting/api/measures", json: measure)
            fixture.shelf.take(fixture.pack.successor { $0.improvement?.within = .workingDays(40) })
            let second = try await manager.post("/reporting/api/measures", json: measure)
            #expect(second.status == 200, "\(second.text)")
            let (early, late) = (first.json["dueAt"] as? String, second.json["dueAt"] as? String)
            #expect(try #require(early) < #require(late))
        }
    }

    private let html = ["Accept": "text/html"]
}

extension PolicyPack {
    /// The next version, with a change.
    fileprivate func successor(_ change: (inout PolicyPack) -> Void) -> PolicyPack {
        var next = self
        next.stamp = PolicyStamp(id: stamp.id, version: stamp.version + 1)
        change(&next)
        return next
    }
}
