/// One level that may have to approve a solution before the customer hears of it. Rules M15, K19, S07, W16.
///
/// The policy pack's conditions on the complaint are decided when the case is assigned; what is left for the department
/// is what only the solution can tell: its compensation and its remedies.
public struct ApprovalStage: Hashable, Sendable, Codable {
    /// The level's id in the pack, for example `head` or `deputy-general-manager`.
    public var level: String
    public var title: LocalizedText
    /// The sign-in name of who approves; absent: the head of the department that drafts.
    public var approver: String?
    /// True when the approver signs with their name (审批签字, S07).
    public var signature: Bool
    /// True when every solution of this case needs this level.
    public var always: Bool
    /// A solution with more compensation than this needs it.
    public var compensationAbove: Money?
    /// A solution with any of these remedies needs it.
    public var remedies: [Remedy]
    /// The pack's rule, with the facts that met it.
    public var because: Explanation

    public init(
        level: String, title: LocalizedText, approver: String? = nil, signature: Bool = false, always: Bool = false,
        compensationAbove: Money? = nil, remedies: [Remedy] = [], because: Explanation
    ) {
        self.level = level
        self.title = title
        self.approver = approver
        self.signature = signature
        self.always = always
        self.compensationAbove = compensationAbove
        self.remedies = remedies
        self.because = because
    }
}
