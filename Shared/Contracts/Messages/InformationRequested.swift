import Foundation

/// `redress.information.requested.v1`, from Department. The customer is asked for something; clocks pause until the answer. Rule W18.
public struct InformationRequested: Event {
    public static let type = MessageType("information", "requested")

    public var department: DepartmentID
    /// Counts the department's requests for this complaint from 1.
    public var request: Int
    public var question: String
    public var by: Actor

    public init(
        department: DepartmentID, request: Int, question: String, by: Actor
    ) {
        self.department = department
        self.request = request
        self.question = question
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
