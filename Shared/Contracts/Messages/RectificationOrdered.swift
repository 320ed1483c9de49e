import Foundation

/// `redress.rectification.ordered.v1`, from Reporting. An inspection found something to put right (整改). Rule W20.
public struct RectificationOrdered: Event {
    public static let type = MessageType("rectification", "ordered")

    public var department: DepartmentID
    public var finding: String
    public var dueAt: Date
    public var by: Actor

    public init(
        department: DepartmentID, finding: String, dueAt: Date, by: Actor
    ) {
        self.department = department
        self.finding = finding
        self.dueAt = dueAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
