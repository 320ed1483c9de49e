import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import RoutingService

/// The leading department is told of clocks that start while it leads and that its own work stops.
@Suite("Departments hear of their clocks")
struct DepartmentClockTests {
    private let quality = Samples.department("product-quality")

    private func told(_ bench: RoutingBench) async throws -> [String] {
        try await bench.said(DeadlineMoved.self).map { moved in
            "\(moved.deadline.clock) \(moved.startedBy ?? moved.stoppedBy.map { "by \($0)" } ?? "moved")"
        }
    }

    @Test("M15 the same-day time for approval starts with the draft, and the department hears it")
    func approval() async throws {
        let bench = try RoutingBench()
        try await bench.bring(to: .investigating)
        #expect(try await told(bench) == [], "what runs from the start came with the case")
        try await bench.hear(SolutionDrafted(department: quality, solution: Samples.solution(1), needs: "超出额度"))
        #expect(try await told(bench) == ["approval solution.drafted"])
        let message = try #require(try await bench.said(DeadlineMoved.self).first)
        #expect(message.department == quality)
        #expect(message.deadline.dueAt == (try await bench.runningClock("approval")).deadline.dueAt)
    }

    @Test("K12 K13 so do the times for another solution, for carrying it out and for rework")
    func others() async throws {
        let bench = try RoutingBench()
        try await bench.bring(to: .revising)
        #expect(try await told(bench) == ["approval solution.drafted", "revision solution.declined"])
        let other = try RoutingBench()
        try await other.bring(to: .callback)
        // The customer's and the caller's clocks are not the department's.
        #expect(try await told(other) == ["approval solution.drafted", "implementation solution.accepted"])
        try await other.hear(ReworkOrdered(department: quality, round: 2, reason: "又坏了", by: .system("callback")))
        #expect(try await told(other).last == "rework rework.ordered")
    }

    @Test("a new assignment lists what runs, and does not tell of it twice") func assignedAgain() async throws {
        let bench = try RoutingBench()
        try await bench.bring(to: .investigating)
        let order = AssignmentOrder(
            department: Samples.department("logistics"), assisting: [], reason: "改派")
        _ = try await bench.desk.assign(Samples.number(1), order, by: "zhou", isSupervisor: true)
        #expect(try await told(bench) == [])
        let last = try #require(try await bench.said(CaseAssigned.self).last)
        #expect(last.deadlines.map(\.clock).contains("sign-off"))
    }

    @Test("a clock of the department's that something else stops: it is told of that") func stoppedUnheard()
        async throws
    {
        let bench = try RoutingBench { pack in
            guard var telling = pack.clock("answer") else { return }
            (telling.id, telling.starts) = ("telling", "solution.proposed")
            telling.stops = ["solution.presented", "solution.implemented"]
            pack.clocks.append(telling)
        }
        try await bench.bring(to: .proposed)
        try await bench.hear(
            SolutionPresented(
                department: quality, version: 1, way: "phone", at: bench.clock.now(), by: .staff("caller")))
        let news = try await told(bench).filter { $0.hasPrefix("telling") }
        #expect(news == ["telling solution.proposed", "telling by solution.presented"])
    }

    @Test("M18 a department, which reads no pack, is told its words and what each role sees masked")
    func words() async throws {
        let bench = try RoutingBench(pack: "kangyu-medical") { $0.privacy?.masks[.agent] = nil }
        try await bench.receive(Samples.complaint("植入物断裂，要求退货"))
        let number = Samples.number(1)
        if try await bench.state() == .awaitingJudgement {
            _ = try await bench.desk.judge(number, JudgementOrder(verdict: .valid, reason: "属实"), by: "c")
        }
        if try await bench.said(CaseAssigned.self).isEmpty {
            let order = AssignmentOrder(department: Samples.department("quality"), assisting: [], reason: "归口")
            _ = try await bench.desk.assign(number, order, by: "c", isSupervisor: true)
        }
        let assigned = try #require(try await bench.said(CaseAssigned.self).last)
        #expect(assigned.masks?["handler"] == ["address", "email"])
        #expect(assigned.masks?["manager"] == [])
        #expect(assigned.masks?["agent"]?.count == 5, "a role that the pack does not name sees all masked")
        let words = try #require(assigned.words)
        #expect(words.people["quality.head"]?.zhHans == "质量部负责人")
        #expect(words.severities["major"] == bench.pack.title(of: .major))
        #expect(words.clocks["sign-off"]?.zhHans == "签收")
    }
}
