import Foundation

/// A solution (处理方案) as it is put to the customer. Rules M14, M16.
public struct Solution: Hashable, Sendable, Codable {
    /// Ascends from 1 within a complaint and never repeats, whichever department drafts. Some are left out when a case is
    /// taken from a department: people are told `shownNumber` instead.
    public var version: Int
    public var measures: String
    public var compensation: Money?
    public var completionDue: Date
    public var grounds: String
    public var draftedBy: String
    public var draftedAt: Date
    /// Who approved it last, when it needed approval.
    public var approvedBy: String?
    /// What it does for the customer, as far as the drafter said.
    public var remedies: [Remedy]?
    /// Every approval it has got, in the order of the levels; absent when it needed none.
    public var approvals: [SolutionApproval]?
    /// What people call it (第 n 版): counts the complaint's solutions from 1 and leaves none out. Two departments' may have
    /// the same when one drafted while the case was given to the other. Absent in messages from before it was counted.
    public var number: Int?

    /// What people call it.
    public var shownNumber: Int { number ?? version }

    public init(
        version: Int, measures: String, compensation: Money? = nil, completionDue: Date, grounds: String,
        draftedBy: String, draftedAt: Date, approvedBy: String? = nil, remedies: [Remedy]? = nil,
        approvals: [SolutionApproval]? = nil, number: Int? = nil
    ) {
        self.number = number
        self.version = version
        self.measures = measures
        self.compensation = compensation
        self.completionDue = completionDue
        self.grounds = grounds
        self.draftedBy = draftedBy
        self.draftedAt = draftedAt
        self.approvedBy = approvedBy
        self.remedies = remedies
        self.approvals = approvals
    }
}

/// How a complaint ended.
public enum ClosingOutcome: String, Sendable, Codable, CaseIterable {
    /// The customer is satisfied with what was done.
    case satisfied
    /// The complaint was invalid and the customer accepted the explanation (K04).
    case explained
    /// An enquiry or suggestion was answered (S05).
    case answered
    /// Settled on the spot (M05).
    case settledAtFirstContact
    /// Closed by a ruling, without the customer's agreement (K12).
    case ruled
    /// The customer could not be reached for the callback as often as the policy asks.
    case unreachable
}
