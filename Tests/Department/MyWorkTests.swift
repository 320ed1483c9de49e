import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// The ways to and from a case for those who do not work on it every day.
@Suite struct MyWorkTests {
    @Test("S03 The first responsible person of another department looks at the case, and at nothing else")
    func owner() async throws {
        let test = try TestDesk()
        var assigned = test.department.samples.assigned()
        assigned.owner = "sun"
        _ = try await test.department.hear(assigned)
        try await test.serve { client in
            let owner = try await client.named("sun")
            #expect(try await owner.get(test.page()).status == 200)
            let list = try await owner.get("/departments/quality/")
            #expect(list.text.contains(test.department.samples.number.text))
            // The way to everything that waits for them, in all departments.
            #expect(list.text.contains("href=\"http://127.0.0.1:8084/reporting/mine\""))
            #expect(try await owner.get("/departments/quality/emergencies").status == 403)
            #expect(try await client.named("zhou").get(test.page()).status == 403)
        }
    }

    @Test("S03 Who is first responsible no more looks at the case no more, and neither at who the customer is")
    func formerOwner() async throws {
        let test = try TestDesk()
        var assigned = test.department.samples.assigned()
        assigned.owner = "sun"
        _ = try await test.department.hear(assigned)
        var again = test.department.samples.assigned(2)
        again.owner = "wang"
        _ = try await test.department.hear(again)
        try await test.serve { client in
            let former = try await client.named("sun")
            #expect(try await former.get(test.page()).status == 403)
            #expect(try await former.get(test.api()).status == 403)
            #expect(try await client.named("wang").get(test.page()).status == 200)
        }
    }

    @Test("The department that leads finds the way to an extension, and so does who supervises; nobody else")
    func extensions() async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        let address = "http://127.0.0.1:8082/routing/complaints/\(test.department.samples.number)/extensions"
        try await test.serve { client in
            for (name, isThere) in [("wang", true), ("zhao", true), ("gu", true), ("general-manager", true)] {
                let page = try await client.named(name).get(test.page())
                #expect(page.text.contains("href=\"\(address)\"") == isThere, "\(name)")
            }
        }
        let assisting = try TestDesk()
        _ = try await assisting.department.hear(assisting.department.samples.assigned(role: .assisting))
        try await assisting.serve { client in
            let page = try await client.named("wang").get(assisting.page())
            #expect(!page.text.contains(address))
        }
    }

    @Test(
        "A promise lies in the future, and not beyond what anybody promises",
        arguments: [("2026-11-20T00:00:00Z", false), ("2036-01-01T00:00:00Z", false), ("2026-12-01T00:00:00Z", true)])
    func promises(due: String, isTaken: Bool) async throws {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        _ = try await test.department.does(.acknowledge)
        _ = try await test.department.does(.investigate(Samples.findings))
        try await test.serve { client in
            let body = #"{"measures": "换新", "grounds": "三包", "completionDue": "\#(due)"}"#
            let answer = try await client.program(.handler).post(test.api("solution"), json: body)
            #expect(answer.status == (isTaken ? 200 : 422))
            #expect(answer.pointers == (isTaken ? [] : ["/completionDue"]))
        }
    }
}
