import Foundation

/// `redress.rework.ordered.v1`, from Callback. The customer is not satisfied; it is handled again. Rules K15, W12, S11.
public struct ReworkOrdered: Event {
    public static let type = MessageType("rework", "ordered")

    public var department: DepartmentID
    /// The round that begins, 2 for the first rework.
    public var round: Int
    public var reason: String
    /// Who in the department: `handler`, `another` or `head`.
    public var target: String?
    /// True when it was reworked so often that it goes up a level.
    public var isRaised: Bool?
    /// The policy pack's rule.
    public var because: Explanation?
    public var by: Actor

    public init(
        department: DepartmentID, round: Int, reason: String, target: String? = nil, isRaised: Bool? = nil,
        because: Explanation? = nil, by: Actor
    ) {
        self.department = department
        self.round = round
        self.reason = reason
        self.target = target
        self.isRaised = isRaised
        self.because = because
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
