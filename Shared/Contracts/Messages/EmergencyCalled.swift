import Foundation

/// `redress.emergency.called.v1`, from Routing. The emergency team (应急小组) is told at once; the normal course goes on beside it. Rules S04, W05.
public struct EmergencyCalled: Event {
    public static let type = MessageType("emergency", "called")

    /// The team.
    public var department: DepartmentID
    public var title: LocalizedText
    /// What the team does first.
    public var measures: LocalizedText
    public var complaint: Complaint
    public var severity: Severity
    public var explanations: [Explanation]
    public var by: Actor
    /// For whose eyes it is; absent for everybody's.
    public var audience: Audience?

    public init(
        department: DepartmentID, title: LocalizedText, measures: LocalizedText, complaint: Complaint,
        severity: Severity, explanations: [Explanation] = [], by: Actor, audience: Audience? = nil
    ) {
        self.department = department
        self.title = title
        self.measures = measures
        self.complaint = complaint
        self.severity = severity
        self.explanations = explanations
        self.by = by
        self.audience = audience
    }

    public var routedDepartment: DepartmentID? { department }
}
