import Foundation

/// `redress.case.urged.v1`, from Routing. The department is urged to go on (督办). Rules W10, S16.
public struct CaseUrged: Event {
    public static let type = MessageType("case", "urged")

    public var department: DepartmentID
    /// The clock that ran out or is about to, by its id.
    public var clock: String?
    /// Whom of the department it is addressed to, by sign-in name; absent: the department.
    public var addressee: String?
    /// In the words of whoever urges; of a service, in the complaint's language.
    public var comment: String
    /// What a service wrote, in both languages; absent for a person's own words.
    public var text: LocalizedText?
    public var by: Actor

    public init(
        department: DepartmentID, clock: String? = nil, addressee: String? = nil, comment: String,
        text: LocalizedText? = nil, by: Actor
    ) {
        self.department = department
        self.clock = clock
        self.addressee = addressee
        self.comment = comment
        self.text = text
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
