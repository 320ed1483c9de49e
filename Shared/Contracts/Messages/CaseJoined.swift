import Foundation

/// `redress.case.joined.v1`, from Department. Somebody who has to take part in the handling group confirms it: a department's head, or top management. Rule K08.
public struct CaseJoined: Event {
    public static let type = MessageType("case", "joined")

    /// On whose page it was confirmed: the head's own department, or the lead for management.
    public var department: DepartmentID
    public var lead: DepartmentID
    public var by: Actor

    public init(
        department: DepartmentID, lead: DepartmentID, by: Actor
    ) {
        self.department = department
        self.lead = lead
        self.by = by
    }

    public var routedDepartment: DepartmentID? { lead }
    public var speakingDepartment: DepartmentID? { department }
}
