import Foundation

/// `redress.case.urged.v1`, from Routing. The department is urged to go on (督办). Rules W10, S16.
public struct CaseUrged: Event {
    public static let type = MessageType("case", "urged")

    public var department: DepartmentID
    /// The clock that ran out or is about to, by its id.
    public var clock: String?
    /// Whom of the department it is addressed to, by sign-in name; absent: the department.
    public var addressee: String?
    public var comment: String
    public var by: Actor

    public init(
        department: DepartmentID, clock: String? = nil, addressee: String? = nil, comment: String, by: Actor
    ) {
        self.department = department
        self.clock = clock
        self.addressee = addressee
        self.comment = comment
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
