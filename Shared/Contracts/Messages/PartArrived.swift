/// `redress.part.arrived.v1`, from Routing. A part that the customer waits for is there. Rule V04.
public struct PartArrived: Event {
    public static let type = MessageType("part", "arrived")

    /// Who handles the complaint; absent before it is assigned.
    public var department: DepartmentID?
    public var part: String
    public var by: Actor

    public init(department: DepartmentID? = nil, part: String, by: Actor) {
        self.department = department
        self.part = part
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
