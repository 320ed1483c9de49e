import Contracts
import Cryptography
import Foundation
import Runtime
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// A department with its pages, its people and no broker.
///
/// `wang` and `li` handle, `zhao` and `qian` head, `sun` handles in another department and `zhou` heads it, `ma` and
/// `general-manager` manage, `hong` manages besides heading there, `gu` supervises.
struct TestDesk {
    let department: TestDepartment
    let site: Site
    let desk: DepartmentDesk

    init() throws {
        department = try TestDepartment()
        let staff = try TestStaff(folder: department.folder.url)
        let hash = try PasswordHash(password: TestStaff.password, cost: PasswordHash.Cost(logN: 4, r: 1, p: 1))
        func user(_ name: String, _ roles: Role..., of department: String?) -> StaffDirectory.User {
            StaffDirectory.User(
                name: name, password: hash.description, roles: Set(roles), department: department)
        }
        try staff.write(
            StaffDirectory.Contents(
                users: [
                    user("wang", .handler, of: "quality"), user("li", .handler, of: "quality"),
                    user("zhao", .head, of: "quality"), user("qian", .head, of: "quality"),
                    user("zhou", .head, of: "logistics"), user("sun", .handler, of: "logistics"),
                    user("general-manager", .manager, of: nil),
                    user("hong", .head, .manager, of: "logistics"),
                    user("ma", .manager, of: nil), user("gu", .supervisor, of: nil),
                ],
                tokens: Role.allCases.map(TestStaff.token)))
        let clock = department.clock
        site = try Site(
            .test(service: "departments", home: "/departments/quality/", staff: staff),
            bundles: [DepartmentService.bundle],
            verifier: PasswordVerifier(decoyCost: PasswordHash.Cost(logN: 4, r: 1, p: 1)), now: { clock.now() })
        desk = DepartmentDesk(
            department: department.samples.quality, title: LocalizedText(zhHans: "质量部", en: "Quality"),
            store: DepartmentStore(department.database, clock: clock))
    }

    func serve<Result: Sendable>(_ work: @Sendable (HTTPClient) async throws -> Result) async throws -> Result {
        try await withServer(site, routes: { desk.addRoutes(to: $0) }, work)
    }

    /// The address of the test case in the API, with an action.
    func api(_ action: String = "") -> String {
        "/departments/quality/api/cases/\(department.samples.number)" + (action.isEmpty ? "" : "/\(action)")
    }

    func page(_ action: String = "") -> String {
        "/departments/quality/cases/\(department.samples.number)" + (action.isEmpty ? "" : "/\(action)")
    }
}

extension HTTPClient {
    func named(_ name: String) async throws -> HTTPClient {
        let answer = try await post("/signin", form: [("name", name), ("password", TestStaff.password)])
        let cookie = try #require(answer.cookie(SessionKeys.cookieName))
        var client = self
        client.cookies[SessionKeys.cookieName] = cookie
        return client
    }

    func program(_ role: Role) -> HTTPClient {
        var client = self
        client.token = "\(role.rawValue)-token"
        return client
    }
}
