import Foundation

/// `redress.case.investigated.v1`, from Department. What the investigation found. Rules M11–M13, K09.
public struct CaseInvestigated: Event {
    public static let type = MessageType("case", "investigated")

    public var department: DepartmentID
    public var round: Int
    public var findings: String
    public var directCause: String
    public var rootCause: String
    public var responsibility: String
    public var by: Actor
    /// What the investigation set out to find (M11).
    public var plan: InvestigationPlan?
    /// The evidence that was collected (M12).
    public var evidence: [CollectedEvidence]?
    /// The verification on site (K09).
    public var siteVisit: SiteVisit?

    public init(
        department: DepartmentID, round: Int = 1, findings: String, directCause: String, rootCause: String,
        responsibility: String, by: Actor, plan: InvestigationPlan? = nil, evidence: [CollectedEvidence]? = nil,
        siteVisit: SiteVisit? = nil
    ) {
        self.department = department
        self.round = round
        self.findings = findings
        self.directCause = directCause
        self.rootCause = rootCause
        self.responsibility = responsibility
        self.by = by
        self.plan = plan
        self.evidence = evidence
        self.siteVisit = siteVisit
    }

    public var routedDepartment: DepartmentID? { department }
}
