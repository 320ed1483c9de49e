import Contracts
import Web

/// Who is asking, as one department sees them: its own people, those who are bound to no department, and those of other
/// departments whom a case names, for instance as the one whose approval it needs (M15, S07).
struct Visitor {
    let identity: Identity
    let department: DepartmentID

    /// True for who works in this department, or in none.
    var isInsider: Bool { identity.belongs(to: department.text) }

    /// True for who heads the department, or stands above its head: gives the approvals that name nobody.
    var isHead: Bool { isInsider && identity.has(any: [.head, .manager]) }

    /// True for who only stands above the department's head.
    var standsIn: Bool { isHead && !identity.has(any: [.head]) }

    /// As whom they are asked for something. Management stands in for heads, but is not asked for each of their approvals.
    var asked: [String] { [identity.name] + (isInsider && identity.has(any: [.head]) ? [Wait.head] : []) }

    /// What they may do in a case now, the most important first.
    func actions(in order: WorkOrder) -> [WorkAction] {
        order.actions.filter { action in
            switch action {
            case .approval: mayDecide(in: order)
            case .participation: order.missingParticipants.contains(identity.name)
            default: isInsider && identity.has(any: action.roles)
            }
        }
    }

    /// Who drafted does not approve: the form would only lead to a refusal.
    private func mayDecide(in order: WorkOrder) -> Bool {
        let pending = order.pendingApprovals
        guard let need = pending.first, order.stage.solution?.draftedBy != identity.name else {
            return false
        }
        return ApprovalVote(isHead: isHead, standsIn: standsIn).mayGive(need, as: identity.name, among: pending)
    }
}
