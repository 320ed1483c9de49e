import Foundation

/// `redress.case.escalated.v1`, from Routing. The complaint was raised to the next level. Rules V05–V08.
public struct CaseEscalated: Event {
    public static let type = MessageType("case", "escalated")

    public var department: DepartmentID
    /// To whom, in the complaint's language.
    public var level: String
    public var levelTitle: LocalizedText?
    /// In the complaint's language.
    public var reason: String
    /// Why, in both languages; absent for a person's own words.
    public var text: LocalizedText?
    /// The clock that ran out, by its id; absent for what was raised for another reason.
    public var clock: String?
    public var by: Actor

    public init(
        department: DepartmentID, level: String, levelTitle: LocalizedText? = nil, reason: String,
        text: LocalizedText? = nil, clock: String? = nil, by: Actor
    ) {
        self.department = department
        self.level = level
        self.levelTitle = levelTitle
        self.reason = reason
        self.text = text
        self.clock = clock
        self.by = by
    }

    public var routedDepartment: DepartmentID? { department }
}
