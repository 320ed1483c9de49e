import Foundation

/// `redress.case.returned.v1`, from Department. The department gives the case back with a reason (退单).
public struct CaseReturned: Event {
    public static let type = MessageType("case", "returned")

    public var department: DepartmentID
    public var assignment: Int
    public var reason: String
    public var by: Actor

    public init(
        department: DepartmentID, assignment: Int, reason: String, by: Actor
    ) {
        self.department = department
        self.assignment = assignment
        self.reason = reason
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
