/// Who presents a solution to the customer together (共同与投诉人沟通). Rule K10.
public struct Presentation: Hashable, Sendable, Codable {
    /// The group's leader, a sign-in name.
    public var leader: String
    /// The leader's department first, then the one that presents with it.
    public var departments: [DepartmentID]
    /// What the departments are called, in the same order.
    public var titles: [LocalizedText]

    public init(leader: String, departments: [DepartmentID], titles: [LocalizedText]) {
        self.leader = leader
        self.departments = departments
        self.titles = titles
    }
}
