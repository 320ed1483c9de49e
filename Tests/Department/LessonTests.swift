import Contracts
import Foundation
import Messaging
import TestSupport
import Testing
import Web

@testable import DepartmentService

@Suite("Cases that a department learns from")
struct LessonTests {
    private let desk: TestDesk
    private var department: TestDepartment { desk.department }

    init() throws { desk = try TestDesk() }

    private func sent(_ caseFile: Int = 3, to department: DepartmentID? = nil) -> CaseDistributed {
        CaseDistributed(
            department: department ?? self.department.samples.quality, caseFile: caseFile, title: "端子 <不良>",
            background: "跳闸", cause: "压接超差", handling: "追溯同批次", lesson: "每两小时拉力测试", by: .staff("gm"))
    }

    @Test("K17 a case is kept once, whatever comes again, and only by whom it is for")
    func kept() async throws {
        let outcomes = try await department.hear(sent(), sent(), sent(4))
        #expect(outcomes == [.handled, .duplicate, .handled])
        let other = try await department.hear(sent(5, to: DepartmentID("logistics")))
        guard case .park = other.first else {
            Issue.record("\(other)")
            return
        }
        #expect(try await desk.desk.store.unreadLessons() == 2)
    }

    @Test("K17 the department confirms on its page that it has read the case", arguments: Language.allCases)
    func pages(language: Language) async throws {
        _ = try await department.hear(sent())
        let (desk, number) = (desk, department.samples.number)
        let address = "/departments/quality/lessons"
        try await desk.serve { client async throws in
            var handler = try await client.named("wang")
            handler.cookies["redress_language"] = language.tag
            #expect(try await handler.get("/departments/quality/").text.contains("<strong>1</strong>"))
            let page = try await handler.get(address)
            #expect(page.status == 200 && page.text.contains("端子 &lt;不良&gt;"))
            let csrf = try #require(page.hidden("csrf"))
            #expect(try await handler.post("\(address)/\(number)/3", form: [("csrf", csrf)]).status == 303)
            #expect(try await handler.post("\(address)/\(number)/3", form: [("csrf", csrf)]).status == 303)
            #expect(try await handler.post("\(address)/\(number)/9", form: [("csrf", csrf)]).status == 404)
            #expect(!(try await handler.get("/departments/quality/").text.contains("<strong>1</strong>")))
        }
        #expect(try await department.said() == ["case.read.quality"])
    }

    @Test("K17 the API does the same; who only looks confirms nothing, and other departments see nothing")
    func api() async throws {
        _ = try await department.hear(sent())
        let (desk, number) = (desk, department.samples.number)
        let address = "/departments/quality/api/lessons"
        try await desk.serve { client async throws in
            let seen = try await client.program(.manager).get(address).json["lessons"] as? [[String: Any]]
            #expect(seen?.first?["lesson"] as? String == "每两小时拉力测试")
            #expect(try await client.program(.supervisor).post("\(address)/\(number)/3", json: "{}").status == 403)
            for stranger in ["sun", "zhou"] { #expect(try await client.named(stranger).get(address).status == 403) }
            let read = try await client.program(.head).post("\(address)/\(number)/3", json: "{}")
            let lessons = read.json["lessons"] as? [[String: Any]]
            #expect(lessons?.first?["readBy"] as? String == "head-program")
            // Whoever comes second is not written over the first.
            let again = try await client.program(.handler).post("\(address)/\(number)/3", json: "{}")
            #expect((again.json["lessons"] as? [[String: Any]])?.first?["readBy"] as? String == "head-program")
        }
    }
}
