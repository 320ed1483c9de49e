import Foundation

/// `redress.measure.assigned.v1`, from Reporting. A department is to improve something (改进措施). Rules M19, V11.
public struct MeasureAssigned: Event {
    public static let type = MessageType("measure", "assigned")

    public var department: DepartmentID
    public var measure: String
    public var dueAt: Date
    public var by: Actor

    public init(
        department: DepartmentID, measure: String, dueAt: Date, by: Actor
    ) {
        self.department = department
        self.measure = measure
        self.dueAt = dueAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
