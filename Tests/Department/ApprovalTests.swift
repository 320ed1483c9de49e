import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// Approval level by level: whose it is, in which order, and what two people at once lead to.
@Suite struct ApprovalTests {
    static let head = LocalizedText(zhHans: "部门负责人", en: "Head of department")
    static let manager = LocalizedText(zhHans: "副总经理", en: "Deputy general manager")

    /// The head decides above 500, the deputy general manager with a signature above 1000 and on every return; nobody
    /// offers more than 3000.
    static let authority = Authority(
        compensationLimit: Money("500.00"), compensationStandard: Money("3000.00"),
        stages: [
            ApprovalStage(
                level: "head", title: head, compensationAbove: Money("500.00"),
                because: Explanation(
                    rule: "authority.general", text: LocalizedText(zhHans: "经办权限为 500", en: "a handler may offer 500"))),
            ApprovalStage(
                level: "deputy", title: manager, approver: "general-manager", signature: true,
                compensationAbove: Money("1000.00"), remedies: [.return],
                because: Explanation(
                    rule: "approval.returns", text: LocalizedText(zhHans: "退货与高额补偿", en: "returns and high sums"))),
        ])
    static let deputy = Actor.staff("general-manager")
    static let signed = ApprovalVote(signature: "周建国", isHead: true)

    /// A case under these limits with a solution drafted.
    private func drafted(_ compensation: String?, _ remedies: [Remedy]? = nil) throws -> WorkOrder {
        let samples = try Samples()
        let start = WorkOrder.opened(
            samples.number, samples.assigned(authority: Self.authority), at: Samples.now
        ).order
        var draft = Samples.draft
        draft.compensation = compensation.flatMap(Money.init)
        draft.remedies = remedies
        let moves = Move.investigated + [.does(.draft(draft))]
        return try moves.reduce(start) { try $1.applied(to: $0).order }
    }

    @Test(
        "M15 K19 S07 V05 The levels that a solution needs, in their order",
        arguments: [
            ("500.00", nil, []), ("500.01", nil, ["head"]), ("1000.01", nil, ["head", "deputy"]),
            (nil, [Remedy.return], ["deputy"]), ("800.00", [.repair, .return], ["head", "deputy"]),
            (nil, [.repair], []),
        ] as [(String?, [Remedy]?, [String])])
    func levels(_ compensation: String?, _ remedies: [Remedy]?, _ levels: [String]) throws {
        let order = try drafted(compensation, remedies)
        #expect(order.pendingApprovals.map(\.level) == levels)
        #expect(order.state == (levels.isEmpty ? .proposed : .awaitingApproval))
    }

    @Test("M14 Compensation above the company's standard is refused at entry with the limit")
    func standard() throws {
        #expect(throws: Rejection.aboveStandard(try #require(Money("3000.00")))) { try drafted("3000.01") }
        #expect(try drafted("3000.00").state == .awaitingApproval)
    }

    @Test("S07 K19 One level after the other approves, the last with its signature, and then it is proposed")
    func levelByLevel() throws {
        let order = try drafted("2000.00")
        #expect(throws: Rejection.earlierLevelFirst(Self.head)) {
            try order.decide(.approve(ApprovalVote(level: "deputy", isHead: false)), by: Self.deputy, at: Samples.now)
        }
        let first = try order.decide(.approve(.head), by: Samples.head, at: Samples.now)
        #expect(first.order.state == .awaitingApproval)
        let endorsed = try #require(first.says.first as? SolutionEndorsed)
        #expect(first.says.count == 1 && endorsed.approval.by == "zhao" && endorsed.next.level == "deputy")

