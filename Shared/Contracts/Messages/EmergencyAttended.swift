import Foundation

/// `redress.emergency.attended.v1`, from Department. The emergency team says what it has done. Rules S04, W05.
public struct EmergencyAttended: Event {
    public static let type = MessageType("emergency", "attended")

    /// The team.
    public var department: DepartmentID
    /// What was done on the spot.
    public var report: String
    public var by: Actor

    public init(department: DepartmentID, report: String, by: Actor) {
        self.department = department
        self.report = report
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
