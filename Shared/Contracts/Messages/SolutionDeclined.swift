import Foundation

/// `redress.solution.declined.v1`, from Callback. The customer does not agree; the objection goes back. Rules K12, M17, S09.
public struct SolutionDeclined: Event {
    public static let type = MessageType("solution", "declined")

    public var department: DepartmentID
    public var version: Int
    public var objection: String
    public var by: Actor

    public init(
        department: DepartmentID, version: Int, objection: String, by: Actor
    ) {
        self.department = department
        self.version = version
        self.objection = objection
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
