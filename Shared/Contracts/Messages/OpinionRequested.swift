import Foundation

/// `redress.opinion.requested.v1`, from Department. The lead asks another department for its opinion.
public struct OpinionRequested: Event {
    public static let type = MessageType("opinion", "requested")

    /// Whose opinion is asked.
    public var department: DepartmentID
    public var lead: DepartmentID
    public var question: String
    public var by: Actor

    public init(
        department: DepartmentID, lead: DepartmentID, question: String, by: Actor
    ) {
        self.department = department
        self.lead = lead
        self.question = question
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
    public var speakingDepartment: DepartmentID? { lead }
}
