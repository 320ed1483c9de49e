import Foundation

/// Something that happened to a complaint, told to whoever subscribes. The ticket number is in the envelope.
///
/// A field is never removed and never changes its meaning within a version; a reader ignores fields it does not know.
public protocol Event: Codable, Hashable, Sendable {
    static var type: MessageType { get }

    /// The department that the message is for or from; it becomes the third word of the routing key.
    var routedDepartment: DepartmentID? { get }

    /// The department that speaks, of what departments say.
    var speakingDepartment: DepartmentID? { get }
}

extension Event {
    public var routedDepartment: DepartmentID? { nil }
    public var speakingDepartment: DepartmentID? { routedDepartment }
}
