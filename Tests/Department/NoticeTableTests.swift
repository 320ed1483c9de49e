import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// What every message does in every state: `→` leads to a state, `=` adds to the record, `·` is over and does nothing,
/// `…` came too early and is tried again.
@Suite struct NoticeTableTests {
    /// cancelled, urged, escalated, consulted, advised, accepted v1, declined v1, rework 2, closed, accepted v9, joined
    static let table: [(WorkState, [String])] = [
        (.assigned, ["→cancelled", "=", "=", "·", "=", "…", "…", "…", "→closed", "…", "="]),
        (.investigating, ["→cancelled", "=", "=", "·", "=", "…", "…", "…", "→closed", "…", "="]),
        (.investigated, ["→cancelled", "=", "=", "·", "=", "…", "…", "…", "→closed", "…", "="]),
        (.awaitingApproval, ["→cancelled", "=", "=", "·", "=", "·", "·", "…", "→closed", "…", "="]),
        (.refused, ["→cancelled", "=", "=", "·", "=", "·", "·", "…", "→closed", "…", "="]),
        (.proposed, ["→cancelled", "=", "=", "·", "=", "→carryingOut", "→declined", "…", "→closed", "…", "="]),
        (.declined, ["→cancelled", "=", "=", "·", "=", "·", "·", "…", "→closed", "…", "="]),
        (.carryingOut, ["→cancelled", "=", "=", "·", "=", "·", "·", "…", "→closed", "…", "="]),
        (.implemented, ["→cancelled", "=", "=", "·", "=", "·", "·", "→investigating", "→closed", "…", "="]),
        (.opinionDue, ["→cancelled", "=", "=", "=", "…", "…", "…", "…", "→closed", "…", "…"]),
        (.opinionGiven, ["→cancelled", "=", "=", "→opinionDue", "…", "…", "…", "…", "→closed", "…", "…"]),
        (.closed, over),
        (.returned, over),
        (.cancelled, over.enumerated().map { $0.offset == 8 ? "→closed" : $0.element }),
    ]

    /// What comes after the end changes nothing, but an opinion or a confirmation on the wire is kept with the record; and
    /// what Callback has closed is closed, though it was withdrawn or merged in the meantime.
    private static let over = ["·", "·", "·", "·", "=", "·", "·", "·", "·", "·", "="]

    private func notices(_ samples: Samples) -> [WorkNotice] {
        [
            .cancelled(assignment: 1, .reassigned), .urged(clock: "solution", comment: "请尽快"),
            .escalated(level: "总部", reason: "媒体关注"), .consulted(question: "批次情况"),
            .advised(samples.logistics, opinion: "包装完好"), .accepted(version: 1, comment: nil),
            .declined(version: 1, objection: "要求退货"), .reworkOrdered(round: 2, reason: "又冒烟"),
            .closed(.satisfied, satisfaction: 5), .accepted(version: 9, comment: nil),
            .joined(samples.logistics, person: "sun"),
        ]
    }

    @Test(arguments: table) func everyNoticeInEveryState(_ state: WorkState, _ expected: [String]) throws {
        let samples = try Samples()
        let order = try samples.order(state)
        for (notice, expected) in zip(notices(samples), expected) {
            #expect(verdict(order, notice) == expected, "\(state) ← \(notice)")
        }
    }

    @Test func tableIsComplete() {
        #expect(Set(Self.table.map(\.0)) == Set(WorkState.allCases))
        #expect(Self.table.allSatisfy { $0.1.count == 11 })
    }

    private func verdict(_ order: WorkOrder, _ notice: WorkNotice) -> String {
        do {
            let decision = try order.decide(notice, by: .customer, at: Samples.now)
            if decision.isUnchanged { return "·" }
            return decision.order.state == order.state ? "=" : "→\(decision.order.state.rawValue)"
        } catch {
            return "…"
        }
    }

    @Test(arguments: WorkState.allCases) func newerAssignmentReplacesOlder(_ state: WorkState) throws {
        let samples = try Samples()
        let order = try samples.order(state)
        let newer = try order.decide(.assigned(samples.assigned(2, isRuling: true)), by: .customer, at: Samples.now)
        #expect(newer.order.state == .assigned)
        #expect(newer.order.assignment.assignment == 2)
        #expect(newer.order.nextVersion == order.nextVersion, "versions never repeat")
        let stale = try newer.order.decide(.assigned(samples.assigned(1)), by: .customer, at: Samples.now)
        #expect(stale.isUnchanged)
        let late = try newer.order.decide(.cancelled(assignment: 1, .reassigned), by: .customer, at: Samples.now)
        #expect(late.isUnchanged)
    }

    @Test func cancellationBeforeItsAssignmentIsPremature() throws {
        let order = try Samples().order(.returned)
        #expect(throws: Premature.self) {
            try order.decide(.cancelled(assignment: 2, .withdrawn), by: .customer, at: Samples.now)
        }
    }

    @Test func anAnswerNeedsItsQuestion() throws {
        let asked = try Move.does(.ask(question: "发票照片")).applied(to: try Samples().order(.investigating)).order
        #expect(asked.isWaitingForCustomer)
        #expect(throws: Premature.self) {
            try asked.decide(.answered(request: 2, answer: "见附件"), by: .customer, at: Samples.now)
        }
        let answered = try asked.decide(.answered(request: 1, answer: "见附件"), by: .customer, at: Samples.now).order
        #expect(!answered.isWaitingForCustomer)
        #expect(answered.questions.map(\.answer) == ["见附件"])
    }
}
