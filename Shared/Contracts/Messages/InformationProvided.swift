import Foundation

/// `redress.information.provided.v1`, from Callback. The customer's answer to a question.
public struct InformationProvided: Event {
    public static let type = MessageType("information", "provided")

    public var department: DepartmentID
    public var request: Int
    public var answer: String
    public var by: Actor

    public init(
        department: DepartmentID, request: Int, answer: String, by: Actor
    ) {
        self.department = department
        self.request = request
        self.answer = answer
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
