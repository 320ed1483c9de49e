import Foundation

/// `redress.case.escalated.v1`, from Routing. The complaint was raised to the next level. Rules V05–V08.
public struct CaseEscalated: Event {
    public static let type = MessageType("case", "escalated")

    public var department: DepartmentID
    public var level: String
    public var reason: String
    /// The clock that ran out, by its id; absent for what was raised for another reason.
    public var clock: String?
    public var by: Actor

    public init(
        department: DepartmentID, level: String, reason: String, clock: String? = nil, by: Actor
    ) {
        self.department = department
        self.level = level
        self.reason = reason
        self.clock = clock
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
