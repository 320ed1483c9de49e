import Foundation

/// `redress.case.read.v1`, from Department. A department confirms that it has read a case (案例) that it was sent (案例签阅). Rule
/// K17.
public struct CaseRead: Event {
    public static let type = MessageType("case", "read")

    public var department: DepartmentID
    /// Which case of the library.
    public var caseFile: Int
    public var by: Actor

    public init(department: DepartmentID, caseFile: Int, by: Actor) {
        self.department = department
        self.caseFile = caseFile
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
