/// `redress.solution.disputed.v1`, from Callback. Declined so often that a person rules (裁定) before any other solution. Rules K12, M17.
public struct SolutionDisputed: Event {
    public static let type = MessageType("solution", "disputed")

    public var department: DepartmentID
    public var version: Int
    public var objection: String
    /// What the customer asks for instead (新的诉求, M17).
    public var request: String?
    /// What proves it.
    public var evidence: AnswerEvidence?
    /// The policy pack's rule.
    public var because: Explanation
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, objection: String, request: String? = nil,
        evidence: AnswerEvidence? = nil, because: Explanation, by: Actor
    ) {
        self.department = department
        self.version = version
        self.objection = objection
        self.request = request
        self.evidence = evidence
        self.because = because
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
