import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// What every command does in every state. `→` leads to a state, `=` changes nothing but may add to the record,
/// `·` is a repetition that does nothing, and a word is the rejection's code.
@Suite struct CommandTableTests {
    static let table: [(WorkState, [String])] = [
        (
            .assigned,
            [
                "→investigating", "→returned", "notAcknowledged", "notAcknowledged", "notAcknowledged",
                "notAcknowledged", "notAcknowledged", "notAcknowledged", "notAcknowledged", "notAcknowledged",
                "notAcknowledged",
                "notAcknowledged", "notAcknowledged", "notNamed", "notAcknowledged",
            ]
        ),
        (
            .investigating,
            [
                "·", "→returned", "→investigated", "notInvestigated", "nothingToApprove", "nothingToApprove", "=", "=",
                "notAssisting", "leadOwesSolution", "notAccepted",
                "=", "=", "notNamed", "notAccepted",
            ]
        ),
        (
            .investigated,
            [
                "·", "→returned", "=", "→proposed", "nothingToApprove", "nothingToApprove", "=", "=", "notAssisting",
                "leadOwesSolution", "notAccepted",
                "=", "=", "notNamed", "notAccepted",
            ]
        ),
        (
            .awaitingApproval,
            [
                "·", "returnTooLate", "notNow", "notNow", "→proposed", "→refused", "=", "=", "notNow",
                "leadOwesSolution", "notAccepted",
                "notNow", "notNow", "notNamed", "notAccepted",
            ]
        ),
        (
            .refused,
            [
                "·", "returnTooLate", "=", "→proposed", "nothingToApprove", "nothingToApprove", "=", "=",
                "notAssisting", "leadOwesSolution", "notAccepted",
                "=", "=", "notNamed", "notAccepted",
            ]
        ),
        (
            .proposed,
            [
                "·", "returnTooLate", "notNow", "·", "nothingToApprove", "nothingToApprove", "=", "=", "notNow",
                "leadOwesSolution", "notAccepted",
                "notNow", "notNow", "notNamed", "notAccepted",
            ]
        ),
        (
            .declined,
            [
                "·", "returnTooLate", "=", "→proposed", "nothingToApprove", "nothingToApprove", "=", "=",
                "notAssisting", "leadOwesSolution", "notAccepted",
                "=", "=", "notNamed", "notAccepted",
            ]
        ),
        (
            .carryingOut,
            [
                "·", "returnTooLate", "notNow", "notNow", "nothingToApprove", "nothingToApprove", "=", "=", "notNow",
                "leadOwesSolution", "→implemented",
                "notNow", "notNow", "notNamed", "=",
            ]
        ),
        (
            .implemented,
            [
                "·", "returnTooLate", "notNow", "notNow", "nothingToApprove", "nothingToApprove", "=", "=", "notNow",
                "leadOwesSolution", "notNow",
                "notNow", "notNow", "notNamed", "notNow",
            ]
        ),
        (
            .opinionDue,
            [
                "·", "assistingOwesOpinion", "assistingOwesOpinion", "assistingOwesOpinion", "assistingOwesOpinion",
                "assistingOwesOpinion", "=", "=", "assistingOwesOpinion", "→opinionGiven", "assistingOwesOpinion",
                "assistingOwesOpinion", "assistingOwesOpinion", "notNamed", "assistingOwesOpinion",
            ]
        ),
        (
            .opinionGiven,
            [
                "·", "assistingOwesOpinion", "assistingOwesOpinion", "assistingOwesOpinion", "assistingOwesOpinion",
                "assistingOwesOpinion", "ended", "ended", "assistingOwesOpinion", "ended", "assistingOwesOpinion",
                "assistingOwesOpinion", "assistingOwesOpinion", "notNamed", "assistingOwesOpinion",
            ]
        ),
        (.closed, Array(repeating: "ended", count: 15)),
        (.returned, Array(repeating: "ended", count: 15)),
        (.cancelled, Array(repeating: "ended", count: 15)),
    ]

    /// One of each command, none of which repeats what led to a state but for the acknowledgement and the draft.
    private func commands(_ samples: Samples) -> [WorkCommand] {
        var other = Samples.findings
        other.rootCause = "操作规程缺失"
        return [
            .acknowledge, .giveBack(reason: "归口有误"), .investigate(other), .draft(Samples.draft),
            .approve(.head), .refuse(reason: "依据不足", .head), .report(note: "已联系客户", expectedBy: nil),
            .ask(question: "请提供发票照片"),
            .consult(samples.logistics, question: "是否运输损坏"), .advise(opinion: "包装完好"),
            .implement(outcome: "已退款", completedAt: Samples.now), .plan(Samples.plan),
            .collect(Samples.evidence), .join, .complete(at: Samples.now),
        ]
    }

    @Test(arguments: table) func everyCommandInEveryState(_ state: WorkState, _ expected: [String]) throws {
        let samples = try Samples()
        let order = try samples.order(state)
        for (command, expected) in zip(commands(samples), expected) {
            #expect(verdict(order, command) == expected, "\(state) ← \(command)")
        }
    }

    @Test func tableIsComplete() {
        #expect(Set(Self.table.map(\.0)) == Set(WorkState.allCases))
        #expect(Self.table.allSatisfy { $0.1.count == 15 })
    }

    private func verdict(_ order: WorkOrder, _ command: WorkCommand) -> String {
        do {
            let decision = try order.decide(command, by: Samples.head, at: Samples.now)
            if decision.isUnchanged { return "·" }
            return decision.order.state == order.state ? "=" : "→\(decision.order.state.rawValue)"
        } catch {
            return error.code
        }
    }

    /// A life with every kind of step in it.
    static let life: [Move] = [
        .does(.acknowledge), .does(.investigate(Samples.findings)), .does(.draft(Samples.dearDraft)),
        .heads(.refuse(reason: "补偿过高", .head)), .does(.draft(Samples.draft)),
        .hears(.declined(version: 2, objection: "退货")),
        .does(.draft(Samples.dearDraft)), .heads(.approve(.head)), .hears(.accepted(version: 3, comment: nil)),
        .does(.report(note: "新机已发出", expectedBy: Samples.tomorrow)), .does(.ask(question: "方便收货的时间")),
        .hears(.answered(request: 1, answer: "周末")), .does(.implement(outcome: "已换新机", completedAt: Samples.now)),
        .hears(.reworkOrdered(round: 2, reason: "新机有划痕")), .does(.investigate(Samples.findings)),
    ]

    /// What led to a state, given once more, says nothing twice.
    @Test(arguments: life.indices) func repetitionChangesNothing(_ index: Int) throws {
        let order = try Self.life[...index].reduce(try Samples().order(.assigned)) { try $1.applied(to: $0).order }
        let again = try Self.life[index].applied(to: order)
        #expect(again.isUnchanged)
        #expect(again.order == order)
    }
}
