import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import DepartmentService

/// The work is done, then its result is reported; or both at once.
@Suite("Work done and its result")
struct CompletionTests {
    private func agreed() async throws -> TestDepartment {
        let department = try TestDepartment()
        _ = try await department.hear(department.samples.assigned())
        _ = try await department.does(.acknowledge)
        _ = try await department.does(.investigate(Samples.findings))
        _ = try await department.does(.draft(Samples.draft))
        #expect(
            try await department.hear(
                SolutionAccepted(department: department.samples.quality, version: 1, by: .customer))
                == [.handled])
        return department
    }

    private let earlier = Samples.now - 3600

    @Test("K13 The work is said to be done once; the report says its result")
    func stepByStep() async throws {
        let department = try await agreed()
        _ = try await department.does(.complete(at: earlier))
        #expect(try await department.does(.complete(at: earlier)).isUnchanged)
        let order = try #require(try await department.order())
        #expect(order.state == .carryingOut)
        #expect(order.stage == .carryingOut(try #require(order.stage.solution), done: earlier))
        #expect(!order.actions.contains(.completion) && order.actions.contains(.implementation))
        await #expect(throws: Rejection.notNow(.carryingOut)) {
            try await department.does(.complete(at: Samples.now))
        }
        _ = try await department.does(.implement(outcome: "已换新机", completedAt: earlier))
        #expect(
            try await department.said().suffix(2) == ["solution.completed.quality", "solution.implemented.quality"])
    }

    @Test("K13 A report alone says first when the work was done")
    func atOnce() async throws {
        let department = try await agreed()
        _ = try await department.does(.implement(outcome: "已换新机", completedAt: earlier))
        _ = try await department.does(.implement(outcome: "已换新机", completedAt: earlier))
        let said = try await department.said()
        #expect(said.suffix(2) == ["solution.completed.quality", "solution.implemented.quality"])
        #expect(said.filter { $0 == "solution.completed.quality" }.count == 1)
    }

    @Test("K13 Nothing is done before the customer agreed")
    func tooEarly() async throws {
        let samples = try Samples()
        let order = try samples.order(.proposed)
        #expect(throws: Rejection.notAccepted) {
            try order.decide(.complete(at: Samples.now), by: Samples.handler, at: Samples.now)
        }
    }
}
