import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import TestSupport
import Testing
import Web

@testable import ReportingService

/// Everybody's own list (待我处理), over all departments.
@Suite("My work") struct MyWorkTests {
    private static let level = LocalizedText(zhHans: "总经理审批", en: "General manager")

    private static func request(_ level: String, by approver: String?) -> ApprovalRequest {
        ApprovalRequest(level: level, title: Self.level, approver: approver)
    }

    /// Assigned to Logistics, with Quality assisting in a group, and a solution that two levels have to approve.
    private static func course(
        audience: Audience? = nil, drafted: Bool = true, complaint: Complaint = Sample.complaint()
    ) throws -> SampleCourse {
        var course = try SampleCourse(7)
        course.then("intake/01", Sample.received(complaint))
        course.then("routing", Sample.accepted())
        let (lead, other) = (try Sample.department(), try Sample.department("product-quality"))
        let group = HandlingGroup(
            rule: "major", title: LocalizedText(zhHans: "处理小组", en: "Group"), lead: lead, leader: "logistics.head",
            assisting: [other], opinionsOwed: true, confirmations: ["logistics.head", "product-quality.head"],
            management: ["manager-program"])
        for (id, role) in [("logistics", CaseRole.lead), ("product-quality", .assisting)] {
            var assigned = try Sample.assigned(id, role: role, at: SampleCourse.start, complaint: complaint)
            (assigned.group, assigned.head, assigned.audience) = (group, "\(id).head", audience)
            course.then("routing", assigned, after: 0)
        }
        guard drafted else { return course }
        course.then(
            "department/logistics",
            SolutionDrafted(
                department: lead, solution: Sample.solution(1), needs: "补偿超限",
                approvals: [request("head", by: nil), request("top", by: "deputy")]))
        return course
    }

    private static func keys(_ course: SampleCourse) throws -> Set<String> {
        Set(
            try DutyCourse(course.recorded()).duties.map { "\($0.kind.rawValue) \($0.person) @\($0.department)" })
    }

