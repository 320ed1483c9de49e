import Foundation

/// `redress.opinion.given.v1`, from Department. A department's professional opinion (专业意见). Rules K09, S06.
public struct OpinionGiven: Event {
    public static let type = MessageType("opinion", "given")

    /// Whose opinion it is.
    public var department: DepartmentID
    public var lead: DepartmentID
    public var opinion: String
    public var by: Actor

    public init(
        department: DepartmentID, lead: DepartmentID, opinion: String, by: Actor
    ) {
        self.department = department
        self.lead = lead
        self.opinion = opinion
        self.by = by
    }

    public var routedDepartment: DepartmentID? { lead }
    public var speakingDepartment: DepartmentID? { department }
}
