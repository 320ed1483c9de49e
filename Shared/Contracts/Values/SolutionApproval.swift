import Foundation

/// An approval that a solution still needs, by the level's place in the pack. Rules M15, K19, S07.
public struct ApprovalRequest: Hashable, Sendable, Codable {
    /// The level's id in the pack, for example `head`.
    public var level: String
    public var title: LocalizedText
    /// The sign-in name of who approves; absent: the head of the department that drafted.
    public var approver: String?
    /// True when the approver signs with their name (审批签字).
    public var signature: Bool

    public init(level: String, title: LocalizedText, approver: String? = nil, signature: Bool = false) {
        self.level = level
        self.title = title
        self.approver = approver
        self.signature = signature
    }
}

/// An approval that a solution has got: who, when, on which level, and the signature where the level asks for one.
/// Rules M15, K19, S07, W16.
public struct SolutionApproval: Hashable, Sendable, Codable {
    /// The level's id in the pack, for example `head`.
    public var level: String
    public var title: LocalizedText
    /// A sign-in name.
    public var by: String
    public var at: Date
    /// The name that the approver signed with (审批签字), where the level asks for it.
    public var signature: String?

    public init(level: String, title: LocalizedText, by: String, at: Date, signature: String? = nil) {
        self.level = level
        self.title = title
        self.by = by
        self.at = at
        self.signature = signature
    }
}
