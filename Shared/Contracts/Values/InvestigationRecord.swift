import Foundation

/// What an investigation sets out to find, stated when it starts. Rule M11.
public struct InvestigationPlan: Hashable, Sendable, Codable {
    /// 调查目标
    public var goals: String
    /// 所需信息
    public var information: String
    /// 调查步骤
    public var steps: String

    public init(goals: String, information: String, steps: String) {
        self.goals = goals
        self.information = information
        self.steps = steps
    }
}

/// What a piece of evidence is. Rule M12.
public enum EvidenceKind: String, Sendable, Codable, CaseIterable {
    /// 交易记录
    case transactionRecord
    /// 服务日志
    case serviceLog
    /// 通话录音、录像
    case recording
    /// 访谈、走访
    case interview
    /// 现场查验
    case siteCheck
    /// 检测报告
    case testReport
    /// 其他
    case other
}

/// A piece of evidence that an investigation collected. Rule M12.
public struct CollectedEvidence: Hashable, Sendable, Codable {
    public var kind: EvidenceKind
    /// What it is, and where it is kept.
    public var title: String
    /// What it shows.
    public var shows: String?
    public var collectedAt: Date
    /// A sign-in name.
    public var by: String

    public init(kind: EvidenceKind, title: String, shows: String? = nil, collectedAt: Date, by: String) {
        self.kind = kind
        self.title = title
        self.shows = shows
        self.collectedAt = collectedAt
        self.by = by
    }
}

/// A verification on site (现场确认). Rule K09.
public struct SiteVisit: Hashable, Sendable, Codable {
    public var place: String
    public var at: Date
    /// Who was there, in words.
    public var people: String

    public init(place: String, at: Date, people: String) {
        self.place = place
        self.at = at
        self.people = people
    }
}
