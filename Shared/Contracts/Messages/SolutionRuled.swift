/// `redress.solution.ruled.v1`, from Callback. A person ruled how to go on without an agreement (裁定). Rules K12, M17.
public struct SolutionRuled: Event {
    public static let type = MessageType("solution", "ruled")

    public var department: DepartmentID
    public var version: Int
    public var verdict: RulingVerdict
    /// Why; the customer is told it.
    public var reason: String
    public var by: Actor

    public init(department: DepartmentID, version: Int, verdict: RulingVerdict, reason: String, by: Actor) {
        self.department = department
        self.version = version
        self.verdict = verdict
        self.reason = reason
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
