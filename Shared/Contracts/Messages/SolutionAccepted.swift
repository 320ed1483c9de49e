import Foundation

/// `redress.solution.accepted.v1`, from Callback. The customer agrees. Rules K11, S10.
public struct SolutionAccepted: Event {
    public static let type = MessageType("solution", "accepted")

    public var department: DepartmentID
    public var version: Int
    public var comment: String?
    /// What proves it; absent from senders that did not know of evidence.
    public var evidence: AnswerEvidence?
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, comment: String? = nil, evidence: AnswerEvidence? = nil,
        by: Actor
    ) {
        self.department = department
        self.version = version
        self.comment = comment
        self.evidence = evidence
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
