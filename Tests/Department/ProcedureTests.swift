import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// Rules of the procedure that a department keeps.
@Suite struct DepartmentProcedureTests {
    @Test(
        "M15 Beyond the authority that came with the case, a solution needs approval",
        arguments: [
            ("499.99", false, nil), ("500", false, nil), ("500.01", false, "500.01"), (nil, false, nil),
            (nil, true, "审批"), ("1", true, "审批"),
        ])
    func approval(_ compensation: String?, _ always: Bool, _ expected: String?) throws {
        let authority = Authority(compensationLimit: Money("500.00"), approvalRequired: always)
        let needs = try ApprovalRule.needs(
            compensation: compensation.flatMap(Money.init), remedies: [], under: authority)
        #expect(needs.map(\.level) == (expected == nil ? [] : ["head"]))
        if let expected { #expect(ApprovalRule.words(needs).zhHans.contains(expected)) }
    }

    @Test(
        "M15 Who drafted does not decide",
        arguments: [WorkCommand.approve(.head), .refuse(reason: "改一改", .head)])
    func nobodyDecidesOnTheirOwnDraft(_ command: WorkCommand) throws {
        let order = try Samples().order(.awaitingApproval)
        #expect(throws: Rejection.ownDraft) { try order.decide(command, by: Samples.handler, at: Samples.now) }
    }

    @Test("M15 An approved solution names its head and is proposed")
    func anApprovedSolutionNamesItsHeadAndIsProposed() throws {
        let decision = try Samples().order(.awaitingApproval)
            .decide(.approve(.head), by: Samples.head, at: Samples.now)
        #expect(decision.says.map { type(of: $0).type.verb } == ["approved", "proposed"])
        let proposed = try #require(decision.says.last as? SolutionProposed)
        #expect(proposed.solution.approvedBy == "zhao")
        #expect(proposed.solution.draftedBy == "wang")
    }

    /// 强制裁定: after a ruling a case cannot be returned.
    @Test func aRulingCannotBeReturned() throws {
        let samples = try Samples()
        let order = WorkOrder.opened(samples.number, samples.assigned(3, isRuling: true), at: Samples.now).order
        #expect(throws: Rejection.ruled) {
            try order.decide(.giveBack(reason: "不属本部门"), by: Samples.head, at: Samples.now)
        }
    }

    @Test func reworkCannotBeReturned() throws {
        let implemented = try Samples().order(.implemented)
        let rework = try implemented.decide(.reworkOrdered(round: 2, reason: "未解决"), by: .customer, at: Samples.now)
        #expect(rework.order.investigation == nil)
        #expect(throws: Rejection.returnTooLate) {
            try rework.order.decide(.giveBack(reason: "不属本部门"), by: Samples.head, at: Samples.now)
        }
    }

    @Test("K09 Nothing is proposed before every assisting department has given its opinion")
    func aProposalWaitsForOpinions() throws {
        let samples = try Samples()
        let assigned = samples.assigned(assisting: [samples.logistics])
        let start = WorkOrder.opened(samples.number, assigned, at: Samples.now).order
        let ready = try Move.investigated.reduce(start) { try $1.applied(to: $0).order }
        #expect(throws: Rejection.opinionsMissing([samples.logistics])) {
            try ready.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now)
        }
        let advised = try ready.decide(
            .advised(samples.logistics, opinion: "包装完好"), by: .staff("sun"), at: Samples.now
        ).order
        #expect(
            try advised.decide(.draft(Samples.draft), by: Samples.handler, at: Samples.now).order.state == .proposed)

        let consulted = try advised.decide(
            .consult(samples.logistics, question: "温度记录"), by: Samples.handler, at: Samples.now)
        #expect(consulted.says.first?.routedDepartment == samples.logistics)
        #expect(consulted.order.missingOpinions == [samples.logistics])
    }

    /// An opinion that overtook the newer assignment counts: the department that gave it will not be asked again.
    @Test func opinionsSurviveAReassignmentToTheSameLead() throws {
        let samples = try Samples()
        let first = WorkOrder.opened(
            samples.number, samples.assigned(assisting: [samples.logistics]), at: Samples.now
        ).order
        let advised = try first.decide(
            .advised(samples.logistics, opinion: "包装完好"), by: .staff("sun"), at: Samples.now
        ).order
        let again = try advised.decide(
            .assigned(samples.assigned(2, assisting: [samples.logistics])), by: .customer, at: Samples.now)
        #expect(again.order.missingOpinions.isEmpty)
    }

    @Test func solutionVersionsGoOnWhereTheComplaintIs() throws {
        let samples = try Samples()
        let start = WorkOrder.opened(samples.number, samples.assigned(2, nextVersion: 4), at: Samples.now).order
        let order = try Move.proposed.reduce(start) { try $1.applied(to: $0).order }
        #expect(order.stage.solution?.version == 4)
        #expect(order.nextVersion == 5)
    }

    /// Versions that another department may have used are left out; what people call solutions goes on by one.
    @Test(arguments: [(Int?.some(2), 2), (nil, 7)])
    func solutionNumbersLeaveNoneOut(_ told: Int?, _ number: Int) throws {
        let samples = try Samples()
        let assigned = samples.assigned(2, nextVersion: 7, nextNumber: told)
        let order = try Move.proposed.reduce(WorkOrder.opened(samples.number, assigned, at: Samples.now).order) {
            try $1.applied(to: $0).order
        }
        #expect(order.stage.solution?.version == 7)
        #expect(order.stage.solution?.shownNumber == number)
        // Assigned to it once more, before its own solution was heard of: it goes on behind that one.
        let again = try order.decide(
            .assigned(samples.assigned(3, nextVersion: 12, nextNumber: told)), by: .customer, at: Samples.now)
        #expect(again.order.nextVersion == 12)
        #expect(again.order.nextNumber == (told == nil ? 12 : 3))
    }

    @Test(arguments: [
        (WorkState.assigned, ["sign-off", "solution", "completion"]), (.investigating, ["solution", "completion"]),
        (.declined, ["completion"]), (.carryingOut, ["promise", "completion"]), (.implemented, []), (.closed, []),
        (.returned, []),
    ])
    func clocksRunUntilWhatStopsThem(_ state: WorkState, _ running: [String]) throws {
        #expect(OpenClocks.of(try Samples().order(state)).map(\.clock) == running)
    }
}
