import Foundation

/// `redress.case.cancelled.v1`, from Routing. The department has nothing more to do: withdrawn, merged, given to another department, or closed while it assisted.
public struct CaseCancelled: Event {
    public static let type = MessageType("case", "cancelled")

    public var department: DepartmentID
    public var assignment: Int
    public var reason: CancellationReason

    public init(
        department: DepartmentID, assignment: Int, reason: CancellationReason
    ) {
        self.department = department
        self.assignment = assignment
        self.reason = reason
    }

    public var routedDepartment: DepartmentID? { department }
}

/// Why a department no longer has to do with a complaint.
public enum CancellationReason: String, Sendable, Codable, CaseIterable {
    case withdrawn, merged, reassigned
    /// The complaint is closed: a department that assisted owes nothing any more.
    case closed
}
