import Contracts

/// A level of approval (审批层级), from the department's head to top management. Rules K19, M15, S07, W16.
package struct ApprovalLevel: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// The sign-in name of who approves; absent: the head of the department that drafts.
    package var approver: String?
    /// True when the approver signs (审批签字, S07).
    package var signature: Bool
}

/// Which solutions need which levels, beyond what `authority` says of a severity.
package struct ApprovalRequirement: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// Asks about the graded complaint; absent: any.
    package var when: Condition?
    /// Solutions with more compensation.
    package var compensationAbove: Money?
    /// Solutions with one of these remedies (return, exchange: V05).
    package var remedies: [Remedy]
    /// In the order of the levels.
    package var levels: [ApprovalLevel]
}

/// Every level and requirement of a pack.
package struct Approvals: Sendable, Hashable {
    /// Lowest first. The first approves what is above a handler's limit.
    package var levels: [ApprovalLevel]
    package var requirements: [ApprovalRequirement]
}
