import Foundation

/// `redress.case.acknowledged.v1`, from Department. The department signed for the case (签收).
public struct CaseAcknowledged: Event {
    public static let type = MessageType("case", "acknowledged")

    public var department: DepartmentID
    public var assignment: Int
    public var by: Actor

    public init(
        department: DepartmentID, assignment: Int, by: Actor
    ) {
        self.department = department
        self.assignment = assignment
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
