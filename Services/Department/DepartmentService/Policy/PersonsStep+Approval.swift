import Contracts
import Foundation
import Procedure

/// Approval level by level (逐级审批): each in its turn, and never by who drafted. Rules M15, K19, S07, W16, V08.
extension PersonsStep {
    /// One level approves. With the last one the solution is approved and proposed; until then the next one is waited for.
    func approved(_ solution: Solution, _ vote: ApprovalVote) throws(Rejection) -> Decision {
        let given = solution.approvals ?? []
        if vote.isAbout(solution), let earlier = given.first(where: { $0.level == vote.level }) {
            guard earlier.by == actor.name else { throw .approvedAlready(by: earlier.by) }
            return Decision(order)
        }
        let need: ApprovalNeed
        do {
            need = try turn(solution, vote)
        } catch .notYours where vote.level == nil && given.contains(where: { $0.by == actor.name }) {
            // Sent twice: the level that was theirs has their approval.
            return Decision(order)
        }
        guard !need.signature || vote.signature != nil else { throw .signatureMissing }
        let approval = SolutionApproval(
            level: need.level, title: need.title, by: actor.name ?? "", at: now,
            signature: need.signature ? vote.signature : nil)
        var solution = solution
        solution.approvals = given + [approval]
        let pending = ApprovalRule.pending(solution, under: order.assignment.authority)
        return pending.first.map { endorsed(solution, approval, next: $0, pending) } ?? approved(solution, approval)
    }

    func refused(_ solution: Solution, _ reason: String, _ vote: ApprovalVote) throws(Rejection) -> Decision {
        let need = try turn(solution, vote)
        return moved(
            to: .refused(solution, reason: reason), entry(.refused, reason, facts(solution, need.title)),
            says: [
                SolutionRefused(
                    department: order.department, version: solution.version, reason: reason, by: actor,
                    level: need.level, levelTitle: need.title)
            ])
    }

    /// The level that is decided on now, when it is this person's.
    private func turn(_ solution: Solution, _ vote: ApprovalVote) throws(Rejection) -> ApprovalNeed {
        guard vote.isAbout(solution) else { throw .otherVersion(solution.shownNumber) }
        guard solution.draftedBy != actor.name else { throw .ownDraft }
        let pending = ApprovalRule.pending(solution, under: order.assignment.authority)
        guard let need = pending.first else { throw .nothingToApprove }
        if let level = vote.level, level != need.level {
            if let earlier = solution.approvals?.first(where: { $0.level == level }) {
                throw .approvedAlready(by: earlier.by)
            }
            guard pending.contains(where: { $0.level == level }) else { throw .nothingToApprove }
            throw .earlierLevelFirst(need.title)
        }
        guard vote.mayGive(need, as: actor.name, among: pending) else { throw .notYours(need.title) }
        return need
    }

    private func endorsed(
        _ solution: Solution, _ approval: SolutionApproval, next: ApprovalNeed, _ pending: [ApprovalNeed]
    ) -> Decision {
        let words = ApprovalRule.words(pending)
        return moved(
            to: .awaitingApproval(solution, needs: "\(words.zhHans) / \(words.en)"),
            entry(.endorsed, nil, facts(solution, approval)),
            says: [
                SolutionEndorsed(
                    department: order.department, version: solution.version, approval: approval, next: next.request)
            ])
    }

    private func approved(_ solution: Solution, _ approval: SolutionApproval) -> Decision {
        var solution = solution
        solution.approvedBy = actor.name
        var decision = proposed(solution)
        decision.history.insert(entry(.approved, nil, facts(solution, approval)), at: 0)
        decision.says.insert(
            SolutionApproved(
                department: order.department, version: solution.version, by: actor, approvals: solution.approvals),
            at: 0)
        return decision
    }

    private func facts(_ solution: Solution, _ approval: SolutionApproval) -> [String: String] {
        var facts = facts(solution, approval.title)
        facts["signature"] = approval.signature
        return facts
    }

    private func facts(_ solution: Solution, _ level: LocalizedText) -> [String: String] {
        ["version": "\(solution.version)", "approvalLevel": "\(level.zhHans) / \(level.en)"]
    }
}
