import Foundation

/// `redress.solution.declined.v1`, from Callback. The customer does not agree; the objection goes back. Rules K12, M17, S09.
public struct SolutionDeclined: Event {
    public static let type = MessageType("solution", "declined")

    public var department: DepartmentID
    public var version: Int
    public var objection: String
    /// What the customer asks for instead (新的诉求, M17).
    public var request: String?
    /// What proves it; absent from senders that did not know of evidence.
    public var evidence: AnswerEvidence?
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, objection: String, request: String? = nil,
        evidence: AnswerEvidence? = nil, by: Actor
    ) {
        self.department = department
        self.version = version
        self.objection = objection
        self.request = request
        self.evidence = evidence
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