        #expect(throws: Rejection.notYours(Self.manager)) {
            try first.order.decide(.approve(.head), by: .staff("qian"), at: Samples.now)
        }
        #expect(throws: Rejection.signatureMissing) {
            try first.order.decide(.approve(ApprovalVote(isHead: true)), by: Self.deputy, at: Samples.now)
        }
        let last = try first.order.decide(.approve(Self.signed), by: Self.deputy, at: Samples.tomorrow)
        #expect(last.order.state == .proposed)
        let approved = try #require(last.says.first as? SolutionApproved)
        #expect(approved.approvals?.map(\.level) == ["head", "deputy"])
        #expect(approved.approvals?.map(\.by) == ["zhao", "general-manager"])
        #expect(approved.approvals?.map(\.signature) == [nil, "周建国"])
        #expect(approved.approvals?.last?.at == Samples.tomorrow)
        #expect((last.says.last as? SolutionProposed)?.solution.approvals == approved.approvals)
    }

    @Test("K19 Whoever decides on a higher level does not stand in for the head on a lower one; other management does")
    func standingIn() throws {
        let order = try drafted("2000.00")
        let vote = ApprovalVote(isHead: true, standsIn: true)
        #expect(throws: Rejection.notYours(Self.head)) {
            try order.decide(.approve(vote), by: Self.deputy, at: Samples.now)
        }
        let first = try order.decide(.approve(vote), by: .staff("director"), at: Samples.now).order
        #expect(first.stage.solution?.approvals?.map(\.by) == ["director"])
        #expect(try first.decide(.approve(Self.signed), by: Self.deputy, at: Samples.now).order.state == .proposed)
    }

    @Test("M15 What clocks need: the draft names its approvals, every end says so once")
    func events() throws {
        let samples = try Samples()
        let start = WorkOrder.opened(samples.number, samples.assigned(authority: Self.authority), at: Samples.now).order
        let ready = try Move.investigated.reduce(start) { try $1.applied(to: $0).order }
        let drafted = try Move.does(.draft(Samples.dearDraft)).applied(to: ready)
        let event = try #require(drafted.says.first as? SolutionDrafted)
        #expect(event.approvals?.map(\.level) == ["head"])
        let refused = try drafted.order.decide(.refuse(reason: "补偿过高", .head), by: Samples.head, at: Samples.now)
        #expect((refused.says.first as? SolutionRefused)?.level == "head")
        #expect(refused.says.count == 1)
    }

    @Test("S07 M15 A refusal on any level goes back to the drafter, and the next version starts with the first level")
    func refusal() throws {
        let order = try drafted("2000.00")
        let endorsed = try order.decide(.approve(.head), by: Samples.head, at: Samples.now).order
        let refused = try endorsed.decide(.refuse(reason: "依据不足", Self.signed), by: Self.deputy, at: Samples.now).order
        #expect(refused.stage.remark == "依据不足")
        #expect(refused.actions.first == .solution)
        var draft = Samples.draft
        draft.compensation = Money("1500.00")
        let again = try refused.decide(.draft(draft), by: Samples.handler, at: Samples.now).order
        #expect(again.stage.solution?.version == 2)
        #expect(again.pendingApprovals.map(\.level) == ["head", "deputy"], "nobody has approved this version")
    }

    @Test("M15 S07 Two heads decide at once: one consistent state, whoever comes first", arguments: [true, false])
    func twoHeads(_ firstIsZhao: Bool) throws {
        let order = try drafted("2000.00")
        let (first, second) = firstIsZhao ? ("zhao", "qian") : ("qian", "zhao")
        let vote = ApprovalVote(version: 1, level: "head", isHead: true)
        let one = try order.decide(.approve(vote), by: .staff(first), at: Samples.now).order
        #expect(one.stage.solution?.approvals?.map(\.by) == [first])
        #expect(throws: Rejection.approvedAlready(by: first)) {
            try one.decide(.approve(vote), by: .staff(second), at: Samples.now)
        }
        #expect(throws: Rejection.approvedAlready(by: first)) {
            try one.decide(.refuse(reason: "不同意", vote), by: .staff(second), at: Samples.now)
        }
        #expect(try one.decide(.approve(vote), by: .staff(first), at: Samples.now).isUnchanged, "a double click")
        let nameless = ApprovalVote(isHead: true)
        #expect(try one.decide(.approve(nameless), by: .staff(first), at: Samples.now).isUnchanged, "said twice")
    }

    @Test("M15 One head approves while the other refuses: whoever comes first decides", arguments: [true, false])
    func approvalAgainstRefusal(_ approvalFirst: Bool) throws {
        let order = try drafted("800.00")
        let vote = ApprovalVote(version: 1, level: "head", isHead: true)
        let (approve, refuse) = (WorkCommand.approve(vote), WorkCommand.refuse(reason: "不同意", vote))
        let first = try order.decide(approvalFirst ? approve : refuse, by: .staff("zhao"), at: Samples.now).order
        #expect(first.state == (approvalFirst ? .proposed : .refused))
        #expect(throws: Rejection.nothingToApprove) {
            try first.decide(approvalFirst ? refuse : approve, by: .staff("qian"), at: Samples.now)
        }
    }

    @Test("M15 Nobody approves a version that they have not seen")
    func otherVersion() throws {
        var order = try drafted("800.00")
        order = try order.decide(.refuse(reason: "补偿过高", .head), by: Samples.head, at: Samples.now).order
        var draft = Samples.draft
        draft.compensation = Money("900.00")
        order = try order.decide(.draft(draft), by: Samples.handler, at: Samples.now).order
        #expect(throws: Rejection.otherVersion(2)) {
            try order.decide(.approve(ApprovalVote(version: 1, isHead: true)), by: .staff("qian"), at: Samples.now)
        }
    }

    @Test("V08 W16 Who is above the heads decides in person, and nobody in their place")
    func management() throws {
        let order = try drafted(nil, [.return])
        #expect(order.awaited == ["general-manager"])
        #expect(order.named == ["general-manager", "lin"])
        for other in ["zhao", "ma"] {
            #expect(throws: Rejection.notYours(Self.manager)) {
                try order.decide(.approve(Self.signed), by: .staff(other), at: Samples.now)
            }
        }
        let approved = try order.decide(.approve(Self.signed), by: Self.deputy, at: Samples.now).order
        #expect(approved.state == .proposed)
        #expect(approved.named == ["general-manager", "lin"], "whoever decided may look at what they decided on")
    }
}
