import Contracts
import Foundation
import TestSupport
import Testing
import Web

@testable import DepartmentService

/// Dates that cannot be meant, and what those may see of the customer who only look.
@Suite struct DatesAndMasksTests {
    private static func solution(due: String) -> String {
        #"{"measures": "换新机", "completionDue": "\#(due)", "grounds": "三包规定"}"#
    }

    private static func done(_ completedAt: String) -> String {
        #"{"outcome": "已换", "completedAt": "\#(completedAt)"}"#
    }

    static let wrong: [(WorkState, String, String, [String])] = [
        (.investigated, "solution", solution(due: "9999-12-31T00:00:00+08:00"), ["/completionDue"]),
        (.investigated, "solution", solution(due: "2031-11-22T00:00:00+08:00"), ["/completionDue"]),
        (.investigated, "progress", #"{"note": "在办", "expectedBy": "9999-01-01T00:00:00Z"}"#, ["/expectedBy"]),
        (.carryingOut, "implementation", done("1990-01-01T00:00:00+08:00"), ["/completedAt"]),
        (.carryingOut, "implementation", done("2026-11-20T08:59:59+08:00"), ["/completedAt"]),
    ]

    /// The complaint was heard on 20 November 2026 at 9:00 in China, and it is 10:00.
    @Test(arguments: wrong)
    func impossibleDatesAreNamed(
        _ state: WorkState, _ action: String, _ body: String, _ pointers: [String]
    ) async throws {
        let test = try await desk(at: state)
        try await test.serve { client in
            let answer = try await client.program(.handler).post(test.api(action), json: body)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.pointers == pointers)
        }
    }

    @Test func whatWasDoneSinceItWasHeardIsTaken() async throws {
        let test = try await desk(at: .carryingOut)
        try await test.serve { client in
            let body = Self.done("2026-11-20T09:00:00+08:00")
            let answer = try await client.program(.handler).post(test.api("implementation"), json: body)
            #expect(answer.status == 200)
        }
    }

    @Test(
        "M18 Who only looks sees the customer's data masked, through the API as on the page",
        arguments: [(Role.handler, true), (.head, true), (.supervisor, false), (.manager, false)])
    func masks(_ role: Role, seesContacts: Bool) async throws {
        let test = try await desk(at: .assigned)
        try await test.serve { client in
            let answer = try await client.program(role).get(test.api())
            #expect(answer.status == 200)
            #expect(answer.text.contains("13800138000") == seesContacts)
            #expect(answer.text.contains("陈女士") == seesContacts)
            #expect(answer.text.contains("138****8000") == !seesContacts)
        }
    }

    private func desk(at state: WorkState) async throws -> TestDesk {
        let test = try TestDesk()
        _ = try await test.department.hear(test.department.samples.assigned())
        let number = test.department.samples.number
        for step in Samples.steps(to: state) {
            switch step {
            case .does(let command): _ = try await test.desk.store.perform(command, on: number, by: Samples.handler)
            case .heads(let command): _ = try await test.desk.store.perform(command, on: number, by: Samples.head)
            case .hears(let notice): _ = try await test.department.hear(test.department.samples.event(notice))
            }
        }
        return test
    }
}
