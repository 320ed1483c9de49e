import Foundation

/// The policy pack, and which version of it, that a decision was taken under.
public struct PolicyStamp: Hashable, Sendable, Codable, CustomStringConvertible {
    public var id: String
    public var version: Int

    public init(id: String, version: Int) {
        self.id = id
        self.version = version
    }

    public var description: String { "\(id)@\(version)" }
}

/// Why a decision came out as it did: the rule of the pack, the values that met it, in words for a person.
public struct Explanation: Hashable, Sendable, Codable {
    /// The rule's place in the pack, for example `grading.major-by-amount`.
    public var rule: String
    public var text: LocalizedText
    /// The facts of the complaint that met the rule, for example `["amount": "12000.00"]`.
    public var facts: [String: String]

    public init(rule: String, text: LocalizedText, facts: [String: String] = [:]) {
        self.rule = rule
        self.text = text
        self.facts = facts
    }
}

/// 一般 / 重要 / 重大 (M08).
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case general, important, major

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .general: 0
        case .important: 1
        case .major: 2
        }
    }
}

/// Which approvals a solution needs before it may be shown to the customer (M15, K19, S07).
public struct Authority: Hashable, Sendable, Codable {
    /// The most compensation that a handler may offer without approval; absent: none needs approval for its amount.
    public var compensationLimit: Money?
    /// True when every solution of this complaint needs the head's approval.
    public var approvalRequired: Bool
    /// The most compensation that anybody may offer (公司赔偿标准, M14); more is refused at entry. Absent: no bound.
    public var compensationStandard: Money?
    /// The levels that may have to approve, lowest first; absent: the head of the department, for what the other
    /// fields say.
    public var stages: [ApprovalStage]?

    public init(
        compensationLimit: Money? = nil, approvalRequired: Bool = false, compensationStandard: Money? = nil,
        stages: [ApprovalStage]? = nil
    ) {
        self.compensationLimit = compensationLimit
        self.approvalRequired = approvalRequired
        self.compensationStandard = compensationStandard
        self.stages = stages
    }
}

/// A running clock of a complaint: when it must have stopped, and how that instant was found.
public struct Deadline: Hashable, Sendable, Codable {
    /// The clock's id in the pack, for example `sign-off`.
    public var clock: String
    public var title: LocalizedText
    public var startedAt: Date
    public var dueAt: Date
    /// Which days and hours counted, which did not and why.
    public var explanation: LocalizedText
    /// The events that stop the clock, each as `noun.verb`, for example `case.acknowledged`; absent or empty: only the
    /// end of the complaint does.
    public var stops: [String]?

    public init(
        clock: String, title: LocalizedText, startedAt: Date, dueAt: Date, explanation: LocalizedText,
        stops: [String]? = nil
    ) {
        self.clock = clock
        self.title = title
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.explanation = explanation
        self.stops = stops
    }
}
