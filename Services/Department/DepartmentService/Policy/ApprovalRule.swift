import Contracts

/// When a solution needs approval before the customer hears of it (M15, K19): always, when the assignment says so, or
/// when its compensation is more than a handler may offer. What the limits are comes with the case.
enum ApprovalRule {
    /// Why it needs approval, in both languages; nil when it does not.
    static func needs(_ draft: SolutionDraft, under authority: Authority) -> LocalizedText? {
        needs(compensation: draft.compensation, under: authority)
    }

    static func needs(_ solution: Solution, under authority: Authority) -> LocalizedText? {
        needs(compensation: solution.compensation, under: authority)
    }

    private static func needs(compensation: Money?, under authority: Authority) -> LocalizedText? {
        if let compensation, let limit = authority.compensationLimit, compensation > limit {
            return LocalizedText(
                zhHans: "补偿金额 \(compensation) 超出经办权限 \(limit)",
                en: "The compensation of \(compensation) exceeds the handler's limit of \(limit)")
        }
        guard authority.approvalRequired else { return nil }
        return LocalizedText(
            zhHans: "此类投诉的处理方案须经部门负责人审批", en: "Every solution of this complaint needs the head's approval")
    }
}
