/// Where a work order stands: the names that are stored, filtered by and shown. `WorkStage` says what belongs to each.
package enum WorkState: String, Sendable, Codable, CaseIterable {
    /// 待签收: given to the department, not signed for.
    case assigned
    /// 调查中: signed for, or back for rework.
    case investigating
    /// 待出方案: the cause is known, a solution is owed.
    case investigated
    /// 待审批: the solution is beyond the handler's authority (M15).
    case awaitingApproval
    /// 审批退回: the head refused the solution.
    case refused
    /// 待客户答复: the solution is with the customer.
    case proposed
    /// 客户不同意: another solution is owed (K12).
    case declined
    /// 执行中: the customer agreed (K11).
    case carryingOut
    /// 待回访: carried out, the customer is being asked (K14).
    case implemented
    /// 待提意见: an assisting department signed and owes its opinion (K09).
    case opinionDue
    /// 意见已提: an assisting department has given its opinion.
    case opinionGiven
    /// 已办结
    case closed
    /// 已退单
    case returned
    /// 已取消: withdrawn, merged or given to another department.
    case cancelled

    /// True while somebody still has to do with it. An opinion that was given may be asked for again, but until then
    /// the department is done.
    package var isOpen: Bool {
        switch self {
        case .assigned, .investigating, .investigated, .awaitingApproval, .refused, .proposed, .declined, .carryingOut,
            .implemented, .opinionDue:
            true
        case .opinionGiven, .closed, .returned, .cancelled:
            false
        }
    }

    /// True when the department itself has the next step, not its customer.
    package var isOurTurn: Bool {
        switch self {
        case .assigned, .investigating, .investigated, .awaitingApproval, .refused, .declined, .carryingOut,
            .opinionDue:
            true
        case .proposed, .implemented, .opinionGiven, .closed, .returned, .cancelled:
            false
        }
    }
}
