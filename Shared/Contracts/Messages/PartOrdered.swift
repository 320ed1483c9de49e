import Foundation

/// `redress.part.ordered.v1`, from Routing. A part that the customer waits for was registered: it is transferred or ordered. Rule V04.
public struct PartOrdered: Event {
    public static let type = MessageType("part", "ordered")

    /// Who handles the complaint; absent before it is assigned.
    public var department: DepartmentID?
    public var part: String
    /// How it is got (借调, 紧急订货), in the pack's words.
    public var way: String
    /// The order's number.
    public var reference: String?
    public var expectedAt: Date?
    public var by: Actor

    public init(
        department: DepartmentID? = nil, part: String, way: String, reference: String? = nil, expectedAt: Date? = nil,
        by: Actor
    ) {
        self.department = department
        self.part = part
        self.way = way
        self.reference = reference
        self.expectedAt = expectedAt
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
