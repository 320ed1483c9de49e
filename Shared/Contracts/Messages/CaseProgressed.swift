import Foundation

/// `redress.case.progressed.v1`, from Department. What was done since, for the customer and the record. Rules W07, W08, W17, V09.
public struct CaseProgressed: Event {
    public static let type = MessageType("case", "progressed")

    public var department: DepartmentID
    public var note: String
    public var expectedBy: Date?
    public var by: Actor
    /// What the customer needs now, where that has changed (W08).
    public var needs: String?

    public init(
        department: DepartmentID, note: String, expectedBy: Date? = nil, by: Actor, needs: String? = nil
    ) {
        self.department = department
        self.note = note
        self.expectedBy = expectedBy
        self.by = by
        self.needs = needs
    }

    public var routedDepartment: DepartmentID? { department }
}
