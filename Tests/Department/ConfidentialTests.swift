import Contracts
import Foundation
import GRDB
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// Reports of misconduct and other confidential cases, in lists, pages and the API of a department.
@Suite("Who sees confidential cases in a department")
struct ConfidentialTests {
    private let desk: TestDesk

    init() throws { desk = try TestDesk() }

    /// About `li`; for management, supervisors, and `wang`, who is given it.
    private static let audience = Audience(
        roles: ["manager", "supervisor"], people: ["wang", "zhao"], concerned: ["li", "gu"])

    private func assigned(_ audience: Audience?) -> CaseAssigned {
        var assigned = desk.department.samples.assigned()
        assigned.complaint.protected = audience.map { ProtectedReport(concerned: $0.concerned) }
        assigned.audience = audience
        return assigned
    }

    @Test("W21 a report is hidden from whom it is about and from who is not named, in lists, counts, pages and the API")
    func hidden() async throws {
        _ = try await desk.department.hear(assigned(Self.audience))
        let number = desk.department.samples.number.text
        let desk = desk
        try await desk.serve { client async throws in
            for (name, sees) in [
                ("wang", true), ("zhao", true), ("ma", true), ("general-manager", true), ("li", false), ("gu", false),
                ("qian", false),
            ] {
                let staff = try await client.named(name)
                #expect(try await staff.get(desk.page()).status == (sees ? 200 : 404), "\(name)")
                #expect(try await staff.get(desk.api()).status == (sees ? 200 : 404), "\(name)")
                for list in ["", "?state=assigned", "?sort=newest", "api/cases"] {
                    let page = try await staff.get("/departments/quality/" + list)
                    #expect(page.status == 200 && page.text.contains(number) == sees, "\(name) \(list)")
                }
                let counts = try await staff.get("/departments/quality/api/cases").json["counts"] as? [String: Int]
                #expect(counts?["assigned"] == (sees ? 1 : 0), "\(name)")
            }
        }
        #expect(try await desk.department.said().isEmpty)
    }

    @Test("W21 whoever it is about does nothing to it through the API either")
    func acting() async throws {
        var audience = Self.audience
        audience.roles.append("handler")
        audience.concerned.append("handler-program")
        _ = try await desk.department.hear(assigned(audience))
        let desk = desk
        try await desk.serve { client async throws in
            let concerned = client.program(.handler)
            for action in WorkAction.allCases where action.roles.contains(.handler) {
                #expect(try await concerned.post(desk.api(action.rawValue), json: "{}").status == 404, "\(action)")
            }
        }
    }

    @Test("W21 who is named in the case, wherever they work, sees it, unless it is about them")
    func named() async throws {
        let store = desk.desk.store
        let number = desk.department.samples.number
        _ = try await desk.department.hear(assigned(Self.audience))
        try await desk.department.database.write { unit in
            for name in ["hong", "gu"] {
                try CasePersonRecord(person: name, workOrderNumber: number.text, isAwaited: true, isNamed: true)
                    .save(unit.db)
            }
        }
        #expect(try await store.isSeen(number, by: Viewer(name: "hong", roles: ["head"])))
        #expect(try await !store.isSeen(number, by: Viewer(name: "gu", roles: ["supervisor"])))
        #expect(try await store.awaitedCount(["gu"], seenBy: Viewer(name: "gu", roles: ["supervisor"])) == 0)
        #expect(try await store.awaitedCount(["hong"], seenBy: Viewer(name: "hong", roles: [])) == 1)
        #expect(try await store.counts(seenBy: Viewer(name: "li", roles: [])).values.reduce(0, +) == 0)
        #expect(try await store.counts().values.reduce(0, +) == 1)
    }

    @Test("W21 a case that is assigned again for everybody's eyes is everybody's")
    func opened() async throws {
        _ = try await desk.department.hear(assigned(Self.audience))
        let store = desk.desk.store
        let (number, li) = (desk.department.samples.number, Viewer(name: "li", roles: ["handler"]))
        #expect(try await !store.isSeen(number, by: li))
        _ = try await desk.department.hear(desk.department.samples.assigned(2))
        #expect(try await store.isSeen(number, by: li))
    }

    @Test("W21 a report that came without saying for whose eyes it is is kept from whom it is about")
    func unsaid() async throws {
        var assigned = assigned(Self.audience)
        assigned.audience = nil
        _ = try await desk.department.hear(assigned)
        let (store, number) = (desk.desk.store, desk.department.samples.number)
        let quality = desk.department.samples.quality
        #expect(try await !store.isSeen(number, by: Viewer(name: "li", roles: ["handler"], department: quality)))
        #expect(try await store.isSeen(number, by: Viewer(name: "qian", roles: ["head"], department: quality)))
    }

    @Test("W21 an emergency is on no page of whom it is about")
    func emergency() async throws {
        let quality = desk.department.samples.quality
        let title = LocalizedText(zhHans: "应急", en: "Emergency")
        var complaint = Samples.complaint
        complaint.protected = ProtectedReport(concerned: ["li"])
        let call = EmergencyCalled(
            department: quality, title: title, measures: title, complaint: complaint, severity: .major,
            by: .system("p@1"), audience: Audience(departments: [quality], concerned: ["li"]))
        _ = try await desk.department.hear(call)
        let (desk, number) = (desk, desk.department.samples.number.text)
        try await desk.serve { client async throws in
            for (name, sees) in [("wang", true), ("li", false)] {
                let staff = try await client.named(name)
                for page in ["emergencies", "api/emergencies"] {
                    #expect(
                        try await staff.get("/departments/quality/" + page).text.contains(number) == sees, "\(name)")
                }
                #expect(
                    try await staff.get("/departments/quality/").text.contains("/departments/quality/emergencies")
                        == sees)
            }
        }
    }
}
