import Foundation

/// `redress.case.progressed.v1`, from Department. What was done since, for the customer and the record. Rules W07, W17, V09.
public struct CaseProgressed: Event {
    public static let type = MessageType("case", "progressed")

    public var department: DepartmentID
    public var note: String
    public var expectedBy: Date?
    public var by: Actor

    public init(
        department: DepartmentID, note: String, expectedBy: Date? = nil, by: Actor
    ) {
        self.department = department
        self.note = note
        self.expectedBy = expectedBy
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