    @Test("K08 K09 M15 S03 each is asked for what is theirs, and on whose page they do it")
    func asked() throws {
        #expect(
            try Self.keys(try Self.course()) == [
                "approval *head:logistics @logistics", "opinion *product-quality @product-quality",
                "participation logistics.head @logistics",
                "participation product-quality.head @product-quality",
                "participation manager-program @logistics", "owner li @logistics",
            ])
    }

    @Test("M15 S07 the next level is asked once the one before has approved, and nobody when all have")
    func levels() throws {
        let lead = try Sample.department()
        var course = try Self.course()
        let approval = SolutionApproval(level: "head", title: Self.level, by: "logistics.head", at: SampleCourse.start)
        course.then(
            "department/logistics",
            SolutionEndorsed(
                department: lead, version: 1, approval: approval, next: Self.request("top", by: "deputy")))
        #expect(try Self.keys(course).contains("approval deputy @logistics"))
        #expect(try !Self.keys(course).contains("approval *head:logistics @logistics"))
        course.then("department/logistics", SolutionApproved(department: lead, version: 1, by: .staff("deputy")))
        let left = try Self.keys(course).filter { $0.hasPrefix("approval") }
        #expect(left.isEmpty)
    }

    @Test("K08 K09 who has confirmed, and who has given an opinion, is asked no more; asked again, again")
    func done() throws {
        let (lead, other) = (try Sample.department(), try Sample.department("product-quality"))
        var course = try Self.course(drafted: false)
        course.then(
            "department/product-quality",
            CaseJoined(department: other, lead: lead, by: .staff("product-quality.head")))
        course.then(
            "department/product-quality",
            OpinionGiven(department: other, lead: lead, opinion: "包装不足", by: .staff("q")))
        #expect(
            try Self.keys(course) == [
                "participation logistics.head @logistics", "participation manager-program @logistics",
                "owner li @logistics",
            ])
        course.then(
            "department/logistics", OpinionRequested(department: other, lead: lead, question: "哪一批？", by: .staff("li")))
        #expect(try Self.keys(course).contains("opinion *product-quality @product-quality"))
    }

    @Test("a return, another assignment and the end take away what was asked")
    func over() throws {
        var course = try Self.course()
        course.then(
            "department/logistics",
            CaseReturned(department: try Sample.department(), assignment: 1, reason: "不属于本部门", by: .staff("li")))
        let left = try Self.keys(course).filter { $0.hasSuffix("@logistics") }
        #expect(left.isEmpty)
        course.then(
            "routing", try Sample.assigned("product-quality", assignment: 2, at: SampleCourse.start))
        #expect(try Self.keys(course) == ["owner li @product-quality"])
        course.then(
            "callback",
            ComplaintClosed(
                department: try Sample.department("product-quality"), outcome: .satisfied, satisfaction: 5,
                by: Sample.caller))
        #expect(try Self.keys(course).isEmpty)
    }

    @Test("news that comes late and in another order leads to the same list")
    func order() async throws {
        let course = try Self.course()
        let wire = try course.wire()
        let fixture = try ImprovementFixture("service-standard")
        let handler = try await fixture.hear([wire[0]] + wire.dropFirst().reversed())
        #expect(handler.allSatisfy { $0 == .handled })
        let viewer = Viewer(name: "li", roles: ["handler"], department: try Sample.department())
        let list = try await fixture.store.duties(of: viewer, only: nil)
        #expect(list.counts == [.owner: 1])
        #expect(list.rows.map(\.summary.number) == [course.number])
        let head = Viewer(name: "zhao", roles: ["head"], department: try Sample.department())
        #expect(try await fixture.store.duties(of: head, only: nil).counts == [.approval: 1])
        let quality = Viewer(name: "q", roles: ["handler"], department: try Sample.department("product-quality"))
        #expect(try await fixture.store.duties(of: quality, only: nil).counts == [.opinion: 1])
    }

    @Test("W21 who drafted is not asked to approve, and whom a report is about sees nothing of it")
    func sight() async throws {
        let audience = Audience(roles: ["supervisor"], concerned: ["manager-program"])
        let fixture = try ImprovementFixture("service-standard")
        try await fixture.tell(try Self.course(audience: audience))
        func counts(_ name: String, _ roles: Set<String>, of department: String? = nil) async throws -> [PersonalDuty
            .Kind: Int]
        {
            let viewer = Viewer(name: name, roles: roles, department: department.flatMap { DepartmentID($0) })
            return try await fixture.store.duties(of: viewer, only: nil).counts
        }
        #expect(try await counts("manager-program", ["manager"]).isEmpty)
        #expect(try await counts("li", ["handler"], of: "logistics") == [.owner: 1])
        // The head's own drafts wait for somebody else; and a confidential case is not for everybody who heads.
        #expect(try await counts("li", ["head"], of: "logistics") == [.owner: 1])
        #expect(try await counts("zhao", ["head"], of: "logistics").isEmpty)
        #expect(try await counts("zhao", ["head", "supervisor"], of: "logistics") == [.approval: 1])
    }

    @Test("W21 a report that came without saying for whose eyes it is asks nothing of whom it is about")
    func unsaid() async throws {
        var complaint = Sample.complaint()
        complaint.protected = ProtectedReport(concerned: ["logistics.head"])
        let fixture = try ImprovementFixture("service-standard")
        try await fixture.tell(try Self.course(audience: nil, complaint: complaint))
        let logistics = try Sample.department()
        // Neither as the head who would approve, nor by name as one of the group.
        let concerned = Viewer(name: "logistics.head", roles: ["head"], department: logistics)
        #expect(try await fixture.store.duties(of: concerned, only: nil).counts.isEmpty)
        let other = Viewer(name: "zhao", roles: ["head"], department: logistics)
        #expect(try await fixture.store.duties(of: other, only: nil).counts == [.approval: 1])
        let quality = Viewer(
            name: "product-quality.head", roles: ["head"], department: try Sample.department("product-quality"))
        #expect(try await fixture.store.duties(of: quality, only: nil).counts == [.opinion: 1, .participation: 1])
    }

    @Test("the page and the API lead to the case, in both languages, and hide the customer")
    func page() async throws {
        let fixture = try ImprovementFixture("service-standard")
        try await fixture.tell(try Self.course())
        try await fixture.serve { client in
            let manager = client.as(.manager)
            for page in try await manager.bothPages("/reporting/mine") {
                #expect(page.text.contains("C20261121-01-000007"))
            }
            let json = try await manager.get("/reporting/api/mine").json
            #expect(json["counts"] as? [String: Int] == ["participation": 1])
            let duty = try #require((json["duties"] as? [[String: Any]])?.first)
            #expect(duty["kind"] as? String == "participation" && duty["department"] as? String == "logistics")
            #expect(try await manager.get("/reporting/api/mine?kind=owner").json["duties"] as? [String] == [])
            #expect(try await manager.get("/reporting/api/mine?kind=x").pointers == ["/kind"])
            for page in try await client.as(.operator).bothPages("/reporting/mine") {
                #expect(!page.text.contains("C20261121-01-000007"))
            }
        }
    }
}

extension ImprovementFixture {
    /// Hears messages one by one.
    fileprivate func hear(_ messages: [WireMessage]) async throws -> [Outcome] {
        let handler = TransactionalHandler(
            store.database, ReportingSubscriptions.all(store), logger: Logger(label: "test"))
        var outcomes: [Outcome] = []
        for message in messages { outcomes += try await handler.handle([message]) }
        return outcomes
    }
}
